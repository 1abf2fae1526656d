"""What the rows of one experiment say, in numbers: medians, where two of them cross, and how sure that is."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from statistics import median
from typing import Any

from labs.when_the_queue_loses.experiment import FLOOR, INSIDE, QUEUED

FEWEST_FOR_INTERVAL = 5  # below this an interval would promise more than it knows
NEVER, ALWAYS = 0.0, float("inf")
MOST_ON_WRONG_SIDE = 1  # one size of ten may stand out by chance
RESAMPLES = 200
SEED = 1  # the same rows always give the same interval
WELL_TIMED_MS = 5  # shorter work is stretched by the clock and the first round as well
SMALL_MS = 2  # up to this much work, the price of queueing stands out from how much the work itself varies

Rows = Sequence[Mapping[str, Any]]
BySize = dict[float, list[float]]


@dataclass(frozen=True)
class Spread:
    """Several values in ms: how many, the middle one, the least and the greatest."""

    n: int
    median_ms: float
    low_ms: float
    high_ms: float


@dataclass(frozen=True)
class Difference:
    """How much later queued came than inside, in ms: of the medians, with its 95 % interval.

    With fewer than five of each, the interval is all that their values allow.
    """

    size_ms: float
    later_ms: float
    low_ms: float
    high_ms: float

    @property
    def is_measurable(self) -> bool:
        """Is zero outside of the interval?"""
        return not self.low_ms <= 0 <= self.high_ms


@dataclass(frozen=True)
class BreakEven:
    """The work in ms up to which the answer came sooner inside: NEVER, ALWAYS, or None when the sizes disagree.

    `low_ms` and `high_ms` are its 95 % interval; None with fewer than five runs of each size.
    """

    at_ms: float | None
    low_ms: float | None = None
    high_ms: float | None = None


@dataclass(frozen=True)
class ProcessorTime:
    """What each way costs in processor time, in ms, and up to which work the message costs more of it than the work.

    `price` is what one message costs in all processes together, beyond the work. `least` names, at the least work, who
    used how much: web, worker, Redis, all; for each way. `web` is up to which work the web process itself uses less
    when it does the work on the spot.
    """

    inside: dict[float, Spread]
    queued: dict[float, Spread]
    price: Spread
    web: BreakEven
    least: dict[str, dict[str, float]]


@dataclass(frozen=True)
class Found:
    """All figures of one experiment: a partial one may have no first publish, not every system tells `processor`."""

    inside: dict[float, Spread]
    queued: dict[float, Spread]
    queued_result: dict[float, Spread]
    floor_result: dict[float, Spread]
    answer: BreakEven
    results: tuple[Difference, ...]
    surcharge: Spread
    handover: Spread
    floor_handover: Spread
    first_publish: Spread | None
    later_publish: Spread | None
    stretch: float
    processor: ProcessorTime | None


def analyse(rows: Rows) -> Found:
    """The figures of these rows, each with its n."""
    inside, queued = values(rows, INSIDE, "response_ms"), values(rows, QUEUED, "response_ms")
    done, result = values(rows, INSIDE, "result_ms"), values(rows, QUEUED, "result_ms")
    results = tuple(difference(size_ms, done[size_ms], result[size_ms]) for size_ms in inside)
    small = [size_ms for size_ms in inside if size_ms <= SMALL_MS]
    return Found(
        spreads(inside),
        spreads(queued),
        spreads(result),
        spreads(values(rows, FLOOR, "result_ms")),
        break_even(inside, queued),
        results,
        spread(later - median(done[size_ms]) for size_ms in small for later in result[size_ms]),
        spread(_flat(values(rows, QUEUED, "handover_ms"))),
        spread(_flat(values(rows, FLOOR, "handover_ms"))),
        _publishes(rows, "first publish"),
        _publishes(rows, "later publish"),
        median(row["work_ms"] / row["size_ms"] for row in rows if row.get("size_ms", 0) >= WELL_TIMED_MS),
        processor_time([row for row in rows if "cpu_ms" in row]),
    )


def processor_time(rows: Rows) -> ProcessorTime | None:
    """The figures of the rows that have their processor time; None without any."""
    inside, queued = values(rows, INSIDE, "cpu_ms"), values(rows, QUEUED, "cpu_ms")
    if not inside or not queued:
        return None
    small = [size_ms for size_ms in inside if size_ms <= SMALL_MS]
    return ProcessorTime(
        spreads(inside),
        spreads(queued),
        spread(later - median(inside[size_ms]) for size_ms in small for later in queued[size_ms]),
        break_even(values(rows, INSIDE, "cpu_web_ms"), values(rows, QUEUED, "cpu_web_ms")),
        {arm: _least(rows, arm) for arm in (INSIDE, QUEUED)},
    )


def _least(rows: Rows, arm: str) -> dict[str, float]:
    """The median processor time of each part at the least work, in ms."""
    names = {"web": "cpu_web_ms", "worker": "cpu_worker_ms", "Redis": "cpu_redis_ms", "all": "cpu_ms"}
    return {name: median(next(iter(values(rows, arm, figure).values()))) for name, figure in names.items()}


def _publishes(rows: Rows, arm: str) -> Spread | None:
    measured = [row["response_ms"] for row in rows if row["arm"] == arm]
    return spread(measured) if measured else None


def values(rows: Rows, arm: str, figure: str) -> BySize:
    """One figure of one way, by the size of the work in ms, smallest first."""
    found: BySize = defaultdict(list)
    for row in sorted((row for row in rows if row["arm"] == arm), key=lambda row: float(row["size_ms"])):
        found[row["size_ms"]].append(row[figure])
    return dict(found)


def spread(measured: Iterable[float]) -> Spread:
    """Their number, median, least and greatest. Raises ValueError when there are none."""
    values_ms = list(measured)
    return Spread(len(values_ms), median(values_ms), min(values_ms), max(values_ms))


def spreads(by_size: BySize) -> dict[float, Spread]:
    """The same for each size."""
    return {size_ms: spread(measured) for size_ms, measured in by_size.items()}


def break_even(inside: BySize, queued: BySize) -> BreakEven:
    """Up to which work the answer came sooner inside, with the 95 % bootstrap interval of that."""
    at_ms = crossing({size_ms: median(queued[size_ms]) - median(inside[size_ms]) for size_ms in inside})
    if at_ms in {None, NEVER, ALWAYS} or _fewest(inside, queued) < FEWEST_FOR_INTERVAL:
        return BreakEven(at_ms)
    draw = Random(SEED)
    drawn = (
        crossing({size_ms: _drawn(draw, queued[size_ms]) - _drawn(draw, inside[size_ms]) for size_ms in inside})
        for _ in range(RESAMPLES)
    )
    return BreakEven(at_ms, *_middle_95(sorted(one_ms for one_ms in drawn if one_ms is not None)))


def crossing(later_ms: Mapping[float, float]) -> float | None:
    """The size up to which `later_ms` (queued minus inside, by size) is above zero, on a line between two sizes.

    NEVER (0) when it is at no size, ALWAYS (infinite) when it is at every size. None when it is above zero here and
    there, so that more than one size lies on the wrong side of any border.
    """
    sizes = list(later_ms)
    wrong = [_wrong_sides([value > 0 for value in later_ms.values()], border) for border in range(len(sizes) + 1)]
    border = wrong.index(min(wrong))
    if wrong[border] > MOST_ON_WRONG_SIDE:
        return None
    if border in {0, len(sizes)}:
        return ALWAYS if border else NEVER
    left, right = sizes[border - 1], sizes[border]
    if later_ms[left] <= 0 or later_ms[right] > 0:
        return math.sqrt(left * right)
    return left + (right - left) * later_ms[left] / (later_ms[left] - later_ms[right])


def _wrong_sides(is_above: Sequence[bool], border: int) -> int:
    return is_above[:border].count(False) + is_above[border:].count(True)


def difference(size_ms: float, inside: Sequence[float], queued: Sequence[float]) -> Difference:
    """How much later the queued result was there, with the 95 % bootstrap interval of that."""
    later_ms = median(queued) - median(inside)
    if min(len(inside), len(queued)) < FEWEST_FOR_INTERVAL:
        return Difference(size_ms, later_ms, min(queued) - max(inside), max(queued) - min(inside))
    draw = Random(SEED)
    drawn = sorted(_drawn(draw, queued) - _drawn(draw, inside) for _ in range(RESAMPLES))
    return Difference(size_ms, later_ms, *_middle_95(drawn))


def _drawn(draw: Random, measured: Sequence[float]) -> float:
    return median(draw.choices(measured, k=len(measured)))


def _middle_95(drawn: Sequence[float]) -> tuple[float, float]:
    return drawn[int(0.025 * len(drawn))], drawn[int(0.975 * len(drawn))]


def _fewest(*figures: BySize) -> int:
    return min(len(measured) for by_size in figures for measured in by_size.values())


def _flat(by_size: BySize) -> list[float]:
    return [value for measured in by_size.values() for value in measured]
