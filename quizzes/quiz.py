"""What a quiz is, once its text has been read."""

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from django.utils.safestring import SafeString

from authoring.problems import Problem
from authoring.source import SourceLine

LEVELS = ("easy", "medium", "hard")
TRIES = 2  # first miss: the reason and a second try; second miss: everything is shown


@dataclass(frozen=True)
class Try:
    """One answer that was counted."""

    given: str
    right: bool


@dataclass(frozen=True)
class Option:
    """One choice. `text` and `explanation` are Markdown; the explanation says why it is or is not the answer."""

    id: str
    text: str
    explanation: str
    is_key: bool
    line: int


@dataclass(frozen=True)
class Row:
    """An option as a page shows it, its two texts as HTML.

    `said` tells in words what `mark` ("right", "wrong" or nothing) tells by its border.
    """

    id: str
    html: SafeString
    explanation: str = ""
    mark: str = ""
    said: str = ""
    can_be_chosen: bool = True


class Body(ABC):
    """The part of a question below its prompt: what can be answered, what is right, how it is shown.

    `open_template` draws the fields of the form, `closed_template` the answered question with everything explained.
    """

    open_template: ClassVar[str]
    closed_template: ClassVar[str]

    @abstractmethod
    def fingerprint(self) -> object:
        """What decides whether two versions ask the same: options and key, not explanations. JSON can hold it."""

    @abstractmethod
    def objection(self, given: str) -> str:
        """Why this answer cannot be marked, with the remedy; empty when it can."""

    @abstractmethod
    def is_right(self, given: str) -> bool:
        """The mark of an answer without objection."""

    @abstractmethod
    def open_rows(self, tries: Sequence[Try]) -> list[Row]:
        """What may be seen while tries are left: explanations of missed answers only, and no key."""

    @abstractmethod
    def closed_rows(self, tries: Sequence[Try]) -> list[Row]:
        """Everything: every option explained, the right one and the learner's own marked."""

    def prose(self) -> Iterable[str]:
        """All Markdown a learner reads here, for the reading time."""
        return ()

    def options(self) -> Sequence[Option]:
        """The options, for the lints over choices; a type without options has none."""
        return ()


@dataclass(frozen=True)
class QuestionType:
    """One type of question, found as `TYPE` in a module of `quizzes/types/`.

    `starts` matches the first line below the prompt; `read` gets that line and all after it, and gives the body
    (None when it cannot be used) and every problem found.
    """

    name: str
    starts: Callable[[str], bool]
    read: Callable[[Sequence[SourceLine], Path], tuple[Body | None, list[Problem]]]


@dataclass(frozen=True)
class Question:
    """One question. `topic` is its short name on pages that list questions."""

    id: str
    type: str
    topic: str
    level: str
    prompt: str
    body: Body
    line: int
    prompt_line: int

    @cached_property
    def version(self) -> str:
        """A hash of prompt, options and key: statistics are kept by it, so that an edit starts anew."""
        content = json.dumps([self.type, self.prompt, self.body.fingerprint()], sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Quiz:
    """A quiz as read from `path`. `lesson` and `lab` are slugs, `lab` may be empty; `minutes` is computed."""

    slug: str
    title: str
    lesson: str
    lab: str
    intro: str
    questions: tuple[Question, ...]
    path: Path
    minutes: int

    def find(self, question_id: str) -> Question | None:
        """The question with this id."""
        return next((question for question in self.questions if question.id == question_id), None)

    def number(self, question: Question) -> int:
        """The question's place, counted from 1."""
        return self.questions.index(question) + 1
