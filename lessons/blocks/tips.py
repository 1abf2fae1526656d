"""The blocks `tips` and `tip`: advice in our wording, and below it what is often said instead.

:::: tips
::: tip
**Queue what is slow.**

Often said: Always offload long work.
Right in it: The answer no longer waits.
Fails when: The page needs the result.
:::
::::
"""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from authoring.blocks import Block, BlockType, RenderMarkdown
from lessons.blocks.rows import rows_html, split_rows

ROWS = ("Often said", "Right in it", "Fails when")


def tips(block: Block, markdown: RenderMarkdown) -> SafeString:
    """A numbered list of `tip` blocks."""
    return format_html('<ol class="tips">{}</ol>', markdown(block.body, block.line + 1))


def tip(block: Block, markdown: RenderMarkdown) -> SafeString:
    """Our wording, then the three rows. Raises ContentError without them."""
    ours, rows = split_rows(block, ROWS)
    return format_html("<li>{}{}</li>", markdown(ours, block.line + 1), rows_html(rows, markdown, said=ROWS[0]))


BLOCKS = (BlockType("tips", tips), BlockType("tip", tip))
