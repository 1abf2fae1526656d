"""The block `checkpoint`: a question of a quiz inside a lesson.

    ::: checkpoint quiz="redis-as-a-message-broker" id="which-number"
    :::

A lesson is the same bytes for everyone, so the block holds the prompt and a link to the question's own page; its
module brings the form here when the reader asks for it.
"""

from collections.abc import Iterable

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from authoring.blocks import Block, BlockType, RenderMarkdown, register
from authoring.problems import Problem, did_you_mean
from quizzes import catalog
from quizzes.prose import block as prose_block


def render(block: Block, render_markdown: RenderMarkdown) -> SafeString:
    """The prompt and the link; nothing when quiz or question do not exist, which `check` reports."""
    quiz = catalog.find(block.options.get("quiz", ""))
    question = quiz.find(block.options.get("id", "")) if quiz else None
    if quiz is None or question is None:
        return SafeString("")
    context = {"quiz": quiz, "question": question, "number": quiz.number(question)}
    return render_to_string("quizzes/checkpoint.html", context | {"prompt": prose_block(question.prompt)})


def check(block: Block) -> Iterable[Problem]:
    """Whether the quiz and the question exist."""
    slug, question_id = block.options.get("quiz", ""), block.options.get("id", "")
    quiz = catalog.find(slug)
    if quiz is None:
        known = (known.slug for known in catalog.all_quizzes())
        return [Problem(block.path, block.line, f"There is no quiz {slug}.", did_you_mean(slug, known))]
    if quiz.find(question_id) is None:
        known = (question.id for question in quiz.questions)
        message = f"The quiz {slug} has no question {question_id}."
        return [Problem(block.path, block.line, message, did_you_mean(question_id, known))]
    return []


CHECKPOINT = BlockType("checkpoint", render, required=("quiz", "id"), has_body=False, check=check)


def register_blocks() -> None:
    """Make the block known to lessons."""
    register(CHECKPOINT)
