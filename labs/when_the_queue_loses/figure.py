"""The figure of one experiment: how long the answer and the result took, by the size of the work, both logarithmic."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import format_html
from django.utils.safestring import SafeString

from labs.when_the_queue_loses.analysis import ALWAYS, NEVER, Found, Spread

LEFT, RIGHT = 11.0, 97.0  # percent across, so that the labels of the upright axis have room on a phone
TOP_PX, DECADE_PX, MARKS_PX = 46, 84, 44
HALF_PX = 4.5  # half of a mark


@dataclass(frozen=True)
class Series:
    """One line of medians. Its colour is its lane, its shape tells it from the others without colour."""

    label: str
    lane: str
    shape: str
    points: Mapping[float, Spread]


class Axes:
    """Where a size of work and a time are drawn."""

    def __init__(self, sizes_ms: Sequence[float], least_ms: float, greatest_ms: float) -> None:
        self.sizes_ms = sizes_ms
        self.lowest, self.highest = math.floor(math.log10(least_ms)), math.ceil(math.log10(greatest_ms))
        self.bottom_px = TOP_PX + DECADE_PX * (self.highest - self.lowest)

    def x(self, size_ms: float) -> str:
        """Across, in percent; what lies outside is drawn at the edge."""
        first, last = self.sizes_ms[0], self.sizes_ms[-1]
        share = math.log(min(max(size_ms, first), last) / first) / math.log(last / first)
        return f"{LEFT + (RIGHT - LEFT) * share:.2f}%"

    def y(self, time_ms: float) -> float:
        """Down, in pixels."""
        return round(self.bottom_px - DECADE_PX * (math.log10(time_ms) - self.lowest), 1)


def series_of(found: Found) -> tuple[Series, ...]:
    """The four lines."""
    return (
        Series("inside: answer and result", "web", "dot", found.inside),
        Series("queued: answer", "redis", "square", found.queued),
        Series("queued: result", "worker", "ring", found.queued_result),
        Series("bare Redis: result", "redis", "frame", found.floor_result),
    )


def draw(found: Found, guesses: Mapping[str, float]) -> SafeString:
    """All lines, the break-even, and the learner's guess of it, dashed."""
    lines = series_of(found)
    shown = [spread for line in lines for spread in line.points.values()]
    axes = Axes(list(found.inside), min(s.low_ms for s in shown), max(s.high_ms for s in shown))
    parts = [_grid(axes), *(_line(line, axes) for line in lines), _break_even(found, axes), _guess(guesses, axes)]
    return format_html(
        '{}<div class="plot"><svg height="{}" role="img" aria-label="{}">{}</svg></div>',
        _key(lines),
        axes.bottom_px + MARKS_PX,
        in_words(lines),
        SafeString("".join(parts)),
    )


def in_words(lines: Sequence[Series]) -> str:
    """The figure for who cannot see it; the table below it holds every value."""
    ends = []
    for line in lines:
        (first, start), *_, (last, end) = line.points.items()
        ends.append(
            f"{line.label} from {start.median_ms:.1f} ms at {first:g} ms of work to {end.median_ms:.1f} at {last:g}"
        )
    return f"Time by size of work, both axes logarithmic. {'; '.join(ends)}."


def _key(lines: Sequence[Series]) -> SafeString:
    entries = (
        format_html(
            '<span><svg width="16" height="12" aria-hidden="true">{}</svg> {}</span>', _mark(line, "8", 6), line.label
        )
        for line in lines
    )
    return format_html('<p class="row small">{}</p>', SafeString("".join(entries)))


def _grid(axes: Axes) -> SafeString:
    parts = []
    for power in range(axes.lowest, axes.highest + 1):
        y = axes.y(10**power)
        parts.append(format_html('<line class="rule" x1="0" x2="100%" y1="{0}" y2="{0}"/>', y))
        parts.append(format_html('<text class="soft" x="0" y="{}">{} ms</text>', y - 4, f"{10**power:g}"))
    for size_ms in axes.sizes_ms:
        place = '<text class="soft" x="{}" y="{}" text-anchor="middle">{}</text>'
        parts.append(format_html(place, axes.x(size_ms), axes.bottom_px + 18, f"{size_ms:g}"))
    name = '<text class="soft" x="100%" y="{}" text-anchor="end">work in ms (logarithmic)</text>'
    parts.append(format_html(name, axes.bottom_px + 38))
    return SafeString("".join(parts))


def _line(line: Series, axes: Axes) -> SafeString:
    points = [(axes.x(size_ms), spread) for size_ms, spread in line.points.items()]
    parts = [
        format_html(
            '<line class="wait {}" x1="{}" x2="{}" y1="{}" y2="{}"/>',
            *(line.lane, x, next_x, axes.y(spread.median_ms), axes.y(next_spread.median_ms)),
        )
        for (x, spread), (next_x, next_spread) in pairwise(points)
    ]
    for x, spread in points:
        reach = '<line class="wait {0}" stroke-width="3" stroke-opacity=".45" x1="{1}" x2="{1}" y1="{2}" y2="{3}"/>'
        parts.append(format_html(reach, line.lane, x, axes.y(spread.high_ms), axes.y(spread.low_ms)))
        parts.append(_mark(line, x, axes.y(spread.median_ms)))
    return SafeString("".join(parts))


def _mark(line: Series, x: str, y: float) -> SafeString:
    look = f"{'bar' if line.shape in {'dot', 'square'} else 'todo'} {line.lane}"
    if line.shape in {"dot", "ring"}:
        return format_html('<circle class="{}" cx="{}" cy="{}" r="{}"/>', look, x, y, HALF_PX - 0.5)
    return format_html(
        '<rect class="{0}" x="{1}" y="{2}" width="{3}" height="{3}" transform="translate(-{4} -{4})"/>',
        *(look, x, y, 2 * HALF_PX - 1, HALF_PX - 0.5),
    )


def _break_even(found: Found, axes: Axes) -> SafeString:
    at_ms = found.answer.at_ms
    if at_ms in {None, NEVER, ALWAYS}:
        return SafeString("")
    return format_html(
        '<line class="hop" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>'
        '<text x="{0}" dx="6" y="{3}" font-weight="600">break-even {4} ms</text>',
        *(axes.x(at_ms), TOP_PX - 14, axes.bottom_px, TOP_PX - 8, f"{at_ms:.1f}"),
    )


def _guess(guesses: Mapping[str, float], axes: Axes) -> SafeString:
    if "answer" not in guesses:
        return SafeString("")
    guess_ms = guesses["answer"]
    near_right = guess_ms > axes.sizes_ms[len(axes.sizes_ms) * 2 // 3]
    return format_html(
        '<line class="guess" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>'
        '<text x="{0}" dx="{3}" y="{4}" text-anchor="{5}" font-style="italic">you: {6}</text>',
        *(axes.x(guess_ms), 8, axes.bottom_px, -6 if near_right else 6, 16, "end" if near_right else "start"),
        f"{guess_ms:g}",
    )
