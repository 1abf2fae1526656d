"""What the templates of a lab are given."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from labs.bench import browser_side, calibration, charts, comparison, crowd, floor, slots
from labs.bench.code import code_that_ran
from labs.bench.explain import explanation
from labs.bench.guide import guide_of
from labs.bench.lab import Lab, Number
from labs.bench.models import Run
from labs.bench.parts import broker_part
from labs.bench.results import Results, ShownRun, results_for
from labs.bench.stages import AFTER_RUNNING, stages
from labs.bench.state import note_on
from labs.bench.timeline import timeline_of
from learners import records
from learners.models import Entry, Learner


def lab_page(
    lab: Lab,
    learner: Learner | None,
    query: Mapping[str, str],
    *,
    prediction: Mapping[str, str] | None = None,
    wrong: Mapping[str, str] | None = None,
    refused: explanation.Refused | None = None,
) -> dict[str, Any]:
    """Everything one lab page shows to one learner. `wrong` holds messages about a prediction just refused,
    `refused` is about something written in the explain stage."""
    values, problems = lab.read_parameters(query) if query else (_last_parameters(lab, learner), {})
    results = results_for(lab, learner, lab.defaults | values)
    done = {"predict": _is_past_predicting(lab, learner) and "again" not in query, "run": results.is_compared}
    done["explain"] = explanation.is_explained(lab, learner)
    return (
        {"lab": lab, "results": results, "query": urlencode(results.parameters), "problems": problems}
        | {"stages": stages(done), "is_past_predicting": done["predict"], "is_past_running": done["run"]}
        | _to_predict(lab, learner, done["predict"], prediction or {}, wrong or {})
        | {"fields": [_field(parameter, results, query, problems) for parameter in lab.parameters]}
        | _to_run(lab, learner, results)
        | explanation.explain_context(lab, learner, results, refused)
    )


def _to_predict(
    lab: Lab, learner: Learner | None, is_past: bool, written: Mapping[str, str], wrong: Mapping[str, str]
) -> dict[str, Any]:
    """The first stage: what is asked, as it was written, and what was predicted elsewhere."""
    return {
        "predictions": [
            {"of": c, "value": written.get(c.slug, "")[:20], "problem": wrong.get(c.slug, "")}
            for c in lab.conditions
            if c.is_predicted
        ],
        "axis_ms": lab.figure.axis_ms,
        "empty_axis": charts.empty_axis(lab.figure.axis_ms),
        "recalled": [] if is_past else calibration.recalled(lab, learner),
        "skipped": _skipped(lab, learner),
    }


def _to_run(lab: Lab, learner: Learner | None, results: Results) -> dict[str, Any]:
    """The second stage and what stands below it."""
    return {
        "after_running": AFTER_RUNNING,
        "waiting_note": note_on(results.newest) if results.newest else "",
        "broker": broker_part(),
        "in_line": slots.people_in_line(),
        "own_runs": comparison.offered(lab, learner, results.parameters),
        "floor_ms": floor.floor_ms() if results.is_compared else None,
        "browser": browser_side.newest_runs(results.shown),
        "styles": browser_side.styles(results.summaries) if lab.figure.by_click else [],
        "has_message": lab.message is not None,  # a template would call the task itself
        "guide": guide_of(lab).html,
        "code": code_that_ran(lab, results.shown),
    }


def _field(
    parameter: Number, results: Results, query: Mapping[str, str], problems: Mapping[str, str]
) -> dict[str, Any]:
    value = query.get(parameter.name, str(results.parameters[parameter.name]))[:20]
    return {"of": parameter, "value": value, "problem": problems.get(parameter.name, "")}


def run_page(lab: Lab, run: Run) -> dict[str, Any]:
    """One run, as a stranger may see it: measurements, no prediction, no name."""
    crowd.judge(run)
    condition = lab.condition(run.condition)
    drawn = timeline_of(run)
    figure = charts.run_figure(drawn, condition.label, axis_ms=charts.common_axis([run]), mini=False)
    shown = ShownRun(condition, run, figure, drawn, None)
    enlarged = charts.run_start(run, condition.label) if shown.is_done and run.was_queued else ""
    return {"lab": lab, "shown": shown, "note": note_on(run), "enlarged": enlarged}


def _last_parameters(lab: Lab, learner: Learner | None) -> dict[str, int]:
    if learner is None:
        return {}
    last = Run.objects.filter(learner=learner, lab=lab.slug).order_by("-created_at").first()
    return last.parameters if last and last.parameters.keys() == lab.defaults.keys() else {}


def _is_past_predicting(lab: Lab, learner: Learner | None) -> bool:
    slug = f"labs/{lab.slug}"
    return any(records.newest(learner, kind, slug) for kind in (Entry.Kind.PREDICTED, Entry.Kind.SKIPPED))


def _skipped(lab: Lab, learner: Learner | None) -> bool:
    return records.newest(learner, Entry.Kind.PREDICTED, f"labs/{lab.slug}") is None
