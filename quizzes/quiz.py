"""What a quiz is, once its text has been read."""

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from random import Random
from typing import ClassVar

from django.http import QueryDict

from authoring.problems import Problem
from authoring.source import SourceLine
from learners.models import Learner

LEVELS = ("easy", "medium", "hard")
MODES = ("check", "practice", "test", "prediction")
TRIES = 2  # first miss: the reason and a second try; second miss: everything is shown
MOST_TRIES = 5
LONGEST_ANSWER = 2000
LAST_PLACE = 1000  # of a quiz that names none
AUTHORS_ORDER = 0  # the seed of a first round: first variant, options as they stand in the text


@dataclass(frozen=True)
class Try:
    """One answer that was counted. `certainty` is 1 to 3, 0 when it was not said; `hinted`: after asking for a hint.

    `version` is the question's text as it was asked.
    """

    given: str
    right: bool
    certainty: int = 0
    hinted: bool = False
    version: str = ""


@dataclass(frozen=True)
class Option:
    """One choice. `text` and `explanation` are Markdown; the explanation says why it is or is not the answer.

    `believes` names the misconception a wrong option stands for.
    """

    id: str
    text: str
    explanation: str
    is_key: bool
    line: int = field(compare=False)
    believes: str = ""


class Body(ABC):
    """The part of a question below its prompt: what can be answered, what is right, how it is shown.

    `open_template` draws the fields of the form, `closed_template` the answered question with everything explained;
    both find what they draw in `shown`. What is not marked is recorded, and its explanation follows at once.
    An answer is kept as one canonical text, `given`. `tries` is how often it may be given in a self-check, unless the
    question says otherwise.
    `explains_options`: what a wrong answer gets told stands beside it, so that the page need not say it above.
    """

    open_template: ClassVar[str]
    closed_template: ClassVar[str]
    is_marked: ClassVar[bool] = True
    tries: ClassVar[int] = TRIES
    explains_options: ClassVar[bool] = False

    def given_from(self, post: QueryDict) -> str:
        """The canonical text of what a form sent; one that is too long comes back as it is, for the objection."""
        return post.get("answer", "").strip()

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
    def open_shown(self, tries: Sequence[Try]) -> object:
        """What may be seen while tries are left: explanations of missed answers only, and no key."""

    @abstractmethod
    def closed_shown(self, tries: Sequence[Try]) -> object:
        """Everything: every option explained, the right one and the learner's own marked."""

    @abstractmethod
    def written(self) -> list[str]:
        """The lines of an author's text that are read as this body."""

    def arranged(self, random: Random) -> "Body":
        """The same with its options in another order."""
        return self

    def for_learner(self, learner: Learner | None) -> "Body":
        """The same for one learner, where the key is their own measurement."""
        return self

    def said_about(self, given: str) -> str:
        """The explanation, in Markdown, of a wrong answer the author foresaw; empty for others."""
        return ""

    def picks(self, given: str) -> list[str]:
        """The ids that statistics count for an answer: of options, of foreseen wrong answers, or "key" or "other"."""
        return ["key" if self.is_right(given) else "other"]

    def in_words(self, given: str) -> str:
        """An answer as plain text, for results and exports."""
        return given

    def prose(self) -> Iterable[str]:
        """All Markdown a learner reads here, for the reading time."""
        return ()

    def options(self) -> Sequence[Option]:
        """The options, for the lints over choices; a type without options has none."""
        return ()


@dataclass(frozen=True)
class QuestionType:
    """One type of question, found as `TYPE` in a module of `quizzes/types/`.

    `starts` matches the first line below the prompt; `read` gets that line and all after it, and the fields under the
    heading, and gives the body (None when it cannot be used) and every problem found. `fields` are the names it knows
    beyond those of all questions; `needs_solution`: the explanation stands below the answer, not on each option.
    """

    name: str
    starts: Callable[[str], bool]
    read: Callable[[Sequence[SourceLine], Path, Mapping[str, str]], tuple[Body | None, list[Problem]]]
    fields: tuple[str, ...] = ()
    needs_solution: bool = False


@dataclass(frozen=True)
class Group:
    """Text, a figure or a program that several questions share."""

    id: str
    text: str
    line: int = field(compare=False)


@dataclass(frozen=True)
class Variant:
    """A question with the values of one row put in; `values` is empty when the author wrote one form only."""

    values: Mapping[str, str]
    prompt: str
    body: Body
    solution: str = ""


@dataclass(frozen=True)
class Question:
    """One question. `topic` is its short name on pages that list questions; `read` says where to read on (`perf#wait`).

    `fields` are those of its type; `template` is the text below them while values of variants are still to be put in,
    and empty for a question without. Seeds choose a variant and an order; `AUTHORS_ORDER` is the first, as written.
    `own_tries` is what the author wrote for the tries of a self-check, 0 where the type decides.
    """

    id: str
    type: str
    topic: str
    level: str
    variants: tuple[Variant, ...]
    hint: str = ""
    read: str = ""
    shuffle: bool = True
    group: Group | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    template: str = ""
    line: int = field(default=1, compare=False)
    prompt_line: int = field(default=1, compare=False)
    own_tries: int = 0

    @property
    def prompt(self) -> str:
        """The prompt as the author first wrote it."""
        return self.variants[0].prompt

    @property
    def body(self) -> Body:
        """The body as the author first wrote it."""
        return self.variants[0].body

    @property
    def tries(self) -> int:
        """How often it may be answered in a self-check."""
        return self.own_tries or self.body.tries

    @property
    def is_marked(self) -> bool:
        """Whether an answer can be right or wrong."""
        return self.body.is_marked

    @cached_property
    def version(self) -> str:
        """A hash of prompt, options and key: statistics are kept by it, so that an edit starts anew."""
        asked = [[variant.prompt, variant.body.fingerprint()] for variant in self.variants]
        content = json.dumps([self.type, self.group.text if self.group else "", asked], sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()[:16]

    def variant(self, seed: int) -> Variant:
        """The form in which an attempt with this seed asks it, the same at every call."""
        if seed == AUTHORS_ORDER:
            return self.variants[0]
        random = Random(f"{seed}:{self.id}")
        chosen = random.choice(self.variants)
        if not self.shuffle:
            return chosen
        return Variant(chosen.values, chosen.prompt, chosen.body.arranged(random), chosen.solution)


@dataclass(frozen=True)
class Quiz:
    """A quiz as read from `path`. `lesson` and `lab` are slugs, `lab` may be empty; `minutes` is computed.

    `modes` are those it is offered in; a test draws `test_length` questions; `place` sorts the quizzes of a lesson.
    `badge` is what the stamp says that all right answers earn; empty for a quiz without one.
    """

    slug: str
    title: str
    lesson: str
    lab: str
    intro: str
    questions: tuple[Question, ...]
    path: Path
    minutes: int
    modes: tuple[str, ...] = ("check",)
    test_length: int = 0
    place: int = LAST_PLACE
    badge: str = ""

    def find(self, question_id: str) -> Question | None:
        """The question with this id."""
        return next((question for question in self.questions if question.id == question_id), None)

    def number(self, question: Question) -> int:
        """The question's place, counted from 1."""
        return self.questions.index(question) + 1
