"""Many runs in few figures: n, median and spread, and one honest sentence."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from labs.bench.lab import WAIT, Condition, Figure
from labs.bench.models import Run
from labs.bench.timeline import said

FEWEST_FOR_INTERVAL = 5  # of each condition; below this an interval would promise more than it knows
RESAMPLES = 1000
SEED = 1  # the same runs always give the same interval


@dataclass(frozen=True)
class Summary:
    """The figures in ms of all `runs` of a condition that count, oldest first; `predicted_ms` as the learner wrote it.

    A run whose figure the browser did not report has no value here, which is not a value of zero.
    """

    condition: Condition
    values_ms: tuple[float, ...]
    predicted_ms: float | None = None
    runs: tuple[Run, ...] = ()

    @property
    def n(self) -> int:
        """How many runs have a value."""
        return len(self.values_ms)

    @property
    def none_reported(self) -> int:
        """How many runs have none."""
        return len(self.runs) - self.n

    @property
    def median_ms(self) -> float | None:
        """The middle figure, None without runs."""
        return median(self.values_ms) if self.values_ms else None

    @property
    def spread(self) -> str:
        """The least and the greatest figure, in words."""
        return f"{min(self.values_ms):,.0f} to {max(self.values_ms):,.0f}" if self.values_ms else ""

    @property
    def off_by(self) -> str:
        """How far the prediction was off the median, in words."""
        if self.predicted_ms is None or self.median_ms is None:
            return ""
        return said(abs(self.predicted_ms - self.median_ms))


def summarise(condition: Condition, runs: Iterable[Run], predicted_ms: float | None, figure: Figure = WAIT) -> Summary:
    """The summary of the runs that finished, undisturbed by others, a background tab or a sleeping machine."""
    usable = tuple(run for run in runs if run.condition == condition.slug and run.counts)
    values_ms = tuple(value for run in usable if (value := figure.read(run)) is not None)
    return Summary(condition, values_ms, predicted_ms, usable)


def sentence(summaries: Sequence[Summary], figure: Figure = WAIT) -> str:
    """What the figures say about the first two conditions; empty while one of them has no run."""
    if len(summaries) < 2 or not (summaries[0].values_ms and summaries[1].values_ms):
        return ""
    slow, fast = summaries[0], summaries[1]
    gain_ms = median(slow.values_ms) - median(fast.values_ms)
    when = figure.sooner if gain_ms >= 0 else figure.later
    found = f"{fast.condition.label}, the answer came {said(abs(gain_ms))} {when}"
    if abs(gain_ms) < figure.grain_ms:
        return f"{found}: no difference you could see."
    return f"{found}{_times(slow.values_ms, fast.values_ms)}."


def interval_of_ratio(above: Sequence[float], below: Sequence[float]) -> tuple[float, float]:
    """The 95 % bootstrap interval (percentiles) of the ratio of two medians."""
    draw = random.Random(SEED)
    ratios = sorted(
        median(draw.choices(above, k=len(above))) / median(draw.choices(below, k=len(below))) for _ in range(RESAMPLES)
    )
    return ratios[int(0.025 * RESAMPLES)], ratios[int(0.975 * RESAMPLES)]


def _times(slow: Sequence[float], fast: Sequence[float]) -> str:
    if min(len(slow), len(fast)) < FEWEST_FOR_INTERVAL or min(fast) <= 0 or median(slow) < median(fast):
        return ""
    low, high = interval_of_ratio(slow, fast)
    if low <= 1:
        return ", though the runs differ so much that this may be chance"
    return f": {median(slow) / median(fast):.1f} times as fast (95 % interval {low:.1f} to {high:.1f})"
