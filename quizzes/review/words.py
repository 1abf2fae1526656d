"""Times as people say them: "10 min", "3 days"; "in 3 hours", "on Tuesday". Days begin at midnight UTC."""

from datetime import datetime, timedelta

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
DAYS_A_MONTH, DAYS_A_YEAR = 30.44, 365.25


def interval_in_words(interval: timedelta) -> str:
    """A length of time, short enough for a button."""
    if interval < HOUR:
        return f"{max(1, round(interval / MINUTE))} min"
    if interval < DAY:
        return f"{round(interval / HOUR)} h"
    days = round(interval / DAY)
    if days < 2 * DAYS_A_MONTH:
        return _counted(days, "day")
    if days < DAYS_A_YEAR:
        return _counted(round(days / DAYS_A_MONTH), "month")
    return f"{days / DAYS_A_YEAR:.1f} years"


def when_in_words(due: datetime, now: datetime) -> str:
    """When something is, as one would tell somebody who leaves: the hour today, else the day."""
    wait, days = due - now, (due.date() - now.date()).days
    if wait <= HOUR:
        return f"in {_counted(max(1, round(wait / MINUTE)), 'minute')}"
    if days == 0 or wait < 12 * HOUR:
        return f"in {_counted(round(wait / HOUR), 'hour')}"
    if days == 1:
        return "tomorrow"
    if days < 7:
        return f"on {due:%A}"
    return f"on {due.day} {due:%B}" if due.year == now.year else f"on {due.day} {due:%B %Y}"


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}{'' if count == 1 else 's'}"
