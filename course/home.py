"""What the home page is given: the first experiment at the state this learner left it in, and the course map."""

from typing import Any

from labs.bench import charts
from labs.bench.registry import all_labs
from labs.bench.results import results_for
from learners import records
from learners.models import Entry, Learner
from lessons.catalog import course_map
from lessons.modes import MODES

FIRST_LAB = "email-in-request"
SOONER_SLUG = "home/answer-sooner"
INP_SLUG = "home/inp"
SOONER_CHOICES = ("no sooner", "about 50 ms sooner", "about 300 ms sooner", "a second sooner or more")
INP_CHOICES = ("falls by 100 ms or more", "falls a little", "stays where it was", "rises")


def home_page(learner: Learner | None) -> dict[str, Any]:
    """The context of the home page, for one learner or for somebody who has never written anything."""
    lab = all_labs()[FIRST_LAB]
    results = results_for(lab, learner, lab.defaults, mini=True)
    return {
        "course_map": course_map(),
        "modes_in_all": len(MODES),
        "lab": lab,
        "results": results,
        "sooner_slug": SOONER_SLUG,
        "sooner_choices": SOONER_CHOICES,
        "sooner_guess": _guess(learner, SOONER_SLUG),
        "inp_slug": INP_SLUG,
        "inp_choices": INP_CHOICES,
        "inp_guess": _guess(learner, INP_SLUG),
        "inp": [one.inp for one in results.shown],
        "inp_figure": charts.claimed_gain([(one.condition.label, one.inp_ms, one.inp) for one in results.shown]),
        "inp_moved": _moved([one.inp_ms for one in results.shown]),
    }


def _moved(inp_ms: list[float | None]) -> bool:
    """Do the two figures differ by more than Event Timing's own coarseness (8 ms, twice)?"""
    known = [value or 0 for value in inp_ms]
    return max(known, default=0) - min(known, default=0) > 16


def _guess(learner: Learner | None, slug: str) -> str:
    entry = records.newest(learner, Entry.Kind.PREDICTED, slug)
    return str(entry.payload.get("choice", "")) if entry else ""
