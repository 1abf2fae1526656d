"""Where a learner stands in a quiz, read with one query."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from learners.models import Learner
from quizzes.models import Attempt
from quizzes.quiz import AUTHORS_ORDER, Question, Quiz, Try, Variant


@dataclass
class Round:
    """One attempt and its counted tries by question id. `asked` empty means all questions."""

    number: int = 1
    attempt_id: uuid.UUID | None = None
    asked: frozenset[str] = frozenset()
    tries: dict[str, list[Try]] = field(default_factory=dict)
    seed: int = AUTHORS_ORDER

    def asks(self, question: Question) -> bool:
        """Whether this round is about the question."""
        return not self.asked or question.id in self.asked


@dataclass(frozen=True)
class Standing:
    """All rounds of one learner in one quiz's self-check, oldest first; before the first answer one empty round."""

    quiz: Quiz
    rounds: list[Round]
    learner: Learner | None = None

    def round_of(self, question: Question) -> Round:
        """The newest round that asks the question."""
        return next((entry for entry in reversed(self.rounds) if entry.asks(question)), self.rounds[0])

    def variant(self, question: Question) -> Variant:
        """The form in which that round asks the question, for this learner."""
        variant = question.variant(self.round_of(question).seed)
        return replace(variant, body=variant.body.for_learner(self.learner))

    def tries(self, question: Question) -> list[Try]:
        """The tries counted in that round."""
        return self.round_of(question).tries.get(question.id, [])

    def is_closed(self, question: Question) -> bool:
        """Answered right, or no try left: now everything may be shown."""
        return used_up(question, self.tries(question))

    def is_right_at_first_try(self, question: Question) -> bool:
        """In the newest round that asks it."""
        return self.tries(question)[:1] != [] and self.tries(question)[0].right

    def first_try(self, question: Question) -> Try | None:
        """The very first try, in round 1, whatever came later."""
        return next(iter(self.rounds[0].tries.get(question.id, [])), None)

    def closed(self) -> list[Question]:
        """The questions with nothing left to answer."""
        return [question for question in self.quiz.questions if self.is_closed(question)]

    def missed(self) -> list[Question]:
        """Closed questions whose newest first try was not right: what a retry asks."""
        marked = [question for question in self.closed() if question.is_marked]
        return [question for question in marked if not self.is_right_at_first_try(question)]

    def is_finished(self) -> bool:
        """No question is open."""
        return len(self.closed()) == len(self.quiz.questions)

    def has_begun(self) -> bool:
        """At least one answer was counted."""
        return any(entry.tries for entry in self.rounds)

    def marked(self) -> list[Question]:
        """The questions that can be right or wrong."""
        return [question for question in self.quiz.questions if question.is_marked]

    def is_all_right(self) -> bool:
        """Every question that can be right is, at whatever try of the newest round that asks it."""
        marked = self.marked()
        return bool(marked) and all(any(answer.right for answer in self.tries(question)) for question in marked)

    def right_at_first(self) -> int:
        """How many of them were right at the very first try."""
        return sum(1 for question in self.marked() if (first := self.first_try(question)) and first.right)

    def next_open(self, after: Question | None = None) -> Question | None:
        """The next open question behind `after`, then from the start; None when the quiz is finished."""
        place = self.quiz.number(after) if after else 0
        questions = self.quiz.questions[place:] + self.quiz.questions[:place]
        return next((question for question in questions if question != after and not self.is_closed(question)), None)


def used_up(question: Question, tries: Sequence[Try]) -> bool:
    """No try is left, or none is needed."""
    return len(tries) >= question.tries or any(answer.right for answer in tries)


def standing(learner: Learner | None, quiz: Quiz) -> Standing:
    """Where the learner stands; nobody yet stands at the beginning, without a query."""
    return standings(learner, [quiz])[quiz.slug]


def standings(learner: Learner | None, quizzes: Sequence[Quiz]) -> dict[str, Standing]:
    """The same for several quizzes by slug, still with one query."""
    rows: dict[str, list[_Row]] = {quiz.slug: [] for quiz in quizzes}
    for slug, *row in _rows(learner, list(rows)) if learner else ():
        rows[slug].append(_Row(*row))
    return {quiz.slug: Standing(quiz, _rounds(rows[quiz.slug]) or [Round()], learner) for quiz in quizzes}


def first_checks(learner: Learner, quizzes: Sequence[Quiz]) -> dict[str, Try]:
    """By question id, the very first try of each question in the self-checks of these quizzes."""
    firsts: dict[str, Try] = {}
    for stand in standings(learner, quizzes).values():
        firsts |= {question.id: first for question in stand.quiz.questions if (first := stand.first_try(question))}
    return firsts


class _Row(NamedTuple):
    """One try, or an attempt without any (then all after `asked` are None)."""

    number: int
    attempt_id: uuid.UUID
    seed: int
    asked: list[str]
    question: str | None
    given: str
    right: bool
    certainty: int
    hinted: bool
    version: str


def _rows(learner: Learner, slugs: list[str]) -> Iterable[tuple[Any, ...]]:
    own = Attempt.objects.filter(learner=learner, quiz__in=slugs, mode=Attempt.Mode.CHECK)
    answer = ("question", "given", "correct", "certainty", "hinted", "version")
    columns = ("quiz", "round", "pk", "seed", "questions", *(f"answers__{name}" for name in answer))
    return own.order_by("round", "answers__try_number").values_list(*columns)


def _rounds(rows: Iterable[_Row]) -> list[Round]:
    rounds: dict[int, Round] = {}
    for row in rows:
        new = Round(row.number, row.attempt_id, frozenset(row.asked), seed=row.seed)
        entry = rounds.setdefault(row.number, new)
        if row.question is not None:
            answer = Try(row.given, row.right, row.certainty, row.hinted, row.version)
            entry.tries.setdefault(row.question, []).append(answer)
    return list(rounds.values())
