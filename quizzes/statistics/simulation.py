"""A class of learners who do not exist: how strong each is, what each answers, and which questions were spoilt.

Rasch 1960: who is `strength` strong is right on a question of some `difficulty` with probability
1 / (1 + exp(difficulty - strength)). Strengths are spread as in a normal distribution, one learner at each of as many
even steps, so that a class of thirty has its weak and its strong whatever the seed. Difficulties are drawn so that 35
to 60 % are right, and wrong answers spread over the distractors evenly: a question that is not spoilt is a sound one
by every rule of `suspects`.

Who falls for a spoilt question depends on the learner's place in the class, not on luck:

- miskeyed: all but the weakest tenth give the right answer, which is marked wrong;
- too easy: nobody misses it;
- dead distractor: only the strongest sixth are right, and nobody picks the last distractor;
- punishing: the weaker half is right, and the stronger half reads more into it.
"""

import math
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from random import Random
from statistics import NormalDist

from django.http import QueryDict

from quizzes.quiz import Question, Quiz
from quizzes.statistics.replies import replies_to
from quizzes.statistics.suspects import DEAD_DISTRACTOR, NEGATIVE, TOO_EASY, WRONG_KEY, Rule

STRENGTHS = NormalDist(0, 1.5)
DIFFICULTIES = (-0.4, 0.8)
FEWEST_SOUND = 4
SPOILT = {NEGATIVE: "hard", WRONG_KEY: "easy", DEAD_DISTRACTOR: "hard", TOO_EASY: "easy"}
"""Which rule each spoilt question breaks, and of which level it is. The first needs the longest quiz."""
DISTRACTORS = (2, 3)
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
        self.strengths = [STRENGTHS.inv_cdf((number + 0.5) / learners) for number in range(learners)]

    @cached_property
    def spoilt(self) -> dict[str, Rule]:
        """The question ids that were spoilt, and the rule that should find each: the same for every seed.

        Each is the first of its level in the longest quiz with fewest of them. In every quiz most questions stay sound;
        where no quiz is long enough, fewer are spoilt.
        """
        found: dict[str, Rule] = {}
        for rule, level in SPOILT.items():
            places = [(quiz, fit[0]) for quiz in self.quizzes if (fit := _fit(quiz, level, found))]
            if places:
                _, question = min(places, key=lambda place: (_count(place[0], found), -len(place[0].questions)))
                found[question.id] = rule
        return found

    def first_reply(self, question: Question, learner: int) -> Reply:
        """What a learner answers at the first try."""
        random = Random(f"{self.seed}:{learner}:{question.id}")
        replies = self.replies[question.id]
        wrong = self._chosen(question, learner, len(replies.wrong), random)
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

    def _chosen(self, question: Question, learner: int, wrong: int, random: Random) -> int | None:
        """Which wrong answer, or None for the key, according to how the question is spoilt."""
        rule, place = self.spoilt.get(question.id), (learner + 0.5) / len(self.strengths)
        if rule is TOO_EASY:
            return None
        if rule is WRONG_KEY:
            return 0 if place > 1 / 10 else random.choice([None, *range(1, wrong)])
        if rule is NEGATIVE:
            return learner % wrong if place > 1 / 2 else None
        if rule is DEAD_DISTRACTOR:
            return None if place > 5 / 6 else learner % (wrong - 1)
        return None if random.random() < self.knows(question, learner) else random.randrange(wrong)


def _fit(quiz: Quiz, level: str, spoilt: Container[str]) -> list[Question]:
    """The questions of a quiz that can be spoilt at this level: none when it has its share of spoilt ones."""
    if (_count(quiz, spoilt) + 1) * (FEWEST_SOUND + 1) > len(quiz.questions):
        return []
    return [one for one in quiz.questions if one.level == level and one.id not in spoilt and _can_be_spoilt(one)]


def _count(quiz: Quiz, spoilt: Container[str]) -> int:
    return sum(question.id in spoilt for question in quiz.questions)


def _can_be_spoilt(question: Question) -> bool:
    """Options to choose one from: enough to leave one out, and few enough that thirty learners show which."""
    return question.type == "one" and len(question.body.options()) - 1 in DISTRACTORS
