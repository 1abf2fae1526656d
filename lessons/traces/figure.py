"""A recording as a picture: rows from left to right, the five lanes from top to bottom, and where the message is.

A dot is on the lane of whoever acts. A pale bar says that the message, or a copy of it, is there: Redis has two such
places, its list and the hash of what was taken. Across is percent, down is pixels.
"""

from collections.abc import Sequence
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from authoring.figures import percent
from authoring.lanes import LANE_BY_SLUG, icon
from lessons.traces.story import LIST, MAIL, UNACKED, WORKER, Moment, Stay, stays_of

PITCH_PX = 32
DOT_PX, BAR_PX = 5.5, 16
MOST_NUMBERED = 14  # with more rows, every second number is left out: on a phone they would touch
LINES = (  # label, lane, and the place it stands for; "" where no message can be
    ("Browser", "browser", ""),
    ("Web", "web", ""),
    ("Redis list", "redis", LIST),
    ("Redis unacked", "redis", UNACKED),
    ("Worker", "worker", WORKER),
    ("Mail", "mail", MAIL),
)
LANES = [lane for _, lane, _ in LINES]
PLACES = [place for _, _, place in LINES]


def figure(moments: Sequence[Moment], label: str) -> SafeString:
    """The whole picture. `label` says it in words."""
    count, height = len(moments), PITCH_PX * len(LINES)
    names = format_html_join(
        "",
        '<li class="lane {}"{}>{} {}</li>',
        ((lane, _place(index), icon(lane), name) for index, (name, lane, _) in enumerate(LINES)),
    )
    marks = [
        *(_rule(index) for index in range(len(LINES))),
        *(_bar(stay, count) for stay in stays_of(moments)),
        *(_way(one, other, count) for one, other in pairwise(moments)),
        *(_dot(moment, count) for moment in moments),
        *(_number(moment, count, height) for moment in moments),
    ]
    drawing = '<svg height="{}" role="img" aria-label="{}">{}</svg>'
    return format_html(
        '<div class="tl places"><ul aria-hidden="true">{}</ul>' + drawing + "</div>",
        names,
        height + 22,
        label,
        SafeString("".join(marks)),
    )


def _place(index: int) -> SafeString:
    """What the stepper reads: which place the line stands for, and how far down its middle is, in pixels."""
    place = PLACES[index]
    return format_html(' data-place="{}" data-middle="{}"', place, _middle(index)) if place else SafeString("")


def _middle(index: int) -> float:
    return PITCH_PX * index + PITCH_PX / 2


def _across(number: int, count: int) -> str:
    return percent(number - 0.5, count)


def _rule(index: int) -> SafeString:
    return format_html('<line class="rule" x1="0" x2="100%" y1="{0}" y2="{0}"/>', f"{_middle(index):g}")


def _bar(stay: Stay, count: int) -> SafeString:
    index = PLACES.index(stay.place)
    return format_html(
        '<rect class="wait {}" x="{}" y="{}" width="{}" height="{}"/>',
        LANES[index],
        percent(stay.first - 0.85, count),
        f"{_middle(index) - BAR_PX / 2:g}",
        percent(stay.last - stay.first + 0.7, count),
        BAR_PX,
    )


def _way(one: Moment, other: Moment, count: int) -> SafeString:
    return format_html(
        '<line class="span" x1="{}" x2="{}" y1="{}" y2="{}"/>',
        _across(one.number, count),
        _across(other.number, count),
        f"{_middle(LANES.index(one.row.lane)):g}",
        f"{_middle(LANES.index(other.row.lane)):g}",
    )


def _dot(moment: Moment, count: int) -> SafeString:
    x, y = _across(moment.number, count), _middle(LANES.index(moment.row.lane))
    dot = '<circle class="bar {}" cx="{}" cy="{}" r="{}" data-dot="{}"/>'
    mark = format_html(dot, moment.row.lane, x, f"{y:g}", DOT_PX, moment.number)
    if moment.row.kind != "killed":
        return mark
    cross = '<svg x="{}" y="{}"><path stroke="currentColor" stroke-width="3" d="M-9 -9L9 9M9 -9L-9 9"/></svg>'
    return mark + format_html(cross, x, f"{y:g}")


def _number(moment: Moment, count: int, height: int) -> SafeString:
    if count > MOST_NUMBERED and moment.number % 2 == 0:
        return SafeString("")
    text = '<text class="soft" x="{}" y="{}" text-anchor="middle" data-number="{}">{}</text>'
    return format_html(text, _across(moment.number, count), height + 16, moment.number, moment.number)


def in_words(moments: Sequence[Moment]) -> str:
    """What the picture shows, for who cannot see it."""
    lanes = ", ".join(LANE_BY_SLUG[moment.row.lane].label for moment in moments)
    names = {place: name for name, _, place in LINES if place}
    stays = ", ".join(
        f"{names[stay.place]} {stay.first} to {stay.last}"
        if stay.last > stay.first
        else f"{names[stay.place]} {stay.first}"
        for stay in stays_of(moments)
    )
    return f"Who acts in rows 1 to {len(moments)}: {lanes}. Where the message is, by rows: {stays}."
