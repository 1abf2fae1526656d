"""Plain links to labs and quizzes, until those apps are ready and register blocks of their own under these names."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from authoring.blocks import Block, BlockType, RenderMarkdown
from authoring.lanes import icon


def lab(block: Block, markdown: RenderMarkdown) -> SafeString:
    """A button to the lab."""
    button = '<p class="row"><a class="btn quiet" href="/labs/{}/">{} Measure here</a></p>'
    return format_html(button, block.options["slug"], icon("again"))


def checkpoint(block: Block, markdown: RenderMarkdown) -> SafeString:
    """A link to the quiz."""
    return format_html(
        '<p class="row"><a class="btn quiet" href="/quizzes/{}/">To the question</a></p>', block.options["quiz"]
    )


BLOCKS = (
    BlockType("lab", lab, required=("slug",), has_body=False),
    BlockType("checkpoint", checkpoint, required=("quiz", "id"), has_body=False),
)
