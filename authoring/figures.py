"""The one figure of the course: work over time on five lanes, drawn to a true time scale as inline SVG.

Across is percent of the time scale, down is pixels of the lane, so the figure stretches and its type does not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from authoring.lanes import LANE_BY_SLUG, lane_html

ALL_LANES = tuple(LANE_BY_SLUG)
NOTHING = SafeString("")
TICK_STEPS_MS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)
MOST_LABELS = 5  # more would touch each other on a phone
NAMED_STAGE_PERCENT = 25  # a narrower stage has room for its number only
THINNEST_BAR_PERCENT = 0.5  # a thinner bar would not be seen; its value is printed beside it


@dataclass(frozen=True)
class Span:
    """A bar on one lane. `label` is printed at its end; a waiting span is drawn pale.

    `off_ms` is how far its place may be off, drawn as a whisker at its end. `exactly` says lane, start, end and length;
    a bar that is cut short for drawing gives its own.
    """

    lane: str
    start_ms: float
    end_ms: float
    label: str = ""
    waiting: bool = False
    off_ms: float = 0.0
    exactly: str = ""

    @property
    def exact(self) -> str:
        """All of it in words: "Mail server, 14.2 to 318.4 ms, 304.2 ms"."""
        name = LANE_BY_SLUG[self.lane].track.partition(" ")[2]
        length_ms = self.end_ms - self.start_ms
        return self.exactly or f"{name}, {self.start_ms:.1f} to {self.end_ms:.1f} ms, {length_ms:.1f} ms"


@dataclass(frozen=True)
class Hop:
    """A hand-over between two lanes at one moment."""

    at_ms: float
    source: str
    target: str


@dataclass(frozen=True)
class Stage:
    """A named stretch of time, a bracket under the lanes. `number` is always printed, `label` where it fits."""

    number: int
    label: str
    start_ms: float
    end_ms: float


@dataclass(frozen=True)
class Remark:
    """A word on a lane that has no bar there, at one moment."""

    lane: str
    at_ms: float
    text: str


def axis_for(longest_ms: float) -> float:
    """The length of an axis in ms on which the longest bar ends before 72 %, so that its value fits behind it."""
    wanted = max(longest_ms, 1) / 0.72
    step = next((step for step in TICK_STEPS_MS if wanted / step <= 9), TICK_STEPS_MS[-1])
    return step * (int(wanted / step) + 1)


def timeline(
    spans: Sequence[Span],
    hops: Sequence[Hop] = (),
    *,
    axis_ms: float,
    label: str,
    mini: bool = False,
    show_axis: bool = True,
    lanes: Sequence[str] = ALL_LANES,
    extra: SafeString = NOTHING,
    stages: Sequence[Stage] = (),
    said: Sequence[Span] = (),
    remarks: Sequence[Remark] = (),
    alive: bool = False,
) -> SafeString:
    """The five-lane figure. `label` tells the result to who cannot see it; `extra` is SVG drawn on top.

    `stages` add a row of brackets, `said` are dashed frames around what others say, `remarks` are words on empty lanes.
    In an `alive` figure each bar can be reached and says its exact span; spans.js shows it.
    """
    grid = _Grid(tuple(lanes), axis_ms, *((18, 10) if mini else (32, 14)))
    bottom = grid.pitch * (len(lanes) + bool(stages))
    marks = [
        _axis(axis_ms, bottom, show_axis),
        *(_frame(span, grid) for span in said if span.lane in lanes),
        *(_hop(hop, grid) for hop in hops if {hop.source, hop.target} <= set(lanes)),
        *((_living_bar if alive else _bar)(span, grid) for span in spans if span.lane in lanes),
        *(_remark(remark, grid) for remark in remarks if remark.lane in lanes),
        _brackets(stages, grid.pitch * len(lanes), axis_ms),
        extra,
    ]
    names = [lane_html(slug) for slug in lanes] + [SafeString('<span class="soft">Stage</span>')] * bool(stages)
    return format_html(
        '<div class="tl{}"><ul aria-hidden="true">{}</ul>{}</div>',
        " mini" if mini else "",
        format_html_join("", "<li>{}</li>", ((name,) for name in names)),
        _svg(marks, bottom + (22 if show_axis else 4), "group" if alive else "img", label),
    )


@dataclass(frozen=True)
class _Grid:
    """Where things stand: the lanes in order, the length of the axis, and in pixels a lane's height and a bar's."""

    lanes: tuple[str, ...]
    axis_ms: float
    pitch: int
    thick: int

    def x(self, at_ms: float) -> str:
        """A moment, or a length of time."""
        return percent(at_ms, self.axis_ms)

    def middle(self, lane: str) -> float:
        """The middle of a lane, in pixels from the top."""
        return self.lanes.index(lane) * self.pitch + self.pitch / 2


def _svg(marks: Iterable[SafeString], height: int, role: str, label: str) -> SafeString:
    drawing = '<svg class="play" height="{}" role="{}" aria-label="{}">{}</svg>'
    return format_html(drawing, height, role, label, SafeString("".join(marks)))


def percent(value_ms: float, axis_ms: float) -> str:
    """A position on the time scale, as SVG wants it."""
    return f"{100 * value_ms / axis_ms:.2f}%"


def ticks(axis_ms: float) -> Iterable[float]:
    """Round positions in ms: at most nine steps from zero to the end of the axis."""
    step = next((step for step in TICK_STEPS_MS if axis_ms / step <= 9), TICK_STEPS_MS[-1])
    return (step * index for index in range(int(axis_ms / step) + 1))


def _axis(axis_ms: float, bottom: int, labelled: bool) -> SafeString:
    positions = list(ticks(axis_ms))
    marks = []
    for index, at_ms in enumerate(positions):
        x = percent(at_ms, axis_ms)
        marks.append(format_html('<line class="rule" x1="{0}" x2="{0}" y1="0" y2="{1}"/>', x, bottom))
        if labelled and (len(positions) <= MOST_LABELS or index % 2 == 0):
            unit = " ms" if index >= len(positions) - (1 if len(positions) <= MOST_LABELS else 2) else ""
            anchor = "start" if index == 0 else "end" if at_ms >= axis_ms * 0.97 else "middle"
            text = '<text class="soft" x="{}" y="{}" text-anchor="{}">{}{}</text>'
            marks.append(format_html(text, x, bottom + 16, anchor, f"{at_ms:g}", unit))
    return SafeString("".join(marks))


def _bar(span: Span, grid: _Grid) -> SafeString:
    width_ms = max(span.end_ms - span.start_ms, grid.axis_ms * THINNEST_BAR_PERCENT / 100)
    middle = grid.middle(span.lane)
    bar = format_html(
        '<rect class="{} {}" x="{}" y="{}" width="{}" height="{}"/>',
        "wait" if span.waiting else "bar",
        span.lane,
        grid.x(span.start_ms),
        f"{middle - grid.thick / 2:g}",
        grid.x(width_ms),
        grid.thick,
    )
    end_ms = span.start_ms + width_ms
    if span.off_ms:
        bar += _whisker(end_ms, span.off_ms, middle, grid)
    if not span.label:
        return bar
    text = '<text class="late" x="{}" y="{}" dx="6">{}</text>'
    return bar + format_html(text, grid.x(end_ms + span.off_ms), middle + 4.5, span.label)


def _living_bar(span: Span, grid: _Grid) -> SafeString:
    # A thin bar is a small target: the frame around it catches the pointer too, and is not drawn.
    frame = format_html(
        '<rect fill="none" stroke-width="{}" pointer-events="all" x="{}" y="{}" width="{}" height="2"/>',
        grid.thick + 10,
        grid.x(span.start_ms),
        f"{grid.middle(span.lane) - 1:g}",
        grid.x(span.end_ms - span.start_ms),
    )
    whole = '<g tabindex="0" role="img" aria-label="{}" data-span>{}{}</g>'
    return format_html(whole, span.exact, frame, _bar(span, grid))


def _whisker(at_ms: float, off_ms: float, middle: float, grid: _Grid) -> SafeString:
    low, high = grid.x(at_ms - off_ms), grid.x(at_ms + off_ms)
    lines = format_html('<line class="hop" x1="{0}" x2="{1}" y1="{2}" y2="{2}"/>', low, high, f"{middle:g}")
    for x in (low, high):
        cap = '<line class="hop" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>'
        lines += format_html(cap, x, f"{middle - 3:g}", f"{middle + 3:g}")
    return format_html('<g class="whisker">{}</g>', lines)


def _hop(hop: Hop, grid: _Grid) -> SafeString:
    line = '<line class="hop" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>'
    return format_html(line, grid.x(hop.at_ms), grid.middle(hop.source), grid.middle(hop.target))


def _frame(span: Span, grid: _Grid) -> SafeString:
    high = grid.thick + 10
    return format_html(
        '<rect class="guess" x="{}" y="{}" width="{}" height="{}"/>',
        grid.x(span.start_ms),
        f"{grid.middle(span.lane) - high / 2:g}",
        grid.x(span.end_ms - span.start_ms),
        high,
    )


def _remark(remark: Remark, grid: _Grid) -> SafeString:
    text = '<text class="late" x="{}" y="{}" dx="6" font-weight="600">{}</text>'
    return format_html(text, grid.x(remark.at_ms), grid.middle(remark.lane) + 4.5, remark.text)


def _brackets(stages: Sequence[Stage], top: float, axis_ms: float) -> SafeString:
    return SafeString("".join(_bracket(stage, top + 6, axis_ms, is_last=stage is stages[-1]) for stage in stages))


def _bracket(stage: Stage, y: float, axis_ms: float, *, is_last: bool) -> SafeString:
    start, end = percent(stage.start_ms, axis_ms), percent(stage.end_ms, axis_ms)
    lines = format_html('<line class="span" x1="{0}" x2="{1}" y1="{2}" y2="{2}"/>', start, end, y)
    for x in (start, end):
        lines += format_html('<line class="span" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>', x, y - 3, y + 3)
    is_wide = stage.end_ms - stage.start_ms > axis_ms * NAMED_STAGE_PERCENT / 100
    place, anchor, shift = (start, "start", 2) if is_last and not is_wide else (_middle(stage, axis_ms), "middle", 0)
    text = f"{stage.number} {stage.label}" if is_wide or is_last else str(stage.number)
    return lines + format_html(
        '<text x="{}" y="{}" dx="{}" text-anchor="{}" font-weight="600">{}</text>', place, y + 18, shift, anchor, text
    )


def _middle(stage: Stage, axis_ms: float) -> str:
    return percent((stage.start_ms + stage.end_ms) / 2, axis_ms)
