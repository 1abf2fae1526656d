"""How well an item is taken to be remembered, and when it should come back: FSRS, as the package `fsrs` has it.

The parameters are the package's own; a learner sets one thing, how much of what comes back they want to remember.
Fuzz, a random shift of long intervals, stays off: a button prints the interval it gives.
"""

from collections.abc import Mapping
from copy import copy
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from fsrs import Card, Rating, Scheduler, State

Memory = Card  # the package calls the state of one memory a card; a card of ours is a row that keeps one

RETENTION_PERCENT = 90  # the package's default, and Anki's
LEAST_RETENTION_PERCENT = 80  # one item in five is forgotten; at 70 % waits would be nine times those at 90 %
MOST_RETENTION_PERCENT = 95  # waits are two fifths of those at 90 %; at 99 % they would be a fourteenth

__all__ = ["Memory", "Rating", "State", "brought_forward", "from_json", "intervals", "rated", "to_json", "unseen"]


def unseen(due: datetime) -> Memory:
    """The memory of an item before its first review."""
    return Card(card_id=0, due=_utc(due))  # an id of its own would cost a millisecond's sleep, and nobody reads it


def rated(memory: Memory, rating: Rating, at: datetime, retention_percent: int = RETENTION_PERCENT) -> Memory:
    """The memory after a review at this moment; the one given stays as it was."""
    return _scheduler(retention_percent).review_card(memory, rating, _utc(at))[0]


def intervals(memory: Memory, at: datetime, retention_percent: int) -> dict[Rating, timedelta]:
    """How long each rating at this moment puts the item off."""
    return {rating: rated(memory, rating, at, retention_percent).due - _utc(at) for rating in Rating}


def brought_forward(memory: Memory, due: datetime) -> Memory:
    """The same memory, due at this moment if it was due later."""
    sooner = copy(memory)
    sooner.due = min(memory.due, _utc(due))
    return sooner


def to_json(memory: Memory) -> dict[str, Any]:
    """The memory in the package's own form, as rows keep it."""
    return dict(memory.to_dict())


def from_json(kept: Mapping[str, Any]) -> Memory:
    """A memory that a row kept."""
    return Card.from_dict(kept)  # type: ignore[arg-type]  # what `to_json` wrote


@cache
def _scheduler(retention_percent: int) -> Scheduler:
    return Scheduler(desired_retention=retention_percent / 100, enable_fuzzing=False)


def _utc(at: datetime) -> datetime:
    """The package takes `datetime.UTC` and nothing equal to it; a database driver may bring a zone of its own."""
    return at.astimezone(UTC)
