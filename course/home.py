"""What the home page is given: the first experiment at the state this learner left it in, and the course map."""

from typing import Any

from course.home_map import first_routes, places
from labs.bench import charts
from labs.bench.registry import all_labs
from labs.bench.results import results_for
from learners import records
from learners.models import Entry, Learner
from learners.progress import progress_of
from lessons.catalog import catalog
from lessons.lesson import ModeText
from lessons.modes import MODES

FIRST_LAB = "email-in-request"
WHY_LESSON, WHY_MODE = "redis-as-a-message-broker", "perf"
SOONER_SLUG = "home/answer-sooner"
INP_SLUG = "home/inp"
SOONER_CHOICES = ("no sooner", "about 50 ms sooner", "about 300 ms sooner", "a second sooner or more")
EVENT_TIMING_NOISE_MS = 16  # Event Timing rounds to 8 ms, at both ends
INP_CHOICES = ("falls by 100 ms or more", "falls a little", "stays where it was", "rises")


def home_page(learner: Learner | None) -> dict[str, Any]:
    """The context of the home page, for one learner or for somebody who has never written anything."""
    lab = all_labs()[FIRST_LAB]
    results = results_for(lab, learner, lab.defaults, mini=True)
    return {
        "places": places(progress_of(learner)),
        "routes": first_routes(),
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
        "inp_verdict": inp_verdict([one.inp_ms for one in results.shown]),
        "why_lesson": WHY_LESSON,
        "why": _why(),
    }


def inp_verdict(inp_ms: list[float | None]) -> str:
    """What two clicks say about INP, in ms; None is an event too short to be reported, under 16 ms."""
    known = [value or 0 for value in inp_ms]
    apart_ms = max(known) - min(known)
    if apart_ms == 0:
        return "nothing moved."
    if apart_ms <= EVENT_TIMING_NOISE_MS:
        return "no difference. Browsers round to 8 ms, and no two clicks are alike."
    return "that is the noise between two clicks. Click both again and it changes; the claimed gain does not come."


def _why() -> ModeText | None:
    """The text that explains what the two clicks showed; None where another course stands in the place of ours."""
    lesson = catalog().lessons.get(WHY_LESSON)
    return lesson.texts.get(WHY_MODE) if lesson else None


def _guess(learner: Learner | None, slug: str) -> str:
    entry = records.newest(learner, Entry.Kind.PREDICTED, slug)
    return str(entry.payload.get("choice", "")) if entry else ""
