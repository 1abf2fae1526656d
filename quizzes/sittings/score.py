"""Points of a test.

A right answer is one point; a hint costs a quarter. Certainty adds to a bonus that as a whole never falls below zero,
so that it cannot cost a point. Its rates make the honest answer the best one: "fairly sure" pays above an even chance,
and "certain" pays more than "fairly sure" above four in five (0.2 p - 0.5 (1 - p) > 0.1 p - 0.1 (1 - p) for p > 0.8).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from quizzes.quiz import Try

HINT_COST = 0.25
BONUS = {1: (0.0, 0.0), 2: (0.1, -0.1), 3: (0.2, -0.5)}  # certainty: when right, when wrong


@dataclass(frozen=True)
class Score:
    """Points for answers out of `most`, and the bonus for knowing what one knows."""

    points: float
    most: int
    bonus: float

    @property
    def share(self) -> float:
        """The share of the points, bonus included, at most 1."""
        return min(1.0, (self.points + self.bonus) / self.most) if self.most else 0.0


def points_of(answer: Try | None) -> float:
    """What one answer is worth."""
    if answer is None or not answer.right:
        return 0.0
    return 1.0 - HINT_COST if answer.hinted else 1.0


def score_of(answers: Iterable[Try | None]) -> Score:
    """The score over all marked questions; None stands for one that was not answered."""
    listed = list(answers)
    bonus = sum(BONUS[answer.certainty][0 if answer.right else 1] for answer in listed if answer and answer.certainty)
    return Score(sum(points_of(answer) for answer in listed), len(listed), round(max(0.0, bonus), 2))
