"""Reviewing: an answer, then its rating, each counted once; and one step back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from django.db import IntegrityError, transaction
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.crypto import salted_hmac

from learners.models import Learner
from quizzes.marking import objection_to
from quizzes.review import memory
from quizzes.review.deck import Held, deck_of
from quizzes.review.items import Asked
from quizzes.review.memory import Rating
from quizzes.review.models import Card, RetentionTarget, ReviewLog

UNDO_WITHIN = timedelta(hours=1)  # later, going back would bring up what nobody has in mind any more


class Outcome(Enum):
    """What became of something that was sent."""

    DONE = auto()
    TAKEN = auto()  # this review was already done: a double click, a reload, another tab
    GONE = auto()  # the item is no longer in the course, or no longer one of this learner
    REWORDED = auto()  # the text changed after the form was opened
    OBJECTED = auto()  # the answer cannot be marked


@dataclass(frozen=True)
class Result:
    """The outcome; for an answer that cannot be marked its canonical text and why, with the remedy."""

    outcome: Outcome
    given: str = ""
    objection: str = ""


def seal(held: Held) -> str:
    """The version of an item as its form carries it; keyed, so that no answer can be tried out against it."""
    return salted_hmac("quizzes.review.seal", held.item.version).hexdigest()[:16]


def answer(learner: Learner, post: QueryDict, now: datetime) -> Result:
    """Keep the answer in a form, or that the learner has thought of one: now the right one may be shown."""
    held = deck_of(learner, now).find(post.get("item", ""))
    if held is None:
        return Result(Outcome.GONE)
    if post.get("number") != str(held.number) or held.log:
        return Result(Outcome.TAKEN)
    asked = held.item.asked(held.number)
    given, objection = _read(asked, post)
    if objection:
        return Result(Outcome.OBJECTED, given, objection)
    if post.get("seal") != seal(held):
        return Result(Outcome.REWORDED, given)
    correct = asked.body.is_right(given) if asked.is_marked and asked.body else None
    return Result(_keep_answer(learner, held, given, correct, now))


def allowed_ratings(log: ReviewLog) -> list[Rating]:
    """What an answer may be rated: one that was marked wrong is forgotten, one that was right is not."""
    if log.correct is None:
        return list(Rating)
    return [rating for rating in Rating if (rating != Rating.Again) == log.correct]


def rate(learner: Learner, post: QueryDict, now: datetime) -> Outcome:
    """Rate the answered review in a form; of two ratings of one review the first counts."""
    meant, rating = (post.get("item"), post.get("number")), post.get("rating", "")
    waiting = ReviewLog.objects.filter(card__learner=learner, rating=None).select_related("card")
    log = next((log for log in waiting if (log.card.item, str(log.number)) == meant), None)
    if log is None or rating not in {str(int(allowed)) for allowed in allowed_ratings(log)}:
        return Outcome.TAKEN
    after = memory.rated(memory.from_json(log.before), Rating(int(rating)), now, retention_percent_of(learner))
    with transaction.atomic():
        if not ReviewLog.objects.filter(pk=log.pk, rating=None).update(rating=int(rating), rated_at=now):
            return Outcome.TAKEN
        Card.objects.filter(pk=log.card_id).update(memory=memory.to_json(after), reviews=log.number)
    return Outcome.DONE


def last_step(learner: Learner | None, now: datetime) -> ReviewLog | None:
    """The learner's newest answer or rating, while it can be taken back."""
    if learner is None:
        return None
    logs = ReviewLog.objects.filter(card__learner=learner).select_related("card")
    newest = logs.annotate(last_at=Coalesce("rated_at", "answered_at")).order_by("-last_at", "-pk").first()
    return newest if newest and newest.last_at > now - UNDO_WITHIN else None


def step_back(learner: Learner, log_id: str, now: datetime) -> Outcome:
    """Take back the newest step, if it is still the one meant: a rating, to rate anew, or an answer, to answer anew."""
    with transaction.atomic():
        log = last_step(learner, now)
        if log is None or str(log.pk) != log_id:
            return Outcome.TAKEN
        if log.rating is None:
            log.delete()
            return Outcome.DONE
        if not ReviewLog.objects.filter(pk=log.pk, rating=log.rating).update(rating=None, rated_at=None):
            return Outcome.TAKEN
        Card.objects.filter(pk=log.card_id).update(memory=log.before, reviews=log.number - 1)
    return Outcome.DONE


def retention_percent_of(learner: Learner) -> int:
    """How much of what comes back the learner wants to remember."""
    target = RetentionTarget.objects.filter(learner=learner).first()
    return target.percent if target else memory.RETENTION_PERCENT


def _read(asked: Asked, post: QueryDict) -> tuple[str, str]:
    """The answer's canonical text, and why it cannot be marked; both empty for what is only thought."""
    if not (asked.is_marked and asked.body):
        return "", ""
    given = asked.body.given_from(post)
    return given, objection_to(asked.body, given)


def _keep_answer(learner: Learner, held: Held, given: str, correct: bool | None, now: datetime) -> Outcome:
    """Write the answer down, if no other request did so since the deck was read: the database lets one in."""
    try:
        with transaction.atomic():
            log = {"version": held.item.version, "given": given, "correct": correct, "answered_at": now}
            before = memory.to_json(held.memory)
            ReviewLog.objects.create(card=_card_for(learner, held), number=held.number, before=before, **log)
    except IntegrityError:
        return Outcome.TAKEN
    return Outcome.DONE


def _card_for(learner: Learner, held: Held) -> Card:
    """The item's card, made at its first review; it begins anew when the text is new, without an answer to the old."""
    start = {"version": held.item.version, "memory": memory.to_json(held.memory)}
    card, is_new = Card.objects.get_or_create(learner=learner, item=held.item.slug, defaults=start)
    if not is_new and held.is_reworded:
        card.logs.filter(number=held.number, rating=None).delete()
        Card.objects.filter(pk=card.pk).update(**start)
    return card
