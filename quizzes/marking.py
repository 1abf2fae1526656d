"""Counting an answer: marked here and nowhere else, each try once."""

from dataclasses import dataclass
from enum import Enum, auto

from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.crypto import salted_hmac

from learners import records
from learners.models import Entry, Learner
from quizzes.models import Answer, Attempt
from quizzes.quiz import Question, Quiz, Try
from quizzes.standing import Round, Standing, standing, used_up


class Outcome(Enum):
    """What became of an answer that was sent."""

    COUNTED = auto()
    REPEATED = auto()  # the same answer again: a double click, or a reload
    TAKEN = auto()  # this try was used by another answer, in another tab
    EXPIRED = auto()  # the form belongs to an attempt that is not this learner's newest


@dataclass(frozen=True)
class Sheet:
    """A form that was sent: the answer, and for which try of which round and which version of the text it was meant."""

    given: str
    seal: str
    round: int
    try_number: int


def seal(question: Question) -> str:
    """The version of a question as its form carries it. Keyed: from the bare hash the key could be found by trying."""
    return salted_hmac("quizzes.seal", question.version).hexdigest()[:16]


def sheet_from(post: QueryDict) -> Sheet:
    """The form's fields. Missing or unreadable numbers become 0, which no form of ours sends."""
    given, seal_sent = post.get("answer", ""), post.get("seal", "")
    return Sheet(given, seal_sent, _number(post.get("round", "")), _number(post.get("try", "")))


def submit(learner: Learner, quiz: Quiz, question: Question, sheet: Sheet) -> Outcome:
    """Count the answer, or say why it is not counted. The caller has checked the answer with `Body.objection`.

    Four statements with the learner's own (read the learner, read the attempt, write answer and entry); one more when
    an attempt begins or ends. When another request counts the same try at this very moment, the database lets one of
    the two in; the other looks again and finds the try used.
    """
    try:
        return _submit(learner, quiz, question, sheet)
    except IntegrityError:
        return _submit(learner, quiz, question, sheet)


def _submit(learner: Learner, quiz: Quiz, question: Question, sheet: Sheet) -> Outcome:
    with transaction.atomic():
        stand = standing(learner, quiz)
        at = stand.round_of(question)
        tries = at.tries.get(question.id, [])
        if not used_up(tries) and (sheet.round, sheet.try_number) == (at.number, len(tries) + 1):
            _count(learner, stand, at, question, sheet)
            return Outcome.COUNTED
    return _why_not(sheet, at, tries)


def retry(learner: Learner, quiz: Quiz) -> Question | None:
    """Begin a round with what was missed, once nothing is open. Returns the first open question, if there is one."""
    with transaction.atomic():
        stand = standing(learner, quiz)
        missed = stand.missed() if stand.is_finished() else []
        if not missed:
            return stand.next_open()
        ids = [question.id for question in missed]
        Attempt.objects.create(learner=learner, quiz=quiz.slug, round=stand.rounds[-1].number + 1, questions=ids)
    return missed[0]


def _count(learner: Learner, stand: Standing, at: Round, question: Question, sheet: Sheet) -> None:
    right = question.body.is_right(sheet.given)
    attempt_id = at.attempt_id or Attempt.objects.create(learner=learner, quiz=stand.quiz.slug, round=at.number).pk
    Answer.objects.create(
        attempt_id=attempt_id,
        question=question.id,
        version=question.version,
        given=sheet.given,
        correct=right,
        try_number=sheet.try_number,
    )
    payload = {"given": sheet.given, "correct": right, "try": sheet.try_number, "round": at.number}
    records.write(learner, Entry.Kind.ANSWERED, f"quizzes/{stand.quiz.slug}/{question.id}", payload)
    at.tries.setdefault(question.id, []).append(Try(sheet.given, right))
    if all(used_up(at.tries.get(other.id, [])) for other in stand.quiz.questions if at.asks(other)):
        Attempt.objects.filter(pk=attempt_id).update(finished_at=timezone.now())


def _why_not(sheet: Sheet, at: Round, tries: list[Try]) -> Outcome:
    if sheet.round != at.number or not 1 <= sheet.try_number <= len(tries):
        return Outcome.EXPIRED
    return Outcome.REPEATED if tries[sheet.try_number - 1].given == sheet.given else Outcome.TAKEN


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 5 else 0
