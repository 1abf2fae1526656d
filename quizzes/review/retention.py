"""The one setting of review: how much of what comes back a learner wants to remember."""

import re

from learners.models import Learner
from quizzes.review.memory import LEAST_RETENTION_PERCENT, MOST_RETENTION_PERCENT
from quizzes.review.models import RetentionTarget

NUMBER = re.compile(r"\d{1,3}", re.ASCII)


class BadRetention(ValueError):
    """A target that cannot be used; the message names it, the bounds and what they mean."""


def read_retention(text: str) -> int:
    """The percent in a form's text. Raises BadRetention."""
    number = text.strip().removesuffix("%").strip()
    if not NUMBER.fullmatch(number):
        raise BadRetention(f"“{text.strip()[:20]}” is no whole number from 0 to 100. {_bounds()}")
    percent = int(number)
    if percent < LEAST_RETENTION_PERCENT:
        raise BadRetention(f"{percent} % is too little: more than one in five would be forgotten. {_bounds()}")
    if percent > MOST_RETENTION_PERCENT:
        raise BadRetention(f"{percent} % is too much: you would be asked all too often. {_bounds()}")
    return percent


def set_retention(learner: Learner, percent: int) -> None:
    """Keep the target. It counts from the next rating on; what is already put off stays where it is."""
    RetentionTarget.objects.update_or_create(learner=learner, defaults={"percent": percent})


def _bounds() -> str:
    return f"Write {LEAST_RETENTION_PERCENT} to {MOST_RETENTION_PERCENT}."
