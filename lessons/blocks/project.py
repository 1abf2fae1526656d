"""The blocks of a project's text: `project` for its download and the steps noted so far, `hint` for a closed hint.

    ::: project
    :::

    ::: hint
    What to try when you are stuck.
    :::

A lesson is the same bytes for everyone, so `project` holds links only. Its module brings the form with the learner's
own steps here when they ask for it.
"""

from collections.abc import Iterable

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from authoring.blocks import Block, BlockType, RenderMarkdown
from authoring.problems import Problem
from lessons.project import STARTER, STEPS, read_steps
from lessons.reading import Refused


def project(block: Block, markdown: RenderMarkdown) -> SafeString:
    """The download, and the way to the steps noted so far."""
    lesson = block.path.parent
    return SafeString(render_to_string("lessons/project.html", {"slug": lesson.name, "steps": read_steps(lesson)}))


def check_project(block: Block) -> Iterable[Problem]:
    """Whether there is a starter folder with steps."""
    try:
        if not read_steps(block.path.parent):
            hint = f"Write {STARTER / STEPS}, one line a step: `1 | heron-41 | What holds then`."
            yield Problem(block.path, block.line, "The project has no steps.", hint)
    except Refused as refused:
        yield refused.problem


def hint(block: Block, markdown: RenderMarkdown) -> SafeString:
    """A hint that is opened by whoever wants it."""
    body = markdown(block.body, block.line + 1)
    return format_html('<details class="hint"><summary class="ui">A hint</summary>{}</details>', body)


def check_hint(block: Block) -> Iterable[Problem]:
    """Whether it says something."""
    if not block.body.strip():
        yield Problem(block.path, block.line, "This hint is empty.", "Say what to try, or leave the block out.")


BLOCKS = (
    BlockType("project", project, has_body=False, check=check_project),
    BlockType("hint", hint, check=check_hint),
)
