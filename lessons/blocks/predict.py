"""The block `predict`: what the reader expects, said before reading on.

    ::: predict id="two-workers" question="Two workers wait on one list. One message comes. Who gets it?"
    - both
    - one of them

    ---

    One of them: taking it out of the list removes it.
    :::

Everything below the rule is shown after a choice, or after "Just show me". The choice is kept, and never marked.
"""

import re
from collections.abc import Iterable

from django.utils.safestring import SafeString

from authoring.blocks import Block, BlockType, RenderMarkdown
from authoring.problems import Problem
from lessons.blocks.guess import ask, option_problems
from lessons.blocks.texts import inline

CHOICE = re.compile(r"^- +(.+)$", re.MULTILINE)
RULE = re.compile(r"^---[ \t]*$", re.MULTILINE)


def check(block: Block) -> Iterable[Problem]:
    """Whether choices stand above a rule and something below it."""
    above, *below = RULE.split(block.body, maxsplit=1)
    yield from option_problems(block, CHOICE.findall(above))
    strays = [line for line in above.split("\n") if line.strip() and not CHOICE.match(line)]
    if strays:
        hint = "Above the rule stand choices only: one line of `- choice` each."
        yield Problem(block.path, block.line, f"“{strays[0].strip()}” is not a choice.", hint)
    if not below or not below[0].strip():
        hint = "Put a line of --- below the choices, and what is so below it."
        yield Problem(block.path, block.line, "This prediction is never resolved.", hint)


def render(block: Block, markdown: RenderMarkdown) -> SafeString:
    """The question on squared paper, and what is so behind a summary."""
    above, below = RULE.split(block.body, maxsplit=1)
    choices = [inline(markdown(choice, block.line)) for choice in CHOICE.findall(above)]
    return ask(block, choices, markdown(below, block.line + 1 + above.count("\n")))


BLOCKS = (BlockType("predict", render, required=("id", "question"), optional=("layout",), check=check),)
