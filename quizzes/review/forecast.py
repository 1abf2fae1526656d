"""How many items the next days will ask for."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from quizzes.review.memory import Memory, Rating, rated

DAYS = 14


@dataclass(frozen=True)
class Day:
    """One day of the forecast. `share` is its load in percent of the fullest day's, for its bar."""

    date: date
    items: int
    share: int


def forecast(memories: Iterable[Memory], now: datetime, retention_percent: int) -> list[Day]:
    """The items to review on each of the next DAYS days (of UTC), each item once a day.

    Every item is followed through all its reviews in that time as if it were rated good the moment it is due; what is
    forgotten comes back sooner, what is rated easy later. What is overdue counts for today.
    """
    days = [now.date() + timedelta(days=ahead) for ahead in range(DAYS)]
    load = Counter(day for memory in memories for day in _days_of(memory, now, days[-1], retention_percent))
    fullest = max(load.values(), default=1)
    return [Day(day, load[day], round(100 * load[day] / fullest)) for day in days]


def _days_of(memory: Memory, now: datetime, last: date, retention_percent: int) -> set[date]:
    days = set()
    at = max(memory.due, now)
    while at.date() <= last:
        days.add(at.date())
        memory = rated(memory, Rating.Good, at, retention_percent)
        at = memory.due
    return days
