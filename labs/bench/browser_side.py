"""What a learner's browser measured of runs, in words: of one run, of the newest ones, and of many."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

from labs.bench.forms import DURATIONS_MS
from labs.bench.lab import Condition
from labs.bench.models import Run
from labs.bench.registry import all_labs
from labs.bench.summary import Summary
from labs.bench.timeline import said

if TYPE_CHECKING:
    from labs.bench.results import ShownRun

UNDER = "under 16 ms"
NONE_REPORTED = "none reported"
STOOD_MS = 50  # a task or a frame longer than this counts as long (w3.org/TR/longtasks-1)
INTERRUPTED = {
    "hidden": "The tab was in the background meanwhile, so this run counts in no median. Run it again.",
    "slept": "The machine slept meanwhile, or its clock was set, so this run counts in no median. Run it again.",
}


@dataclass(frozen=True)
class Metric:
    """One figure of a browser: the name of its stamp in ms, its title, and the kind of entries that it needs."""

    name: str
    title: str
    kind: str = ""


OF_EVERY_RUN = (
    Metric("feedback_ms", "Text painted after"),
    Metric("frame_gap_ms", "Longest gap between frames"),
    Metric("event_ms", "INP of the click", "event"),
    Metric("processing_ms", "of it processing", "event"),
    Metric("long_task_ms", "Long task", "longtask"),
    Metric("long_frame_ms", "Long animation frame", "long-animation-frame"),
    Metric("blocking_ms", "of it blocking", "long-animation-frame"),
    Metric("icp_ms", "Paint that the click caused", "interaction-contentful-paint"),
)
OF_A_NEXT_PAGE = (
    Metric("ttfb_ms", "TTFB of the next page"),
    Metric("lcp_ms", "LCP of the next page", "largest-contentful-paint"),
)


@dataclass(frozen=True)
class NewestRuns:
    """The newest run of each condition: titles of the figures this browser has, rows, titles of those it lacks."""

    titles: tuple[str, ...]
    rows: tuple[tuple[Condition, tuple[str, ...]], ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Style:
    """All runs of one way of asking: medians in words, empty when the browser does not report the figure."""

    summary: Summary
    inp: str
    feedback: str
    frame_gap: str
    long_task: str


def measured(run: Run) -> dict[str, Any]:
    """What the browser measured of a run, durations in ms; None where it reported nothing."""
    stamps = run.browser_stamps
    durations = {name: None if stamps.get(name) is None else round(stamps[name], 2) for name in DURATIONS_MS}
    return durations | {"reports": stamps.get("reports", []), "by_click": stamps.get("reports_clicks", False)}


def feedback_since_sent_ms(run: Run) -> float | None:
    """When the answer's text was painted, counted from when the request was sent, as a timeline counts."""
    feedback_ms, before_ms = (run.browser_stamps.get(name) for name in ("feedback_ms", "before_sent_ms"))
    return None if feedback_ms is None else max(0.0, feedback_ms - (before_ms or 0))


def inp_of(run: Run) -> str:
    """The duration of the run's click, in words; empty when the browser reports none at all, or nobody clicked."""
    stamps = run.browser_stamps
    if not stamps.get("reports_clicks"):
        return ""
    if stamps.get("event_ms") is not None:
        return f"{stamps['event_ms']:.0f} ms"
    return NONE_REPORTED if _may_be_longer(stamps) else UNDER


def _may_be_longer(stamps: dict[str, Any]) -> bool:
    """Was the page left before its next paint, or did it stand still although no event says so (as in Firefox)?"""
    return stamps.get("ttfb_ms") is not None or (stamps.get("frame_gap_ms") or 0) > STOOD_MS


def sentence_on(run: Run) -> str:
    """The run in one sentence, for a lab about the click; empty for other labs and while nothing is measured."""
    lab = all_labs().get(run.lab)
    if lab is None or not lab.figure.by_click or not run.browser_stamps:
        return ""
    facts = [f"INP {inp_of(run) or 'not reported'}"]
    for name, words in (("feedback_ms", "text painted after"), ("frame_gap_ms", "longest gap between frames")):
        if run.browser_stamps.get(name) is not None:
            facts.append(f"{words} {said(run.browser_stamps[name])}")
    trouble = "Measured in a crowd: run it again." if run.crowded else INTERRUPTED.get(run.interrupted, "")
    return f"{lab.condition(run.condition).label}: {', '.join(facts)}. {trouble}".rstrip()


def newest_runs(shown: "Sequence[ShownRun]") -> NewestRuns:
    """What the browser reported of the newest run of each condition."""
    runs = [(one.condition, one.run) for one in shown if one.run and "reports" in one.run.browser_stamps]
    left = any(run.browser_stamps.get("ttfb_ms") is not None for _, run in runs)
    metrics = OF_EVERY_RUN + OF_A_NEXT_PAGE * left
    kinds = {kind for _, run in runs for kind in run.browser_stamps["reports"]} | {""}
    reported = [metric for metric in metrics if metric.kind in kinds]
    return NewestRuns(
        tuple(metric.title for metric in reported),
        tuple((condition, tuple(_cell(run, metric) for metric in reported)) for condition, run in runs),
        tuple(metric.title for metric in metrics if metric.kind not in kinds and not metric.title.startswith("of it")),
    )


def _cell(run: Run, metric: Metric) -> str:
    if metric.name == "event_ms":
        return inp_of(run) or "no click"
    if metric in OF_A_NEXT_PAGE and run.browser_stamps.get("ttfb_ms") is None:
        return "same page"
    value_ms = run.browser_stamps.get(metric.name)
    return said(value_ms) if value_ms is not None else "none" if metric.kind else "not seen"


def styles(summaries: Iterable[Summary]) -> list[Style]:
    """All conditions of a lab about the click, those with runs."""
    return [_style(summary) for summary in summaries if summary.runs]


def _style(summary: Summary) -> Style:
    return Style(
        summary,
        _inp(summary),
        _said(median_of(summary.runs, "feedback_ms")),
        _said(median_of(summary.runs, "frame_gap_ms")),
        _long_tasks(summary.runs),
    )


def median_of(runs: Iterable[Run], name: str) -> float | None:
    """The median in ms of a browser's figure over the runs that have it; None without any."""
    values = [run.browser_stamps[name] for run in runs if run.browser_stamps.get(name) is not None]
    return median(values) if values else None


def _inp(summary: Summary) -> str:
    if summary.median_ms is not None:
        return f"{summary.median_ms:.0f} ms"
    words = {inp_of(run) for run in summary.runs} - {""}
    return words.pop() if len(words) == 1 else NONE_REPORTED if words else ""


def _long_tasks(runs: Sequence[Run]) -> str:
    if not any("longtask" in run.browser_stamps.get("reports", ()) for run in runs):
        return ""
    number = sum(run.browser_stamps.get("long_task_ms") is not None for run in runs)
    return f"{_said(median_of(runs, 'long_task_ms'))} in {number} of {len(runs)}" if number else "none"


def _said(value_ms: float | None) -> str:
    return "" if value_ms is None else said(value_ms)
