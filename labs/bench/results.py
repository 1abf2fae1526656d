"""What a learner has measured in one lab under one set of parameters, ready for a template."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from labs.bench import browser_side, charts, crowd
from labs.bench.lab import WAIT, Condition, Lab
from labs.bench.models import Run
from labs.bench.runs import ask_for_mail
from labs.bench.summary import Summary, sentence, summarise
from labs.bench.timeline import MAIL_ARRIVED, NOTHING_YET, Timeline, said, timeline_of
from learners import records
from learners.models import Entry, Learner

RUNS_READ = 200  # more dots than this nobody can tell apart


@dataclass(frozen=True)
class ShownRun:
    """One condition with its newest run and figure; without a run the figure is an empty axis that waits."""

    condition: Condition
    run: Run | None
    figure: SafeString
    timeline: Timeline
    predicted_ms: float | None

    @property
    def wait(self) -> str:
        """The wait for the answer, in words; empty without a run."""
        return "" if self.run is None or self.run.wait_ms is None else said(self.run.wait_ms)

    @property
    def in_redis(self) -> str:
        """How long the message was in Redis, in words; empty when nothing was queued."""
        return next((span.label for span in self.timeline.spans if span.lane == "redis"), "")

    @property
    def is_done(self) -> bool:
        """Is there a run, and is it over?"""
        return self.run is not None and self.run.phase == "done"

    @property
    def inp(self) -> str:
        """The event duration of the click that started the run, in words, as the browser reported it."""
        return "" if self.run is None else browser_side.inp_of(self.run)

    @property
    def interrupted(self) -> str:
        """What made the newest run useless, in words; empty when nothing did."""
        return "" if self.run is None else browser_side.INTERRUPTED.get(self.run.interrupted, "")

    @property
    def inp_ms(self) -> float | None:
        """The same in ms; None when the browser reported none."""
        return self.run.browser_stamps.get("event_ms") if self.run else None

    @property
    def mail_after_ms(self) -> float | None:
        """When the mail arrived, counted like the wait; None while unknown."""
        return next((m.at_ms for m in self.timeline.moments if m.what == MAIL_ARRIVED), None)


@dataclass(frozen=True)
class Results:
    """All that a lab page shows of what was measured."""

    lab: Lab
    parameters: dict[str, int]
    shown: tuple[ShownRun, ...]
    summaries: tuple[Summary, ...]
    sentence: str
    gain_ms: float | None
    crowded: int
    interrupted: int = 0

    @property
    def gain(self) -> str:
        """How much sooner the second condition's newest run answered, in words; empty while one is missing."""
        if self.gain_ms is None:
            return ""
        return f"{said(abs(self.gain_ms))} {'sooner' if self.gain_ms >= 0 else 'later'}"

    @property
    def mails(self) -> str:
        """When the mail of either run arrived, and what that says; empty while one is on its way."""
        arrived_ms = [one.mail_after_ms for one in self.shown[:2] if one.mail_after_ms is not None]
        if len(arrived_ms) < 2:
            return ""
        return f"The mail itself arrived after {said(arrived_ms[0])} and after {said(arrived_ms[1])}: " + (
            "sooner this once, by the noise of this machine. Run both again."
            if arrived_ms[1] < arrived_ms[0] - WAIT.grain_ms
            else "no sooner. Only your wait moved."
        )

    @property
    def newest(self) -> Run | None:
        """The newest run of all."""
        return max((one.run for one in self.shown if one.run), key=lambda run: run.created_at, default=None)

    @property
    def is_compared(self) -> bool:
        """Is there at least one run of every condition that was predicted?"""
        return all(one.is_done for one in self.shown if one.condition.is_predicted)

    @property
    def has_values(self) -> bool:
        """Is there any run with a figure to compare?"""
        return any(summary.n for summary in self.summaries)

    @property
    def strip_plot(self) -> SafeString:
        """All runs as dots."""
        return charts.strip_plot(self.summaries)

    @property
    def enlarged(self) -> SafeString:
        """The first milliseconds of the newest queued run, where the bars are too thin to see."""
        for one in self.shown:
            if one.run and one.run.was_queued and one.is_done:
                return charts.run_start(one.run, one.condition.label)
        return SafeString("")


def results_for(lab: Lab, learner: Learner | None, parameters: dict[str, int], *, mini: bool = False) -> Results:
    """The learner's own results; nothing of anybody else."""
    runs = runs_of(lab, learner, parameters)
    predicted = prediction_of(lab, learner)
    newest = {c.slug: _newest(runs, c) for c in lab.conditions}
    made = [run for run in newest.values() if run]
    for run in made:
        ask_for_mail(run)
    axis_ms = charts.common_axis(made)
    shown = tuple(
        _shown(c, newest[c.slug], axis_ms, mini, predicted.get(c.slug), show_axis=not mini or c is lab.conditions[-1])
        for c in lab.conditions
    )
    summaries = tuple(summarise(c, runs, predicted.get(c.slug), lab.figure) for c in lab.conditions)
    return Results(
        lab,
        parameters,
        shown,
        summaries,
        lab.verdict(summaries) if lab.verdict else sentence(summaries, lab.figure),
        _gain_ms(shown),
        sum(run.crowded for run in runs),
        sum(bool(run.interrupted) for run in runs),
    )


def prediction_of(lab: Lab, learner: Learner | None) -> dict[str, float]:
    """What the learner last predicted for each condition, in ms; empty when they skipped or did not."""
    entry = records.newest(learner, Entry.Kind.PREDICTED, f"labs/{lab.slug}")
    return dict(entry.payload.get("waits_ms", {})) if entry else {}


def runs_of(lab: Lab, learner: Learner | None, parameters: dict[str, int]) -> list[Run]:
    """The learner's newest runs at these parameters, oldest first."""
    if learner is None:
        return []
    newest_first = Run.objects.filter(learner=learner, lab=lab.slug).order_by("-created_at")[:RUNS_READ]
    return crowd.judged(run for run in reversed(newest_first) if run.parameters == parameters)


def _newest(runs: Sequence[Run], condition: Condition) -> Run | None:
    return next((run for run in reversed(runs) if run.condition == condition.slug and run.phase != "failed"), None)


def _shown(
    condition: Condition, run: Run | None, axis_ms: float, mini: bool, predicted_ms: float | None, *, show_axis: bool
) -> ShownRun:
    drawn = timeline_of(run) if run else NOTHING_YET
    figure = charts.run_figure(drawn, condition.label, axis_ms=axis_ms, mini=mini, show_axis=show_axis)
    return ShownRun(condition, run, figure, drawn, predicted_ms)


def _gain_ms(shown: Sequence[ShownRun]) -> float | None:
    waits_ms = [one.run.wait_ms for one in shown[:2] if one.run and one.run.wait_ms is not None]
    return waits_ms[0] - waits_ms[1] if len(waits_ms) == 2 else None
