"""How firm a topic is, estimated from ten answers, and how much ten answers can say.

The model is Rasch's with a floor for guessing (Birnbaum's third parameter): easy, medium and hard questions lie one
logit apart; somebody who knows nothing still chooses right once in as many times as there are options. Where the
learner stands is unknown beforehand (normal, two logits wide); the answers narrow it down. What is reported is not the
position but what it means: the share of all this topic's questions that one would answer right, with the interval that
holds it in four of five cases.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from quizzes.quiz import Question

DIFFICULTY = {"easy": -1.0, "medium": 0.0, "hard": 1.0}
PRIOR_SD = 2.0
GRID = [step / 10 for step in range(-60, 61)]
INTERVAL = (0.1, 0.9)


@dataclass(frozen=True)
class Firmness:
    """Shares of the topic's questions one would answer right, 0 to 1: the estimate, and the ends of its interval."""

    share: float
    low: float
    high: float

    @property
    def in_words(self) -> str:
        """One word for the whole interval, where it allows one."""
        if self.low >= 0.8:
            return "firm"
        if self.high <= 0.5:
            return "not there yet"
        return "getting firm" if self.share >= 0.65 else "half way"


def firmness_of(answered: Sequence[tuple[Question, bool]], bank: Sequence[Question]) -> Firmness:
    """From marked answers (question, right or not) to a statement over the whole bank. `bank` is not empty."""
    weights = [_weight(position, answered) for position in GRID]
    shares = [_share(position, bank) for position in GRID]
    total = sum(weights)
    estimate = sum(weight * share for weight, share in zip(weights, shares, strict=True)) / total
    low, high = (_quantile(weights, shares, total * at) for at in INTERVAL)
    return Firmness(estimate, low, high)


def chance(position: float, question: Question) -> float:
    """The chance that somebody at this position, in logits, answers the question right."""
    floor = _guessed(question)
    return floor + (1 - floor) / (1 + math.exp(DIFFICULTY[question.level] - position))


def _guessed(question: Question) -> float:
    options = question.body.options()
    keys = sum(option.is_key for option in options)
    return 1 / len(options) if keys == 1 else 0.0


def _weight(position: float, answered: Sequence[tuple[Question, bool]]) -> float:
    weight = math.exp(-((position / PRIOR_SD) ** 2) / 2)
    for question, right in answered:
        p = chance(position, question)
        weight *= p if right else 1 - p
    return weight


def _share(position: float, bank: Sequence[Question]) -> float:
    return sum(chance(position, question) for question in bank) / len(bank)


def _quantile(weights: Sequence[float], shares: Sequence[float], target: float) -> float:
    passed = 0.0
    for weight, share in zip(weights, shares, strict=True):
        passed += weight
        if passed >= target:
            return share
    return shares[-1]
