"""The block `guess`: the reader's guess first, then what is so.

    :::: guess id="inp" question="The mail moves to the queue, and INP"
    - falls by 100 ms or more
    - stays where it was

    Everything below the options is shown after a guess, or after "Just show me".
    ::::

`lab` names the lab that answers the question: who has been there is not asked any more.

Without JavaScript the options are a list and the rest is behind "Just show me". With it, guess.js makes a form of it.
"""

import re
from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from authoring.blocks import Block, BlockType, RenderMarkdown
from authoring.lanes import icon
from authoring.problems import Problem

OPTIONS = re.compile(r"\s*((?:- [^\n]+\n?)+)")
ID = re.compile(r"[a-z][a-z0-9-]{0,30}")
MODULE = "lessons/guess.js"


def check(block: Block) -> Iterable[Problem]:
    """Whether there are two to six options, different from each other, and an id that fits into a slug."""
    return option_problems(block, _options(block))


def option_problems(block: Block, options: Sequence[str]) -> Iterable[Problem]:
    """What is wrong with the options or the id of a block that asks."""
    if not 2 <= len(options) <= 6:
        hint = "Begin the block with two to six lines of `- option`."
        yield Problem(
            block.path, block.line, f"The block {block.name} has two to six options, not {len(options)}.", hint
        )
    if len(set(options)) < len(options):
        message = f"Two options of this {block.name} are the same."
        yield Problem(block.path, block.line, message, "Change or remove one.")
    if not ID.fullmatch(block.options["id"]):
        hint = "Use small letters, digits and -, up to 31 of them."
        yield Problem(block.path, block.line, f"“{block.options['id']}” is no id.", hint)


def render(block: Block, markdown: RenderMarkdown) -> SafeString:
    """The question on squared paper, and what is so behind a summary."""
    found = OPTIONS.match(block.body)
    assert found is not None  # `check` has seen to it
    rest_line = block.line + 1 + block.body.count("\n", 0, found.end())
    return ask(block, _options(block), markdown(block.body[found.end() :], rest_line))


def ask(block: Block, options: Iterable[str], what_is_so: SafeString) -> SafeString:
    """A question with its options, plain or HTML, and behind a summary what is so."""
    return format_html(
        '<div class="asked wide" data-module="{}" data-slug="{}"{}{}>'
        '<div class="yours"><p class="q">{} {}</p><ul>{}</ul></div>'
        '<details class="reveal"><summary>Just show me</summary>\n{}</details></div>',
        MODULE,
        f"lessons/{block.path.parent.name}/{block.path.stem}/{block.options['id']}",
        SafeString(" data-inline") if block.options.get("layout") == "inline" else "",
        format_html(' data-lab="{}"', block.options["lab"]) if "lab" in block.options else "",
        icon("you"),
        block.options["question"],
        format_html_join("", "<li>{}</li>", ((option,) for option in options)),
        what_is_so,
    )


def _options(block: Block) -> list[str]:
    found = OPTIONS.match(block.body)
    return [line.removeprefix("- ").strip() for line in found[1].strip().split("\n")] if found else []


BLOCKS = (BlockType("guess", render, required=("id", "question"), optional=("layout", "lab"), check=check),)
