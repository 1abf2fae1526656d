"""What the templates of a bench lab are given: where its experiment is in the line, and what the last one found."""

from collections.abc import Mapping
from typing import Any

from labs.bench.code import code_that_ran
from labs.bench.experiments import line
from labs.bench.experiments.lab import ExperimentLab
from labs.bench.experiments.line import ahead_of, remaining_s
from labs.bench.explain import explanation
from labs.bench.guide import guide_of
from labs.bench.models import Experiment
from labs.bench.place_in_line import place_in_words
from labs.bench.results import results_for
from labs.bench.stages import stages
from learners import records
from learners.models import Entry, Learner

EARLIER_SHOWN = 5

State = Experiment.State


def experiment_page(
    lab: ExperimentLab,
    learner: Learner | None,
    *,
    written: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
    reason: str = "",
    refused: explanation.Refused | None = None,
) -> dict[str, Any]:
    """Everything the page of one bench lab shows to one learner.

    `written` is a form as it was sent, `problems` what is wrong in it by field; `reason` is why nothing was started,
    `refused` is about something written in the explain stage.
    """
    newest, done = line.newest_of(learner, lab), line.newest_result_of(learner, lab)
    guesses = guesses_of(lab, learner)
    is_past_predicting = guesses is not None
    results = results_for(lab, learner, {})
    is_explained = explanation.is_explained(lab, learner)
    return {
        "lab": lab,
        "stages": stages({"predict": is_past_predicting, "run": done is not None, "explain": is_explained}),
        "is_past_predicting": is_past_predicting,
        "guesses": [_guess(one, guesses or {}, written or {}, problems or {}) for one in lab.guesses],
        "skipped": not guesses,
        "fields": [_field(one, newest, written or {}, problems or {}) for one in lab.parameters],
        "reason": reason,
        "newest": newest,
        "said": said(newest) if newest else "",
        "done": done,
        "findings": lab.findings(done.result, guesses or {}) if done else None,
        "others_meanwhile": done.result["others_meanwhile"] if done else 0,
        "earlier": earlier_of(lab, learner),
        "expected_s": round(lab.expected_s(lab.defaults)),
        "guide": guide_of(lab).html,
        "code": code_that_ran(lab, ()),
    } | explanation.explain_context(lab, learner, results, refused)


def result_page(lab: ExperimentLab, experiment: Experiment) -> dict[str, Any]:
    """One experiment as a stranger may see it: measurements, versions and machine, no guess, no name."""
    return {
        "lab": lab,
        "done": experiment,
        "said": said(experiment),
        "findings": lab.findings(experiment.result, {}) if experiment.result else None,
        "others_meanwhile": experiment.result.get("others_meanwhile", 0),
    }


def state_of(experiment: Experiment) -> dict[str, Any]:
    """An experiment as data: where it is, in words too, and its result when there is one. It names nobody."""
    return {
        "id": experiment.pk,
        "lab": experiment.lab,
        "parameters": experiment.parameters,
        "state": experiment.state,
        "final": experiment.is_final,
        "said": said(experiment),
        "place": len(ahead_of(experiment)) + 1 if experiment.state == State.WAITING else None,
        "progress": experiment.progress,
        "events": experiment.events,
        "created_at": experiment.created_at.isoformat(),
        "result": experiment.result,
        "partial": experiment.partial,
        "error": experiment.error,
    }


def said(experiment: Experiment) -> str:
    """Where it is, in one or two sentences."""
    if experiment.state == State.WAITING:
        return place_of(experiment)
    if experiment.state == State.RUNNING:
        doing = experiment.progress.get("text", "Its process is starting.")
        return f"{doing} About {remaining_s(experiment):.0f} s more."
    if experiment.partial:
        return f"Stopped. Its parts are gone; what was measured until then is kept: {experiment.partial}."
    if experiment.state == State.STOPPED:
        return "Stopped. Its parts are gone, and nothing was kept of it."
    return experiment.error if experiment.state == State.FAILED else "Measured."


def place_of(experiment: Experiment) -> str:
    """The place in line, and how long that probably takes."""
    ahead = ahead_of(experiment)
    if not ahead:
        return f"{place_in_words(0)}. It starts in a moment."
    wait_s = sum(remaining_s(other) for other in ahead)
    return f"{place_in_words(len(ahead))}, about {wait_s:.0f} s. Closing this page keeps your place."


def guesses_of(lab: ExperimentLab, learner: Learner | None) -> dict[str, float] | None:
    """What the learner last predicted; empty when they chose to go on without, None when they did neither."""
    slug = f"labs/{lab.slug}"
    if entry := records.newest(learner, Entry.Kind.PREDICTED, slug):
        return dict(entry.payload.get("guesses", {}))
    return {} if records.newest(learner, Entry.Kind.SKIPPED, slug) else None


def earlier_of(lab: ExperimentLab, learner: Learner | None) -> list[Experiment]:
    """The learner's results before the last one, newest first."""
    if learner is None:
        return []
    own = line.with_result(learner.experiments.filter(lab=lab.slug)).defer("events")
    return list(own[1 : EARLIER_SHOWN + 1])


def _guess(
    guess: Any, guesses: Mapping[str, float], written: Mapping[str, str], problems: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "of": guess,
        "value": written.get(guess.slug, "")[:20],
        "problem": problems.get(guess.slug, ""),
        "guessed": guesses.get(guess.slug),
    }


def _field(
    parameter: Any, newest: Experiment | None, written: Mapping[str, str], problems: Mapping[str, str]
) -> dict[str, Any]:
    usual = newest.parameters.get(parameter.name, parameter.default) if newest else parameter.default
    value = written.get(parameter.name, str(usual))[:20]
    return {"of": parameter, "value": value, "problem": problems.get(parameter.name, "")}
