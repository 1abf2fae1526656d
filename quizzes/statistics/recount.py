"""All counts made again from the answers, one after the other, in memory that does not grow with their number."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction

from quizzes import catalog
from quizzes.models import Answer, Attempt, Count
from quizzes.quiz import Question
from quizzes.statistics.counting import (
    COUNTED_MODES,
    DAY_S,
    SIMULATED,
    CompletedItem,
    Key,
    completed_counts,
    first_answer_counts,
)
from quizzes.statistics.simulated import is_simulated

OF_THE_ATTEMPT = ("id", "learner_id", "seed", "mode", "finished_at")
COLUMNS = (
    *(f"attempt__{name}" for name in OF_THE_ATTEMPT),
    *("question", "version", "given", "correct", "certainty", "took_ms", "at"),
)
AT_ONCE = 5000


@dataclass
class Recount:
    """How many first answers were gone through, and how many figures were not as they should be."""

    answers: int = 0
    changed: int = 0


class _First(NamedTuple):
    """A first answer with what its attempt says."""

    attempt: UUID
    learner: UUID
    seed: int
    mode: str
    finished_at: datetime | None
    question: str
    version: str
    given: str
    correct: bool
    certainty: int
    took_ms: int | None
    at: datetime

    @property
    def counted_at(self) -> datetime | None:
        """When it was counted: at once, or when the test was handed in, for until then it could be changed."""
        return self.finished_at if self.mode == Attempt.Mode.TEST else self.at


@dataclass
class _Tally:
    """Figures as they grow, of the texts that are asked now: what an answer to an earlier one picked, that one knew."""

    questions: dict[tuple[str, str], Question]
    counts: dict[Key, int] = field(default_factory=dict)

    def add(self, counts: Mapping[Key, int], prefix: str) -> None:
        """Add figures of known texts; of two days the first is kept."""
        for (question, version, what), n in counts.items():
            if (question, version) not in self.questions:
                continue
            key = question, version, prefix + what
            before = self.counts.get(key)
            if what == "since":
                self.counts[key] = n if before is None else min(before, n)
            elif n:
                self.counts[key] = (before or 0) + n


def rebuild() -> Recount:
    """Count everything again and write down what differs. Answers that arrive meanwhile wait, and are counted after.

    Figures of earlier texts of a question stay as they are: those texts are gone, so nobody can say what was picked.
    """
    with transaction.atomic():
        _hold_back_writers()
        return _rebuild()


def _rebuild() -> Recount:
    questions = {
        (question.id, question.version): question for quiz in catalog.all_quizzes() for question in quiz.questions
    }
    tally, answers = _Tally(questions), 0
    for _, attempt in groupby(_first_answers(), key=attrgetter("attempt")):
        answers += _count_attempt(list(attempt), tally)
    stored = {
        (row.question, row.version, row.what): row
        for row in Count.objects.all()
        if (row.question, row.version) in questions
    }
    return Recount(answers, _write_differences(tally.counts, stored))


def _count_attempt(answers: list[_First], tally: _Tally) -> int:
    """Count the first answers of one attempt, and its rest scores if it is finished. Returns how many there were."""
    prefix = SIMULATED if is_simulated(answers[0].learner) else ""
    items = []
    for answer in answers:
        picks = _picks(answer, tally.questions.get((answer.question, answer.version)))
        if picks is not None and answer.counted_at:
            tally.add(_first_counts(answer, picks, answer.counted_at), prefix)
            items.append(CompletedItem(answer.question, answer.version, picks, answer.correct))
    if answers[0].finished_at:
        tally.add(completed_counts(items), prefix)
    return len(items)


def _first_counts(answer: _First, picks: list[str], counted_at: datetime) -> Counter[Key]:
    return first_answer_counts(
        answer.question,
        answer.version,
        picks,
        correct=answer.correct,
        certainty=answer.certainty,
        took_ms=answer.took_ms,
        day=int(counted_at.timestamp() // DAY_S),
    )


def _picks(answer: _First, question: Question | None) -> list[str] | None:
    """What the answer picked; None for what is not marked. Of a text that is gone nothing is known but the mark."""
    if question is None:
        return []
    if not question.is_marked:
        return None
    return question.variant(answer.seed).body.picks(answer.given)


def _first_answers() -> Iterator[_First]:
    rows = Answer.objects.filter(attempt__mode__in=COUNTED_MODES, attempt__round=1, try_number=1)
    values = rows.order_by("attempt_id", "pk").values_list(*COLUMNS)
    return map(_First._make, values.iterator(chunk_size=AT_ONCE))


def _write_differences(counts: dict[Key, int], stored: dict[Key, Count]) -> int:
    wrong = [row for key, row in stored.items() if row.n != counts.get(key)]
    missing = [key for key in sorted(counts) if key not in stored or stored[key].n != counts[key]]
    for start in range(0, len(wrong), AT_ONCE):
        Count.objects.filter(pk__in=[row.pk for row in wrong[start : start + AT_ONCE]]).delete()
    Count.objects.bulk_create([Count(question=q, version=v, what=w, n=counts[q, v, w]) for q, v, w in missing], AT_ONCE)
    return len({(row.question, row.version, row.what) for row in wrong} | set(missing))


def _hold_back_writers() -> None:
    """SQLite's transactions do it by themselves (IMMEDIATE); on PostgreSQL a lock lets others only read."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE quizzes_count IN SHARE ROW EXCLUSIVE MODE")
