"""One sitting as it is kept: its questions in order, each in its variant, with what was answered."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from learners.models import Learner
from quizzes import catalog
from quizzes.models import Answer, Attempt
from quizzes.quiz import TRIES, Question, Quiz, Try, Variant
from quizzes.sittings.rules import RULES, Rules


@dataclass(frozen=True)
class Place:
    """One question of a sitting, numbered from 1, in its variant, with the tries counted."""

    number: int
    quiz: Quiz
    question: Question
    variant: Variant
    tries: Sequence[Try]

    @property
    def is_answered(self) -> bool:
        """Whether anything was answered."""
        return bool(self.tries)

    @property
    def first(self) -> Try | None:
        """The first answer; where answers may be changed the only one."""
        return self.tries[0] if self.tries else None


@dataclass(frozen=True)
class Sitting:
    """An attempt with its questions. A question whose text has gone since is left out."""

    attempt: Attempt
    learner: Learner
    quizzes: Sequence[Quiz]
    answers: Sequence[Answer] = field(repr=False)

    @property
    def rules(self) -> Rules:
        """The rules of its mode."""
        return RULES[self.attempt.mode]

    @property
    def is_finished(self) -> bool:
        """Handed in, or all explained."""
        return self.attempt.finished_at is not None

    @cached_property
    def places(self) -> list[Place]:
        """The questions in order."""
        known = {question.id: (quiz, question) for quiz in self.quizzes for question in quiz.questions}
        asked = [known[question_id] for question_id in self.attempt.questions if question_id in known]
        return [self._place(number, quiz, question) for number, (quiz, question) in enumerate(asked, start=1)]

    def place(self, number: int) -> Place | None:
        """The question with this number."""
        return self.places[number - 1] if 1 <= number <= len(self.places) else None

    def is_closed(self, place: Place) -> bool:
        """Whether its explanations are due."""
        if self.is_finished:
            return True
        return self.rules.tells_at_once and self.is_used_up(place)

    def is_used_up(self, place: Place) -> bool:
        """Whether it takes no further answer before the sitting is handed in."""
        tries = min(TRIES, place.question.tries) if self.rules.tells_at_once else 1
        return len(place.tries) >= tries or any(answer.right for answer in place.tries)

    def next_open(self, after: int = 0) -> Place | None:
        """The next question without a last answer behind number `after`, then from the start."""
        places = self.places[after:] + self.places[:after]
        return next((place for place in places if place.number != after and not self.is_used_up(place)), None)

    def _place(self, number: int, quiz: Quiz, question: Question) -> Place:
        variant = question.variant(self.attempt.seed)
        mine = [answer for answer in self.answers if answer.question == question.id]
        body = variant.body.for_learner(self.learner)
        return Place(number, quiz, question, replace(variant, body=body), [_as_try(answer) for answer in mine])


def find(learner: Learner | None, attempt_id: uuid.UUID) -> Sitting | None:
    """The learner's sitting with this id: two queries. Nobody else's is found."""
    attempt = Attempt.objects.filter(pk=attempt_id, learner=learner, mode__in=RULES).first() if learner else None
    return of(attempt, learner) if attempt and learner else None


def of(attempt: Attempt, learner: Learner) -> Sitting:
    """The sitting of an attempt, with one query for its answers."""
    answers = Answer.objects.filter(attempt=attempt).order_by("try_number", "pk")
    return Sitting(attempt, learner, quizzes_of(attempt), list(answers))


def quizzes_of(attempt: Attempt) -> list[Quiz]:
    """The quizzes an attempt draws from: one, or all of a topic."""
    if attempt.mode == Attempt.Mode.TOPIC:
        return of_lesson(attempt.quiz)
    quiz = catalog.find(attempt.quiz)
    return [quiz] if quiz else []


def of_lesson(lesson: str) -> list[Quiz]:
    """Every quiz that belongs to a lesson."""
    return [quiz for quiz in catalog.all_quizzes() if quiz.lesson == lesson]


def newest(learner: Learner | None, slug: str, modes: Iterable[str]) -> dict[str, Attempt]:
    """By mode, the learner's newest attempt at a quiz, or a topic."""
    rows = Attempt.objects.filter(learner=learner, quiz=slug, mode__in=modes).order_by("round") if learner else ()
    return {attempt.mode: attempt for attempt in rows}


def _as_try(answer: Answer) -> Try:
    return Try(answer.given, answer.correct, answer.certainty, answer.hinted, answer.version)
