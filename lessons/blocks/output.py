"""The block `output`: what a program of the lesson printed when it was last run.

    ::: output of="examples/count.py" part="count"
    A caption, if one is wanted.
    :::

Shown is `examples/output/count.txt`, which `manage.py capture-output` writes; a test runs every such program again and
compares. `part` shows those parts of the program above its output.
"""

from collections.abc import Iterable
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString

from authoring.blocks import Block, BlockType, RenderMarkdown
from authoring.code_figure import code_figure
from authoring.problems import ContentError, Problem
from lessons.blocks.code import read_code
from lessons.blocks.texts import inline


def check(block: Block) -> Iterable[Problem]:
    """Whether the program, its parts and what it printed are there."""
    try:
        read_code(block.path.parent, block.options["of"], block.options.get("part", ""))
        captured(block)
    except ContentError as error:
        yield Problem(block.path, block.line, error.message, error.hint)


def output_path(program: Path) -> Path:
    """Where that is kept which a program printed."""
    return program.parent / "output" / f"{program.stem}.txt"


def captured(block: Block) -> str:
    """What the program printed. Raises ContentError while nobody has run it."""
    path = output_path(block.path.parent / block.options["of"])
    try:
        return path.read_text(encoding="utf-8").strip("\n")
    except (OSError, UnicodeDecodeError):
        hint = f"Run `manage.py capture-output {block.path.parent.name}`."
        raise ContentError(f"What {block.options['of']} prints has not been captured.", hint) from None


def render(block: Block, markdown: RenderMarkdown) -> SafeString:
    """The output, below the program's parts where they are wanted."""
    program = format_html("<code>{}</code>", block.options["of"])
    caption = inline(markdown(block.body, block.line + 1)) if block.body.strip() else None
    printed = format_html(
        '<figure class="code"><figcaption>{}</figcaption><pre tabindex="0"><samp>{}</samp></pre></figure>',
        caption or format_html("{} printed, when it was run:", program),
        captured(block),
    )
    if "part" not in block.options:
        return printed
    return code_figure(program, read_code(block.path.parent, block.options["of"], block.options["part"]), {}) + printed


BLOCKS = (BlockType("output", render, required=("of",), optional=("part",), check=check),)
