"""A learner's items with what is remembered of each: what is due, what comes next, what was answered and not rated."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from learners.models import Learner
from quizzes.review.collect import items_of
from quizzes.review.items import Item
from quizzes.review.memory import RETENTION_PERCENT, Memory, brought_forward, rated, unseen
from quizzes.review.models import Card, RetentionTarget, ReviewLog


@dataclass(frozen=True)
class Held:
    """An item in a learner's deck. `number` is that of its next review, `log` that review once it is answered.

    `is_reworded`: its text changed since the last review, so it starts anew.
    """

    item: Item
    memory: Memory
    number: int
    card: Card | None
    log: ReviewLog | None
    is_reworded: bool


@dataclass(frozen=True)
class Deck:
    """Everything of one learner. `kept_back` counts what would be here if no test were still to ask it."""

    held: Sequence[Held]
    now: datetime
    retention_percent: int = RETENTION_PERCENT
    kept_back: int = 0

    @property
    def due(self) -> list[Held]:
        """What is to be reviewed now, in order: what waits for its rating, confident errors, the others."""
        due = [held for held in self.held if held.log or held.memory.due <= self.now]
        return sorted(due, key=lambda held: (held.log is None, held.item.why, held.memory.due))

    @property
    def next_due(self) -> datetime | None:
        """When the next item comes back that is not due now."""
        return min((held.memory.due for held in self.held if held.memory.due > self.now), default=None)

    def find(self, slug: str) -> Held | None:
        """The item of this name, due or not."""
        return next((held for held in self.held if held.item.slug == slug), None)


def deck_of(learner: Learner | None, now: datetime) -> Deck:
    """The learner's deck at this moment; empty for somebody who has never written anything. Writes nothing."""
    if learner is None:
        return Deck((), now)
    cards = {card.item: card for card in Card.objects.filter(learner=learner)}
    waiting = ReviewLog.objects.filter(card__learner=learner, rating=None)
    logs = {log.card_id: log for log in waiting}
    target = RetentionTarget.objects.filter(learner=learner).first()
    collected = items_of(learner, now)
    held = [_held(item, card := cards.get(item.slug), logs.get(card.pk) if card else None) for item in collected.items]
    return Deck(held, now, target.percent if target else RETENTION_PERCENT, collected.kept_back)


def _held(item: Item, card: Card | None, log: ReviewLog | None) -> Held:
    is_reworded = card is not None and card.version != item.version
    number = card.reviews + 1 if card else 1
    if card is None or is_reworded:
        memory = _first_memory(item, is_reworded=is_reworded)
        return Held(item, memory, number, card, None, is_reworded)
    memory = card.remembered
    if memory.last_review is None or item.since > memory.last_review:
        memory = brought_forward(memory, item.since)
    return Held(item, memory, number, card, log, is_reworded=False)


def _first_memory(item: Item, *, is_reworded: bool) -> Memory:
    """The miss that made the item counts as its first review; of a text that is new, nothing is known."""
    fresh = unseen(item.since)
    return fresh if item.counts_as is None or is_reworded else rated(fresh, item.counts_as, item.since)
