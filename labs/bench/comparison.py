"""Two runs side by side: both figures on one axis, and what differs between them."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from labs.bench import charts
from labs.bench.crowd import judge
from labs.bench.lab import Lab
from labs.bench.models import Run
from labs.bench.results import ShownRun, runs_of
from labs.bench.timeline import MAIL_ARRIVED, NOTHING_YET, Timeline, said, timeline_of
from learners.models import Learner

OFFERED = 10
SAME_MS = 1.0  # two clocks of one machine agree no better
STRETCHES = (
    ("browser", "the wait for the answer"),
    ("web", "the view"),
    ("redis", "the message in Redis"),
    ("worker", "the task"),
    ("mail", "the mail server"),
)


@dataclass(frozen=True)
class Difference:
    """One stretch or moment in both runs, in ms; None where a run has none."""

    lane: str
    what: str
    this_ms: float | None
    other_ms: float | None

    @property
    def said(self) -> str:
        """How much more or less the other has, in words."""
        if self.this_ms is None or self.other_ms is None:
            return "only in one"
        more_ms = self.other_ms - self.this_ms
        if abs(more_ms) < SAME_MS:
            return "the same within 1 ms"
        return f"{said(abs(more_ms))} {'more' if more_ms > 0 else 'less'}"


def differences(this: Timeline, other: Timeline) -> list[Difference]:
    """What differs, lane by lane, and when the mail arrived; without what neither run has."""
    found = [Difference(lane, what, _length_ms(this, lane), _length_ms(other, lane)) for lane, what in STRETCHES]
    found.append(Difference("mail", MAIL_ARRIVED, _arrival_ms(this), _arrival_ms(other)))
    return [one for one in found if one.this_ms is not None or one.other_ms is not None]


def compared(lab: Lab, run: Run, wanted: str) -> dict[str, Any]:
    """The second run of a run's page. `wanted` is its id, or an address that ends in it; empty when there is none."""
    if not wanted:
        return {}
    other = Run.objects.filter(lab=lab.slug, pk=wanted.strip().rstrip("/").rpartition("/")[2][:22]).first()
    if other is None:
        return {"other_problem": "There is no such run in this lab. Paste the address of a run's own page."}
    judge(other)
    axis_ms = charts.common_axis([run, other])
    this, that = timeline_of(run), timeline_of(other)
    return {
        "shown": _shown(lab, run, this, axis_ms),
        "other": _shown(lab, other, that, axis_ms),
        "differences": differences(this, that),
    }


def offered(lab: Lab, learner: Learner | None, parameters: dict[str, int]) -> list[ShownRun]:
    """The learner's own newest runs at these parameters, newest first, to be looked at or compared."""
    runs = reversed(runs_of(lab, learner, parameters)[-OFFERED:])
    return [ShownRun(lab.condition(run.condition), run, SafeString(""), NOTHING_YET, None) for run in runs]


def _shown(lab: Lab, run: Run, drawn: Timeline, axis_ms: float) -> ShownRun:
    condition = lab.condition(run.condition)
    return ShownRun(condition, run, charts.run_figure(drawn, condition.label, axis_ms=axis_ms, mini=False), drawn, None)


def _length_ms(drawn: Timeline, lane: str) -> float | None:
    return next((span.end_ms - span.start_ms for span in drawn.spans if span.lane == lane), None)


def _arrival_ms(drawn: Timeline) -> float | None:
    return next((moment.at_ms for moment in drawn.moments if moment.what == MAIL_ARRIVED), None)
