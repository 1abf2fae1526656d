"""The blocks `checkpoint` and `card`: a question of a quiz inside a lesson.

    ::: checkpoint quiz="redis-as-a-message-broker" id="which-number"
    :::

    ::: card quiz="recall-cards" id="two-ends"
    :::

A lesson is the same bytes for everyone, so the block holds the prompt and a link to the question's own page; its
module brings the form here when the reader asks for it.
"""

from collections.abc import Iterable

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from authoring.addresses import Neighbour, register_neighbour
from authoring.blocks import Block, BlockType, RenderMarkdown, register
from authoring.problems import Problem, did_you_mean
from quizzes import catalog
from quizzes.prose import block as prose_block
from quizzes.types.card import Card


def render(block: Block, render_markdown: RenderMarkdown) -> SafeString:
    """The prompt and the link; nothing when quiz or question do not exist, which `check` reports."""
    quiz = catalog.find(block.options.get("quiz", ""))
    question = quiz.find(block.options.get("id", "")) if quiz else None
    if quiz is None or question is None:
        return SafeString("")
    context = {"quiz": quiz, "question": question, "number": quiz.number(question), "is_card": block.name == "card"}
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


def check_card(block: Block) -> Iterable[Problem]:
    """Whether the quiz and the question exist, and the question is a card."""
    yield from check(block)
    quiz = catalog.find(block.options["quiz"])
    question = quiz.find(block.options["id"]) if quiz else None
    if quiz and question and not isinstance(question.body, Card):
        cards = (known.id for known in quiz.questions if isinstance(known.body, Card))
        hint = f"Use the block checkpoint for it. {did_you_mean(question.id, cards)}"
        yield Problem(block.path, block.line, f"The question {question.id} is no card.", hint)


CHECKPOINT = BlockType("checkpoint", render, required=("quiz", "id"), has_body=False, check=check)
CARD = BlockType("card", render, required=("quiz", "id"), has_body=False, check=check_card)


def register_blocks() -> None:
    """Make the blocks, and every address of a quiz or question, known to lessons."""
    register(CHECKPOINT)
    register(CARD)
    register_neighbour("quizzes", Neighbour(_addresses, catalog.texts_version))


def _addresses() -> list[str]:
    return [*catalog.quiz_addresses(), *catalog.question_addresses()]
