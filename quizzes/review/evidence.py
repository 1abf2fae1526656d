"""What a learner's attempts say about each question: missed, believed with certainty, still being asked elsewhere."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from learners.certainty import CERTAINTY
from learners.models import Learner
from quizzes.models import Attempt

UNDER_WAY = timedelta(hours=3)  # a second try left open for longer was left for good; a test waits until handed in
OF_ONE_QUIZ = (Attempt.Mode.CHECK, Attempt.Mode.PRACTICE, Attempt.Mode.TEST)
MARKED_AT_THE_END = (Attempt.Mode.TEST, Attempt.Mode.TOPIC)


@dataclass
class Past:
    """The first tries at one question: the newest one, the newest wrong one, and whether a wrong try was sure."""

    answered_at: datetime
    missed_at: datetime | None = None
    was_sure: bool = False


@dataclass
class Evidence:
    """Everything attempts say: pasts by question id, when each quiz was begun, by slug, and the attempts under way."""

    pasts: dict[str, Past] = field(default_factory=dict)
    begun_at: dict[str, datetime] = field(default_factory=dict)
    under_way: list["UnderWay"] = field(default_factory=list)

    def is_kept_back(self, quiz_slug: str, question_id: str, tries: int) -> bool:
        """Whether an attempt under way still asks this question, of this many tries, or has yet to tell its answer."""
        return any(attempt.asks(quiz_slug, question_id, tries) for attempt in self.under_way)


@dataclass
class UnderWay:
    """One unfinished attempt. `closed` holds what was answered right, `used` the tries used."""

    quiz: str
    mode: str
    questions: Collection[str]
    closed: set[str] = field(default_factory=set)
    used: dict[str, int] = field(default_factory=dict)

    def asks(self, quiz_slug: str, question_id: str, tries: int) -> bool:
        """Whether the question may not be shown with its answer because of this attempt."""
        if question_id not in self.questions and (self.questions or self.quiz != quiz_slug):
            return False
        if self.mode in MARKED_AT_THE_END:
            return True
        return question_id not in self.closed and self.used.get(question_id, 0) < tries


class _Row(NamedTuple):
    """One answer, or an attempt without any (then all from `question` on are None)."""

    attempt_id: object
    quiz: str
    mode: str
    questions: list[str]
    started_at: datetime
    finished_at: datetime | None
    question: str | None
    correct: bool
    certainty: int
    try_number: int
    at: datetime


COLUMNS = ("pk", "quiz", "mode", "questions", "started_at", "finished_at")
ANSWER_COLUMNS = ("question", "correct", "certainty", "try_number", "at")


def evidence_of(learner: Learner, now: datetime) -> Evidence:
    """The evidence of all attempts, predictions left out, with one query."""
    columns = (*COLUMNS, *(f"answers__{name}" for name in ANSWER_COLUMNS))
    attempts = Attempt.objects.filter(learner=learner).exclude(mode=Attempt.Mode.PREDICTION)
    rows = [_Row(*row) for row in attempts.order_by("started_at", "answers__at").values_list(*columns)]
    found = Evidence(under_way=_under_way(rows, now))
    for row in rows:
        if row.mode in OF_ONE_QUIZ:
            found.begun_at.setdefault(row.quiz, row.started_at)
        if row.question is not None:
            _learn(found.pasts, row)
    return found


def _learn(pasts: dict[str, Past], row: _Row) -> None:
    assert row.question is not None
    past = pasts.setdefault(row.question, Past(row.at))
    if row.try_number == 1:
        past.answered_at = max(past.answered_at, row.at)
        if not row.correct:
            past.missed_at = max(past.missed_at or row.at, row.at)
    past.was_sure |= not row.correct and row.certainty == max(CERTAINTY)


def _under_way(rows: Iterable[_Row], now: datetime) -> list[UnderWay]:
    attempts: dict[object, UnderWay] = {}
    newest: dict[object, datetime] = {}
    for row in rows:
        if row.finished_at is not None:
            continue
        attempt = attempts.setdefault(row.attempt_id, UnderWay(row.quiz, row.mode, row.questions))
        newest[row.attempt_id] = max(newest.get(row.attempt_id, row.started_at), row.at or row.started_at)
        if row.question is not None:
            attempt.used[row.question] = row.try_number
            attempt.closed |= {row.question} if row.correct else set()
    return [
        attempt
        for key, attempt in attempts.items()
        if attempt.mode in MARKED_AT_THE_END or now - newest[key] < UNDER_WAY
    ]
