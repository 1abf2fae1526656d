"""The block `step`: one of several that build something up, with its number on the page and its level.

    :::: step level="easy" title="A list is a queue"
    Markdown, with other blocks in it.
    ::::

The title becomes a heading of the third level, “Step 1. A list is a queue”. What are no steps may be called
otherwise: with `called="Problem"` it is “Problem 1. A list is a queue”.
"""

from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify

from authoring.blocks import Block, BlockType, RenderMarkdown
from authoring.markdown import HEADING_ID
from authoring.problems import Problem, did_you_mean

LEVELS = ("easy", "medium", "hard")
STEP = "Step"


def check(block: Block) -> Iterable[Problem]:
    """Whether there is such a level, and something to do at it."""
    level = block.options["level"]
    if level not in LEVELS:
        yield Problem(block.path, block.line, f"A step has no level {level}.", did_you_mean(level, LEVELS))
    if not block.options.get("called", STEP).strip():
        yield Problem(block.path, block.line, "This step is called nothing.", "Without `called` it is a Step.")
    if not block.body.strip():
        yield Problem(block.path, block.line, "This step is empty.", "Write what is to be seen or done in it.")


def render(block: Block, markdown: RenderMarkdown) -> SafeString:
    """Heading, level, and what stands in the step."""
    return format_html(
        '<div class="step wide">{}<p class="ui"><span class="impact">Level: {}</span></p>{}</div>',
        markdown(f"### {_heading(block)}", block.line),
        block.options["level"],
        markdown(block.body, block.line + 1),
    )


def _heading(block: Block) -> str:
    """The title after what it is called and its number; its place keeps the title's name when steps are moved."""
    title = block.options["title"]
    place = "" if HEADING_ID.search(title) else f" {{#{slugify(title) or 'step'}}}"
    return f"{block.options.get('called', STEP)} {block.number}. {title}{place}"


BLOCKS = (BlockType("step", render, required=("level", "title"), optional=("called",), check=check),)
