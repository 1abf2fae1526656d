"""What can be reviewed: a question of a quiz, or the ideas that were missing in an explanation of a lab."""

import hashlib
import json
import zlib
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from learners import measured
from learners.models import Learner
from quizzes.prose import block, inline
from quizzes.quiz import Body, Question, Quiz
from quizzes.review.memory import Rating

SELF_GRADED = "card"  # the type of question that nobody but the learner can mark


class Why(IntEnum):
    """Why an item is reviewed. What is due is asked in this order: confident errors first."""

    SURE = 0
    MISSED = 1
    IDEAS = 2
    MEASURED = 3
    CARD = 4

    @property
    def words(self) -> str:
        """The reason, told to the learner."""
        return REASONS[self]


REASONS = {
    Why.SURE: "You were sure, and it was not so.",
    Why.MISSED: "You missed it in a quiz.",
    Why.IDEAS: "Your explanation left it out.",
    Why.MEASURED: "You measured it yourself.",
    Why.CARD: "A card of a quiz you have begun.",
}


@dataclass(frozen=True)
class Asked:
    """An item as one review puts it, its texts as HTML.

    `shared` stands above the prompt, `answer` below it once it is answered. `body` is None where there is no question
    of a quiz.
    """

    prompt: SafeString
    answer: SafeString
    shared: SafeString
    body: Body | None = None
    question: Question | None = None

    @property
    def is_marked(self) -> bool:
        """Whether the learner answers by a form and is told right or wrong."""
        return self.question is not None and self.question.type != SELF_GRADED


@dataclass(frozen=True)
class Item(ABC):
    """One thing to review.

    `slug` names it, `version` changes when its text does, `since` is when it last became worth reviewing. `counts_as`
    is the rating that this event was, where it was a recall; `title` and `address` say where it comes from.
    """

    slug: str
    version: str
    why: Why
    since: datetime
    counts_as: Rating | None
    title: str
    address: str

    @abstractmethod
    def asked(self, number: int) -> Asked:
        """The item as its review of this number puts it, the same at every call."""


@dataclass(frozen=True)
class QuestionItem(Item):
    """A question, in another variant and order at each review."""

    quiz: Quiz
    question: Question
    learner: Learner

    def asked(self, number: int) -> Asked:
        """The question with its shared text; values, order and key are those of this learner and review."""
        variant = self.question.variant(_seed(self.learner, self.slug, number))
        shared = block(self.question.group.text) if self.question.group else SafeString("")
        body = variant.body.for_learner(self.learner)
        return Asked(block(variant.prompt), block(variant.solution), shared, body, self.question)


@dataclass(frozen=True)
class IdeasItem(Item):
    """The ideas that the learner's newest explanation of a lab lacked; `text` is that explanation."""

    text: str
    missed: tuple[str, ...]
    ideas: int

    def asked(self, number: int) -> Asked:
        """The learner's own sentence, and the ideas that belong into it."""
        lacks = "One of our {} ideas is" if len(self.missed) == 1 else f"{len(self.missed)} of our {{}} ideas are"
        question = f"{lacks.format(self.ideas)} not in it. Which?"
        said = format_html('<p>You explained:</p><p><span class="pencil">{}</span></p>', self.text)
        ideas = format_html_join("", "<li>{}</li>", ((inline(idea),) for idea in self.missed))
        return Asked(format_html("<p>{}</p>", question), format_html("<ul>{}</ul>", ideas), said)


def ideas_item(lab: str, at: datetime, text: str, missed: Sequence[str], had: Sequence[str]) -> IdeasItem:
    """The item of one lab's explanation; `lab` is the slug of its entries, `labs/<lab>`."""
    version = hashlib.sha256(json.dumps(list(missed)).encode()).hexdigest()[:16]
    return IdeasItem(
        slug=lab,
        version=version,
        why=Why.IDEAS,
        since=at,
        counts_as=Rating.Again,
        title=_lab_title(lab.removeprefix("labs/")),
        address=f"/{lab}/",
        text=text,
        missed=tuple(missed),
        ideas=len(missed) + len(had),
    )


def question_slug(question: Question) -> str:
    """The slug of a question's item; its id is unique in the course, so that it may move to another quiz."""
    return f"questions/{question.id}"


def _seed(learner: Learner, slug: str, number: int) -> int:
    return 1 + zlib.crc32(f"{learner.pk}:{slug}:{number}".encode())


def _lab_title(lab: str) -> str:
    known = (measured.source_of(figure) for figure in measured.known_figures() if figure.startswith(f"{lab}/"))
    return next((source.title for source in known), lab.replace("-", " ").capitalize())
