"""What became of a question when its text was changed: the figures before and after."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from quizzes.statistics import intervals
from quizzes.statistics.reading import Figures

FEWEST = 30


@dataclass(frozen=True)
class Change:
    """Two versions of a question, one used after the other."""

    before: Figures
    after: Figures

    @property
    def words(self) -> str:
        """What happened to the share that is right, and whether chance could have done it."""
        fewer = min(self.before.asked, self.after.asked)
        if fewer < FEWEST:
            return f"Too early to compare: {fewer} answers to one of the two texts, {FEWEST} are needed."
        points, low, high = (round(100 * share) for share in self._difference())
        said = f"{points:+d} points right at once, with 95 % confidence {low:+d} to {high:+d}"
        return f"{said}: chance alone could have done that." if low <= 0 <= high else f"{said}."

    def _difference(self) -> tuple[float, float, float]:
        """After minus before, and its interval (Newcombe 1998, method 10: from the Wilson intervals of both)."""
        p, q = self.before.right / self.before.asked, self.after.right / self.after.asked
        p_low, p_high = intervals.of_share(self.before.right, self.before.asked)
        q_low, q_high = intervals.of_share(self.after.right, self.after.asked)
        difference = q - p
        return (
            difference,
            difference - math.hypot(q - q_low, p_high - p),
            difference + math.hypot(q_high - q, p - p_low),
        )


def changes(versions: Sequence[Figures]) -> list[Change]:
    """Each change of the text, in order."""
    return [Change(before, after) for before, after in pairwise(versions)]
