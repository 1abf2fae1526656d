"""Code as a figure: the left edge of a line has the colour of the lane in which its time is spent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString

from authoring.highlight import highlighted_lines
from authoring.lanes import icon

NOTHING = SafeString("")


@dataclass(frozen=True)
class Margin:
    """From its line on, up to the next margin or empty line, time is spent in `lane`; `note` ends that first line."""

    lane: str
    note: str = ""


def code_figure(
    caption: SafeString,
    code: str,
    margins: Mapping[int, Margin],
    *,
    below: SafeString = NOTHING,
    language: str = "python",
) -> SafeString:
    """The whole figure. `margins` are by index of their line in `code`; `below` is text under the code."""
    return format_html(
        '<figure class="code"><figcaption>{}</figcaption><pre tabindex="0"><code>{}</code></pre>{}</figure>',
        caption,
        _lines(_highlighted(code, language), margins),
        below,
    )


@lru_cache(maxsize=64)  # a lab's page shows the same few files to everybody, with other notes
def _highlighted(code: str, language: str) -> tuple[SafeString, ...]:
    return tuple(highlighted_lines(code, language))


def _lines(lines: Sequence[SafeString], margins: Mapping[int, Margin]) -> SafeString:
    made, lane = [], ""
    for index, html in enumerate(lines):
        margin = margins.get(index)
        lane = margin.lane if margin else lane if html else ""
        made.append(_line(html, lane, _note(margin) if margin and margin.note else NOTHING))
    return SafeString("".join(made))


def _line(html: SafeString, lane: str, note: SafeString) -> SafeString:
    return format_html('<span class="ln{}"><span>{}</span>{}</span>', f" {lane}" if lane else "", html, note)


def _note(margin: Margin) -> SafeString:
    return format_html("<small>{} {}</small>", icon(margin.lane), margin.note)
