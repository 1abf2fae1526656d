"""The block `stopwatch`: a clock for whoever wants one. It counts up, and nothing depends on it.

    ::: stopwatch
    :::

Without script it is the one sentence that there is no time limit.
"""

from django.utils.safestring import SafeString

from authoring.blocks import Block, BlockType, RenderMarkdown


def render(block: Block, markdown: RenderMarkdown) -> SafeString:
    """The sentence; its module puts the clock beside it."""
    return SafeString('<p class="row" data-module="lessons/stopwatch.js"><span>There is no time limit.</span></p>')


BLOCKS = (BlockType("stopwatch", render, has_body=False),)
