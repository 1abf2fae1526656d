"""Many runs in few figures: n, median and spread, and one honest sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from labs.bench.lab import Condition
from labs.bench.models import Run
from labs.bench.timeline import said

SMALLEST_DIFFERENCE_MS = 16  # one frame at 60 Hz: nobody can see less


@dataclass(frozen=True)
class Summary:
    """The waits in ms of all finished runs of a condition, oldest first; `predicted_ms` as the learner wrote it."""

    condition: Condition
    waits_ms: tuple[float, ...]
    predicted_ms: float | None = None

    @property
    def n(self) -> int:
        """How many runs."""
        return len(self.waits_ms)

    @property
    def median_ms(self) -> float | None:
        """The middle wait, None without runs."""
        return median(self.waits_ms) if self.waits_ms else None

    @property
    def spread(self) -> str:
        """The least and the greatest wait, in words."""
        return f"{min(self.waits_ms):,.0f} to {max(self.waits_ms):,.0f}" if self.waits_ms else ""

    @property
    def off_by(self) -> str:
        """How far the prediction was off the median, in words."""
        if self.predicted_ms is None or self.median_ms is None:
            return ""
        return said(abs(self.predicted_ms - self.median_ms))


def summarise(condition: Condition, runs: Iterable[Run], predicted_ms: float | None) -> Summary:
    """The summary of the runs that finished and were not measured in a crowd."""
    usable = [run for run in runs if run.condition == condition.slug and not run.crowded and run.phase == "done"]
    return Summary(condition, tuple(run.wait_ms for run in usable if run.wait_ms is not None), predicted_ms)


def sentence(summaries: Sequence[Summary]) -> str:
    """What the figures say about the first two conditions; empty while one of them has no run."""
    if len(summaries) < 2 or not (summaries[0].n and summaries[1].n):
        return ""
    slow, fast = summaries[0], summaries[1]
    assert slow.median_ms is not None
    assert fast.median_ms is not None
    gain_ms = slow.median_ms - fast.median_ms
    found = f"{fast.condition.label}, the answer came {said(abs(gain_ms))} {_when(gain_ms)}"
    if abs(gain_ms) < SMALLEST_DIFFERENCE_MS:
        return f"{found}: no difference you could see."
    return f"{found}."


def _when(gain_ms: float) -> str:
    return "sooner" if gain_ms >= 0 else "later"
