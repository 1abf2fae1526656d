"""Beginning a sitting, answering in it, handing it in."""

import time
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.http import QueryDict
from django.utils import timezone
from django.utils.crypto import salted_hmac

from learners.models import Learner
from quizzes.marking import Outcome, Result, new_seed, objection_to
from quizzes.models import Answer, Attempt
from quizzes.quiz import Quiz, Try
from quizzes.sheet import Sheet, seal, sheet_from
from quizzes.sittings import drawing
from quizzes.sittings.rules import Mode
from quizzes.sittings.score import score_of
from quizzes.sittings.sitting import Place, Sitting, of, of_lesson
from quizzes.statistics.counting import (
    DAY_S,
    CompletedItem,
    add,
    completed_counts,
    first_answer_counts,
    is_counted,
)


def begin(learner: Learner, quiz: Quiz, mode: Mode, only: Sequence[str] = ()) -> Attempt:
    """A new sitting, or the one of this mode that is not finished. `only`: practise just these questions."""
    seed = new_seed()
    if mode == Mode.TEST:
        ids = drawing.for_test(quiz, seed)
    elif mode == Mode.PREDICTION:
        ids = drawing.for_prediction(quiz)
    else:
        missed, last_seen = history(learner, quiz)
        ids = list(only) or drawing.for_practice(quiz, missed, last_seen, seed)
    return _begin(learner, quiz.slug, mode, ids, seed)


def begin_topic(learner: Learner, lesson: str) -> Attempt:
    """A new test of all that a lesson's quizzes ask, or the one that is not finished."""
    seed = new_seed()
    return _begin(learner, lesson, Mode.TOPIC, drawing.for_topic(of_lesson(lesson), seed), seed)


def history(learner: Learner, quiz: Quiz) -> tuple[set[str], dict[str, datetime]]:
    """Of a quiz's questions those whose newest first try missed, and when each was seen last."""
    ids = [question.id for question in quiz.questions]
    own = Answer.objects.filter(attempt__learner=learner, question__in=ids, try_number=1).exclude(
        attempt__mode=Mode.PREDICTION
    )
    newest = {
        question: (right, at) for question, right, at in own.order_by("at").values_list("question", "correct", "at")
    }
    missed = {question for question, (right, _) in newest.items() if not right}
    return missed, {question: at for question, (_, at) in newest.items()}


def _begin(learner: Learner, slug: str, mode: Mode, ids: list[str], seed: int) -> Attempt:
    """Pressed twice it begins once: an unfinished one is gone on with, and the database lets only one round in."""
    own = Attempt.objects.filter(learner=learner, quiz=slug, mode=mode)
    if unfinished := own.filter(finished_at=None).order_by("-round").first():
        return unfinished
    number = (own.aggregate(last=Max("round"))["last"] or 0) + 1
    try:
        with transaction.atomic():
            return Attempt.objects.create(learner=learner, quiz=slug, mode=mode, round=number, questions=ids, seed=seed)
    except IntegrityError:
        return own.get(round=number)


def before(place: Place) -> str:
    """A mark for the answer that stands here, so that a form knows whether it has seen the newest one."""
    given = place.tries[-1].given if place.tries else ""
    return salted_hmac("quizzes.before", given).hexdigest()[:16]


def answer(sitting: Sitting, place: Place, post: QueryDict) -> Result:
    """Keep the answer in a form, or say why not."""
    given = place.variant.body.given_from(post)
    if objection := objection_to(place.variant.body, given):
        return Result(Outcome.OBJECTED, given, objection)
    sheet = sheet_from(post)
    if sheet.seal != seal(place.question):
        return Result(Outcome.REWORDED, given)
    with transaction.atomic():
        attempt = Attempt.objects.select_for_update().get(pk=sitting.attempt.pk)  # two tabs answer one after the other
        now = of(attempt, sitting.learner)
        return Result(_keep(now, now.places[place.number - 1], given, sheet, post.get("before", "")), given)


def _keep(sitting: Sitting, place: Place, given: str, sheet: Sheet, seen: str) -> Outcome:
    newest = place.tries[-1].given if place.tries else None
    if sitting.is_finished:
        return Outcome.REPEATED if given == newest else Outcome.EXPIRED
    if newest == given and (sitting.rules.is_changeable or sheet.try_number <= len(place.tries)):
        return (
            Outcome.REPEATED if sheet.certainty == place.tries[-1].certainty else _change(sitting, place, given, sheet)
        )
    if sitting.rules.is_changeable:
        return _change(sitting, place, given, sheet) if seen == before(place) else Outcome.TAKEN
    if sitting.is_used_up(place) or sheet.try_number != len(place.tries) + 1:
        return Outcome.TAKEN
    _row(sitting, place, given, sheet, len(place.tries) + 1).save(force_insert=True)
    _finish_practice(sitting)
    return Outcome.COUNTED


def _row(sitting: Sitting, place: Place, given: str, sheet: Sheet, number: int) -> Answer:
    return Answer(
        attempt=sitting.attempt,
        question=place.question.id,
        version=place.question.version,
        given=given,
        correct=place.variant.body.is_right(given),
        certainty=sheet.certainty,
        hinted=sheet.hinted or any(earlier.hinted for earlier in place.tries),
        took_ms=sheet.took_ms,
        try_number=number,
    )


def _change(sitting: Sitting, place: Place, given: str, sheet: Sheet) -> Outcome:
    """Write the only answer, over an earlier one."""
    Answer.objects.bulk_create(
        [_row(sitting, place, given, sheet, 1)],
        update_conflicts=True,
        unique_fields=["attempt", "question", "try_number"],
        update_fields=["version", "given", "correct", "certainty", "hinted", "took_ms"],
    )
    return Outcome.COUNTED


def _finish_practice(sitting: Sitting) -> None:
    now = of(sitting.attempt, sitting.learner)
    if now.next_open() is None:
        Attempt.objects.filter(pk=sitting.attempt.pk).update(finished_at=timezone.now())


def hand_in(sitting: Sitting) -> None:
    """End a sitting, whatever is still open in it; score it where its mode does. A second time it does nothing.

    The first test of each learner tells how good its questions are.
    """
    marked = [place for place in sitting.places if place.question.is_marked]
    score = score_of(place.first for place in marked).share if sitting.rules.is_scored else None
    with transaction.atomic():
        open_still = Attempt.objects.filter(pk=sitting.attempt.pk, finished_at=None)
        if not open_still.update(finished_at=timezone.now(), score=score):
            return
        if is_counted(sitting.attempt.mode, sitting.attempt.round, 1):
            _count(sitting, [place for place in marked if place.is_answered])


def _count(sitting: Sitting, places: Sequence[Place]) -> None:
    """Add everything a test tells to the statistics, in one statement."""
    took_ms = {answer.question: answer.took_ms for answer in sitting.answers}
    completed = [_completed(place, place.tries[0]) for place in places]
    counts = completed_counts(completed)
    for row, place in zip(completed, places, strict=True):
        first, day = place.tries[0], int(time.time() // DAY_S)
        sure, took = first.certainty or None, took_ms.get(row.question)
        facts = first_answer_counts(
            row.question, row.version, row.picks, correct=row.correct, certainty=sure, took_ms=took, day=day
        )
        counts.update(facts)
    add(counts)


def _completed(place: Place, first: Try) -> CompletedItem:
    picks = place.variant.body.picks(first.given)
    return CompletedItem(place.question.id, first.version or place.question.version, picks, first.right)
