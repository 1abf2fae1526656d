"""Blocks that set text: margin notes, two columns, the key of lanes, big figures, tips."""

import re

from django.utils.html import format_html
from django.utils.safestring import SafeString

from authoring.blocks import Block, BlockType, RenderMarkdown
from authoring.lanes import lane_key
from authoring.problems import ContentError

# The rows of a tip, in their order: what is said, what is right in it, when it fails.
TIP_ROWS = ("Often said", "Right in it", "Fails when")
TIP_ROW = re.compile(rf"^({'|'.join(TIP_ROWS)}):[ \t]+", re.MULTILINE)


def note(block: Block, markdown: RenderMarkdown) -> SafeString:
    """A thought in the margin; on a narrow page, a line at its left."""
    return format_html('<div class="note" role="note">{}</div>', markdown(block.body, block.line + 1))


def columns(block: Block, markdown: RenderMarkdown) -> SafeString:
    """The blocks inside stand side by side, on a narrow page one below the other."""
    return format_html('<div class="cols two wide">{}</div>', markdown(block.body, block.line + 1))


def key(block: Block, markdown: RenderMarkdown) -> SafeString:
    """The five lanes with their plain meaning."""
    return lane_key()


def big(block: Block, markdown: RenderMarkdown) -> SafeString:
    """Figures in large type: one `figure | what it is` a line."""
    rows = [line.partition("|") for line in block.body.strip().split("\n")]
    return format_html(
        "<p>{}</p>", SafeString(" ".join(_big(block, name.strip(), what.strip()) for name, _, what in rows))
    )


def _big(block: Block, name: str, what: str) -> SafeString:
    quantity = block.figures.quantity(name)
    unit = f"{quantity.unit}, " if quantity.unit else ""
    return format_html('<span class="big">{} <small>{}{}</small></span>', quantity.bare, unit, what)


def tips(block: Block, markdown: RenderMarkdown) -> SafeString:
    """A numbered list of `tip` blocks."""
    return format_html('<ol class="tips">{}</ol>', markdown(block.body, block.line + 1))


def tip(block: Block, markdown: RenderMarkdown) -> SafeString:
    """Our wording, then three rows: `Often said:`, `Right in it:`, `Fails when:`. Raises ContentError without them."""
    pieces = TIP_ROW.split(block.body)
    if tuple(pieces[1::2]) != TIP_ROWS:
        hint = "Below the tip, begin one line each with " + ", ".join(f"“{row}:”" for row in TIP_ROWS) + "."
        raise ContentError("This tip does not have its three rows in order.", hint)
    line = block.line + 1
    html = [markdown(pieces[0], line)]
    rows = []
    line += pieces[0].count("\n")
    for row, text in zip(pieces[1::2], pieces[2::2], strict=True):
        said = inline(markdown(text.strip(), line))
        words = format_html('<span class="pencil">{}</span>', said) if row == TIP_ROWS[0] else said
        rows.append(format_html("<dt>{}</dt><dd>{}</dd>", row, words))
        line += text.count("\n")
    return format_html('<li>{}<dl class="facts ui">{}</dl></li>', SafeString("".join(html)), SafeString("".join(rows)))


def inline(html: SafeString) -> SafeString:
    """Rendered Markdown of one paragraph without its `p`."""
    bare = html.strip()
    return (
        SafeString(bare[3:-4]) if bare.startswith("<p>") and bare.count("<p>") == 1 and bare.endswith("</p>") else html
    )


BLOCKS = (
    BlockType("note", note),
    BlockType("columns", columns),
    BlockType("key", key, has_body=False),
    BlockType("big", big),
    BlockType("tips", tips),
    BlockType("tip", tip),
)
