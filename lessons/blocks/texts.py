"""Blocks that set text: margin notes, two columns, the key of lanes, big figures."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from authoring.blocks import Block, BlockType, RenderMarkdown
from authoring.lanes import lane_key


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
)
