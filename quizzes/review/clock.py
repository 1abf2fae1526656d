"""The time that reviews go by, in one place so that a test can be in the middle of next week."""

from datetime import UTC, datetime


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)
