"""A learner's calibration: how often they were right when they said how sure they were."""

from dataclasses import dataclass

from django.db.models import Count, Q

from learners.certainty import CERTAINTY
from learners.models import Learner
from quizzes.models import Answer, Attempt

FEWEST = 5  # below this a share says nothing
# Where saying the word is the best choice under the rates of a test's bonus (quizzes/sittings/score.py).
FITS = {1: (0.0, 0.5), 2: (0.5, 0.8), 3: (0.8, 1.0)}


@dataclass(frozen=True)
class Level:
    """One of the words: how often it was said, how often rightly, and the shares (0 to 1) that fit it."""

    words: str
    said: int
    right: int
    fits: tuple[float, float]

    @property
    def percent(self) -> int:
        """The share that was right."""
        return round(100 * self.right / self.said) if self.said else 0

    @property
    def bounds(self) -> tuple[int, int]:
        """The fitting shares in percent."""
        return round(100 * self.fits[0]), round(100 * self.fits[1])

    @property
    def span(self) -> int:
        """How wide the fitting shares are, in percent."""
        return self.bounds[1] - self.bounds[0]

    @property
    def verdict(self) -> str:
        """What the figures say of the word."""
        if self.said < FEWEST:
            return f"Too few to tell: {self.said} of {FEWEST}."
        share, (low, high) = self.right / self.said, self.fits
        if share < low:
            return "You are right less often than the word says."
        return "You know more than you say." if share > high else "The word fits."


def levels(learner: Learner | None) -> list[Level]:
    """The three words, over the first tries of all marked answers. One query."""
    said = Count("pk")
    right = Count("pk", filter=Q(correct=True))
    own = Answer.objects.filter(attempt__learner=learner, try_number=1, certainty__gt=0)
    marked = own.exclude(attempt__mode=Attempt.Mode.PREDICTION)
    rows = {row["certainty"]: row for row in marked.values("certainty").annotate(said=said, right=right)}
    empty = {"said": 0, "right": 0}
    found = ((level, words, rows.get(level, empty)) for level, words in CERTAINTY.items())
    return [Level(words, row["said"], row["right"], FITS[level]) for level, words, row in found]
