"""A class of learners who do not exist: how strong each is, what each answers, and which questions were spoilt.

Rasch 1960: who is `strength` strong is right on a question of some `difficulty` with probability
1 / (1 + exp(difficulty - strength)). Difficulties are drawn so that 35 to 60 % are right, and wrong answers spread over
the distractors evenly: a question that is not spoilt is a sound one by every rule of `suspects`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from random import Random

from django.http import QueryDict

from quizzes.quiz import Question, Quiz
from quizzes.statistics.replies import replies_to
from quizzes.statistics.suspects import DEAD_DISTRACTOR, LOW, TOO_EASY, WRONG_KEY, Rule

SPREAD_OF_STRENGTH = 1.5
DIFFICULTIES = (-0.4, 0.8)
FEWEST_SOUND = 4
SPOILT = (WRONG_KEY, TOO_EASY, DEAD_DISTRACTOR, LOW)
MEDIAN_MS, SPREAD_OF_TIME = 25_000, 0.6


@dataclass(frozen=True)
class Reply:
    """One answer: the fields of the form, and which wrong one it is (None when it is the key)."""

    fields: QueryDict
    wrong: int | None


class SimulatedClass:
    """Learners and questions as one seed makes them. The same seed makes the same class, answer by answer."""

    def __init__(self, quizzes: Sequence[Quiz], learners: int, seed: int) -> None:
        """`quizzes` are cut down to the questions that can be answered without a run of one's own."""
        self.seed = seed
        self.replies = {
            question.id: replies for quiz in quizzes for question in quiz.questions if (replies := replies_to(question))
        }
        self.quizzes = [cut for quiz in quizzes if (cut := self._cut_down(quiz)).questions]
        self.left_out = sum(len(quiz.questions) for quiz in quizzes) - len(self.replies)
        self.difficulties = {id: Random(f"{seed}:{id}").uniform(*DIFFICULTIES) for id in self.replies}
        self.strengths = [Random(f"{seed}:learner:{number}").gauss(0, SPREAD_OF_STRENGTH) for number in range(learners)]

    @cached_property
    def spoilt(self) -> dict[str, Rule]:
        """The question ids that were spoilt, and the rule that should find each. In every quiz most stay sound."""
        found: dict[str, Rule] = {}
        rules = list(SPOILT)
        for quiz in self.quizzes:
            fit = [question for question in quiz.questions if _can_be_spoilt(question)]
            Random(f"{self.seed}:{quiz.slug}").shuffle(fit)
            for question in fit[: len(quiz.questions) // (FEWEST_SOUND + 1)]:
                if rules:
                    found[question.id] = rules.pop(0)
        return found

    def first_reply(self, question: Question, learner: int) -> Reply:
        """What a learner answers at the first try."""
        random = Random(f"{self.seed}:{learner}:{question.id}")
        replies = self.replies[question.id]
        wrong = self._chosen(question, self.knows(question, learner), len(replies.wrong), random)
        return Reply(replies.right if wrong is None else replies.wrong[wrong], wrong)

    def second_reply(self, question: Question, learner: int, first: Reply) -> Reply:
        """What a learner answers after a miss: now and then another wrong answer."""
        replies = self.replies[question.id]
        others = [number for number in range(len(replies.wrong)) if number != first.wrong]
        random = Random(f"{self.seed}:{learner}:{question.id}:again")
        wrong = random.choice(others) if others and random.random() > self.knows(question, learner) else None
        return Reply(replies.right if wrong is None else replies.wrong[wrong], wrong)

    def knows(self, question: Question, learner: int) -> float:
        """The probability that a learner knows it."""
        return 1 / (1 + math.exp(self.difficulties[question.id] - self.strengths[learner]))

    def certainty(self, question: Question, learner: int) -> int:
        """How sure a learner says to be: 0 not said, 1 to 3."""
        random = Random(f"{self.seed}:{learner}:{question.id}:sure")
        knows = self.knows(question, learner)
        return random.choice((0, 1 + (knows > 0.4) + (knows > 0.7)))

    def took_ms(self, question: Question, learner: int) -> int:
        """How long a learner takes."""
        random = Random(f"{self.seed}:{learner}:{question.id}:time")
        return round(MEDIAN_MS * math.exp(random.gauss(0, SPREAD_OF_TIME)))

    def _cut_down(self, quiz: Quiz) -> Quiz:
        return replace(quiz, questions=tuple(question for question in quiz.questions if question.id in self.replies))

    def _chosen(self, question: Question, knows: float, wrong: int, random: Random) -> int | None:
        """Which wrong answer, or None for the key, according to how the question is spoilt."""
        rule = self.spoilt.get(question.id)
        if rule is TOO_EASY:
            return None
        if rule is WRONG_KEY:
            return 0 if random.random() < knows else random.choice([None, *range(1, wrong)])
        if random.random() < (0.5 if rule is LOW else knows):
            return None
        return random.randrange(wrong - 1 if rule is DEAD_DISTRACTOR else wrong)


def _can_be_spoilt(question: Question) -> bool:
    return question.type == "one" and len(question.body.options()) > 2
