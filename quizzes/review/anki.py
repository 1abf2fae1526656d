"""Items as a text file that Anki imports: tab-separated notes of its type Basic.

Format: docs.ankiweb.net/importing/text-files.html. The headers say what Anki would otherwise ask; with the column of
ids a later file updates notes instead of doubling them. Fields are quoted as in CSV, so that code keeps its lines.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from django.template.loader import render_to_string

from learners.models import Learner
from quizzes.prose import block
from quizzes.quiz import Body, Question, Quiz
from quizzes.review.items import SELF_GRADED, Item, QuestionItem, question_slug
from quizzes.review.plain_html import plain_html

HEADERS = (
    "#separator:tab",
    "#html:true",
    "#notetype:Basic",
    "#deck:Brokered",
    "#columns:Id\tFront\tBack\tTags",
    "#guid column:1",
    "#tags column:4",
)


@dataclass(frozen=True)
class Note:
    """One note: an id that stays the same over exports, two sides in HTML, and tags without spaces."""

    id: str
    front: str
    back: str
    tags: tuple[str, ...]


def anki_text(notes: Iterable[Note]) -> str:
    """The file's text, in UTF-8 when written; without notes only its headers."""
    written = io.StringIO()
    rows = csv.writer(written, delimiter="\t", lineterminator="\n")
    rows.writerows((note.id, _side(note.front), _side(note.back), " ".join(note.tags)) for note in notes)
    return "\n".join(HEADERS) + "\n" + written.getvalue()


def _side(html: str) -> str:
    """A side of a card. Anki's type Basic centres text, and centred code has lost its indentation."""
    return f'<div style="text-align: left">{html}</div>'


def quiz_as_anki(quiz: Quiz) -> str:
    """All questions of a quiz that have an answer, as Anki text. Predictions and own measurements have none."""
    return anki_text(note_of_question(quiz, question, None) for question in quiz.questions if _has_answer(question))


def note_of_item(item: Item) -> Note:
    """The note of one item in a learner's review."""
    if isinstance(item, QuestionItem):
        return note_of_question(item.quiz, item.question, item.learner)
    asked = item.asked(1)
    tag = f"brokered::{item.slug.replace('/', '::')}"
    return Note(f"brokered/{item.slug}", plain_html(asked.shared + asked.prompt), plain_html(asked.answer), (tag,))


def note_of_question(quiz: Quiz, question: Question, learner: Learner | None) -> Note:
    """The note of a question as its author first wrote it; what is measured has the learner's own figure as its key."""
    variant = question.variants[0]
    body = variant.body.for_learner(learner)
    front = [block(question.group.text) if question.group else "", block(variant.prompt), _front(question, body)]
    back = [render_to_string(body.closed_template, {"shown": body.closed_shown([]), "question": question})]
    back.append(block(variant.solution))
    tags = (f"brokered::{quiz.slug}", f"brokered::{question.level}", f"brokered::{question.type}")
    return Note(f"brokered/{question_slug(question)}", plain_html("".join(front)), plain_html("".join(back)), tags)


def _front(question: Question, body: Body) -> str:
    """What stands in the form to choose from; of a card nothing, for its form may hold the answer."""
    if question.type == SELF_GRADED:
        return ""
    return render_to_string(body.open_template, {"shown": body.open_shown([]), "question": question})


def _has_answer(question: Question) -> bool:
    return question.type == SELF_GRADED or (question.is_marked and question.type != "measured")
