"""What the page of review is given."""

from typing import Any

from learners.models import Learner
from quizzes.page import miss_told
from quizzes.quiz import Try
from quizzes.review.deck import Deck, Held
from quizzes.review.forecast import forecast
from quizzes.review.memory import LEAST_RETENTION_PERCENT, MOST_RETENTION_PERCENT, Rating, from_json, intervals
from quizzes.review.models import ReviewLog
from quizzes.review.reviewing import Outcome, Result, allowed_ratings, last_step, seal
from quizzes.review.words import interval_in_words, when_in_words

NOTICES = {
    Outcome.TAKEN: "That was already counted, perhaps in another tab. This is where you stand now.",
    Outcome.GONE: "That question was taken out of the course, so it is no longer asked. Nothing for you to do.",
}
REWORDED = "This was reworded after you opened it. Nothing was counted: please look at it as it stands now."


def review_context(learner: Learner | None, deck: Deck, refused: Result | None = None) -> dict[str, Any]:
    """The item to review now, if one is due, and everything below it. Holds no answer before it is due."""
    due = deck.due
    context: dict[str, Any] = {"deck": deck, "due": due, "undo": _undo(last_step(learner, deck.now))}
    context |= {"percent": deck.retention_percent, "least": LEAST_RETENTION_PERCENT, "most": MOST_RETENTION_PERCENT}
    if deck.held:
        memories = [held.memory for held in deck.held]
        context["days"] = forecast(memories, deck.now, deck.retention_percent)
    if due:
        return context | _item_context(due[0], deck, refused)
    if deck.next_due:
        context["come_back"] = when_in_words(deck.next_due, deck.now)
    return context


def _item_context(held: Held, deck: Deck, refused: Result | None) -> dict[str, Any]:
    asked = held.item.asked(held.number)
    context: dict[str, Any] = {"held": held, "item": held.item, "asked": asked, "question": asked.question}
    if held.log:
        return context | _answered_context(held, held.log, deck)
    context["seal"] = seal(held)
    if asked.is_marked and asked.body:
        context |= {"template": asked.body.open_template, "shown": asked.body.open_shown([])}
    if refused:
        context |= {"chosen": refused.given, "trouble": refused.objection or REWORDED}
    return context


def _answered_context(held: Held, log: ReviewLog, deck: Deck) -> dict[str, Any]:
    asked = held.item.asked(held.number)
    context: dict[str, Any] = {"log": log, "buttons": _buttons(log, deck), "chosen": log.given}
    tries = [Try(log.given, log.correct)] if log.correct is not None else []
    if asked.body:
        context |= {"template": asked.body.closed_template, "shown": asked.body.closed_shown(tries)}
        context["said"] = miss_told(asked.body, log.given) if log.correct is False else ""
    return context


def _buttons(log: ReviewLog, deck: Deck) -> list[dict[str, Any]]:
    waits = intervals(from_json(log.before), deck.now, deck.retention_percent)
    return [
        {"value": int(rating), "label": rating.name, "interval": interval_in_words(waits[rating])}
        for rating in allowed_ratings(log)
    ]


def _undo(log: ReviewLog | None) -> dict[str, Any] | None:
    if log is None:
        return None
    what = f"the rating “{Rating(log.rating).name}”" if log.rating else "the answer"
    return {"log": log.pk, "what": what}
