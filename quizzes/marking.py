"""Counting an answer in a self-check: marked here and nowhere else, each try once."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils import timezone

from learners.models import Learner
from quizzes.models import Answer, Attempt
from quizzes.quiz import AUTHORS_ORDER, LONGEST_ANSWER, Body, Question, Quiz, Try
from quizzes.sheet import Sheet, seal, sheet_from
from quizzes.standing import Round, Standing, standing, used_up
from quizzes.statistics.counting import CompletedItem, count_completed_test, count_first_answer, is_counted

TOO_LONG = f"This answer is too long: up to {LONGEST_ANSWER:,} characters are read. Shorten it."
HOLDS_NUL = "This answer holds a character that cannot be kept. Type it anew."  # PostgreSQL takes no NUL in a text
MakeLearner = Callable[[], Learner]


class Outcome(Enum):
    """What became of an answer that was sent."""

    COUNTED = auto()
    REPEATED = auto()  # the same answer again: a double click, or a reload
    TAKEN = auto()  # this try was used by another answer, in another tab
    EXPIRED = auto()  # the form belongs to an attempt that is not this learner's newest
    REWORDED = auto()  # the question's text changed after the form was opened
    OBJECTED = auto()  # the answer cannot be marked


@dataclass(frozen=True)
class Result:
    """The outcome, the answer's canonical text, and for an answer that cannot be marked why, with the remedy."""

    outcome: Outcome
    given: str
    objection: str = ""


def submit(
    learner: Learner | None, make_learner: MakeLearner, quiz: Quiz, question: Question, post: QueryDict
) -> Result:
    """Count the answer in a form, or say why it is not counted. Whoever is nobody yet becomes a learner by an answer.

    Four statements with the learner's own (read the learner, read the attempt, write the answer, add to the counts);
    one more when an attempt begins, two when it ends. When another request counts the same try at this very moment,
    the database lets one of the two in; the other looks again and finds the try used.
    """
    try:
        return _submit(learner, make_learner, quiz, question, post)
    except IntegrityError:
        return _submit(learner, make_learner, quiz, question, post)


def objection_to(body: Body, given: str) -> str:
    """Why an answer cannot be marked, with the remedy; empty when it can."""
    if len(given) > LONGEST_ANSWER:
        return TOO_LONG
    return HOLDS_NUL if "\0" in given else body.objection(given)


def new_seed() -> int:
    """A seed for the variants and orders of a new attempt."""
    return secrets.randbelow(2**31 - 2) + 1


def _submit(
    learner: Learner | None, make_learner: MakeLearner, quiz: Quiz, question: Question, post: QueryDict
) -> Result:
    sheet = sheet_from(post)
    with transaction.atomic():
        stand = standing(learner, quiz)
        body = stand.variant(question).body
        given = body.given_from(post)
        if objection := objection_to(body, given):
            return Result(Outcome.OBJECTED, given, objection)
        if sheet.seal != seal(question):
            return Result(Outcome.REWORDED, given)
        at = stand.round_of(question)
        tries = at.tries.get(question.id, [])
        if not used_up(question, tries) and (sheet.round, sheet.try_number) == (at.number, len(tries) + 1):
            _count(learner or make_learner(), stand, question, given, sheet)
            return Result(Outcome.COUNTED, given)
    return Result(_why_not(sheet, at, tries, given), given)


def retry(learner: Learner, quiz: Quiz) -> Question | None:
    """Begin a round with what was missed, once nothing is open. Returns the first open question, if there is one."""
    with transaction.atomic():
        stand = standing(learner, quiz)
        missed = stand.missed() if stand.is_finished() else []
        if not missed:
            return stand.next_open()
        ids = [question.id for question in missed]
        number = stand.rounds[-1].number + 1
        Attempt.objects.create(learner=learner, quiz=quiz.slug, round=number, questions=ids, seed=new_seed())
    return missed[0]


def _count(learner: Learner, stand: Standing, question: Question, given: str, sheet: Sheet) -> None:
    at, body = stand.round_of(question), stand.variant(question).body
    right = body.is_right(given)
    Answer.objects.create(
        attempt_id=at.attempt_id or _begin(learner, stand.quiz, at),
        question=question.id,
        version=question.version,
        given=given,
        correct=right,
        certainty=sheet.certainty,
        hinted=sheet.hinted,
        took_ms=sheet.took_ms,
        try_number=sheet.try_number,
    )
    if question.is_marked and is_counted(Attempt.Mode.CHECK, at.number, sheet.try_number):
        picks, sure = body.picks(given), sheet.certainty or None
        count_first_answer(question.id, question.version, picks, correct=right, certainty=sure, took_ms=sheet.took_ms)
    answer = Try(given, right, sheet.certainty, sheet.hinted, question.version)
    at.tries.setdefault(question.id, []).append(answer)
    _finish(stand, at)


def _begin(learner: Learner, quiz: Quiz, at: Round) -> UUID:
    at.attempt_id = Attempt.objects.create(learner=learner, quiz=quiz.slug, round=at.number, seed=AUTHORS_ORDER).pk
    return at.attempt_id


def _finish(stand: Standing, at: Round) -> None:
    """Close the round when its last question is closed. Only the first round tells how good its questions are."""
    asked = [question for question in stand.quiz.questions if at.asks(question)]
    if not all(used_up(question, at.tries.get(question.id, [])) for question in asked):
        return
    assert at.attempt_id
    Attempt.objects.filter(pk=at.attempt_id).update(finished_at=timezone.now())
    if is_counted(Attempt.Mode.CHECK, at.number, 1):
        marked = [question for question in asked if question.is_marked]
        count_completed_test([_completed(stand, question, at.tries[question.id][0]) for question in marked])


def _completed(stand: Standing, question: Question, first: Try) -> CompletedItem:
    picks = stand.variant(question).body.picks(first.given)
    return CompletedItem(question.id, first.version or question.version, picks, first.right)


def _why_not(sheet: Sheet, at: Round, tries: list[Try], given: str) -> Outcome:
    if sheet.round != at.number or not 1 <= sheet.try_number <= len(tries):
        return Outcome.EXPIRED
    return Outcome.REPEATED if tries[sheet.try_number - 1].given == given else Outcome.TAKEN
