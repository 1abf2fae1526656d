"""Named rows in the body of a block: each begins on a line of its own with its name and a colon.

Wrong because: the next frame is painted before the request is over.
What is true: the answer comes sooner.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from authoring.blocks import Block, RenderMarkdown
from authoring.problems import ContentError
from lessons.blocks.texts import inline


@dataclass(frozen=True)
class NamedRow:
    """What stands under a name, and the line it begins on."""

    name: str
    text: str
    line: int


def split_rows(block: Block, names: Sequence[str]) -> tuple[str, list[NamedRow]]:
    """What stands above the rows, and the rows. Raises ContentError unless they are all there, in order, not empty."""
    above, *pieces = re.split(rf"^({'|'.join(map(re.escape, names))}):[ \t]*", block.body, flags=re.MULTILINE)
    line = block.line + 1 + above.count("\n")
    rows = []
    for name, text in zip(pieces[::2], pieces[1::2], strict=True):
        rows.append(NamedRow(name, text, line))
        line += text.count("\n")
    if [row.name for row in rows if row.text.strip()] != list(names):
        hint = "Begin one line each with " + ", ".join(f"“{name}:”" for name in names) + ", and say it there."
        raise ContentError(f"This {block.name} does not have its rows in order.", hint)
    return above, rows


def rows_html(rows: Sequence[NamedRow], markdown: RenderMarkdown, said: str = "") -> SafeString:
    """The rows as a list of names and what stands under them. The row named `said` is set as other people's words."""
    items = []
    for row in rows:
        text = inline(markdown(row.text.strip(), row.line))
        words = format_html('<span class="pencil">{}</span>', text) if row.name == said else text
        items.append(format_html("<dt>{}</dt><dd>{}</dd>", row.name, words))
    return format_html('<dl class="facts ui">{}</dl>', SafeString("".join(items)))
