"""Which questions a sitting asks."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from random import Random

from quizzes.quiz import LEVELS, Question, Quiz
from quizzes.sittings.rules import PRACTICE_LENGTH, TOPIC_LENGTH

TYPES_TO_GRADE_ONESELF = ("card",)


def can_be_marked(question: Question) -> bool:
    """Whether the course, not the learner, says if an answer is right, for every learner alike."""
    return question.is_marked and question.type not in (*TYPES_TO_GRADE_ONESELF, "measured")


def for_test(quiz: Quiz, seed: int) -> list[str]:
    """As many questions as the quiz's tests draw, in a drawn order; questions of a group stay together."""
    random = Random(seed)
    questions = [question for question in quiz.questions if can_be_marked(question)]
    drawn = random.sample(questions, min(quiz.test_length, len(questions)))
    order = {question.id: place for place, question in enumerate(drawn)}

    def together(question: Question) -> tuple[int, int]:
        first = min(order[other.id] for other in drawn if other == question or _share_a_group(other, question))
        return first, order[question.id]

    return [question.id for question in sorted(drawn, key=together)]


def for_prediction(quiz: Quiz) -> list[str]:
    """Everything a learner can expect something of, in the author's order."""
    return [question.id for question in quiz.questions if question.type not in (*TYPES_TO_GRADE_ONESELF, "measured")]


def for_practice(quiz: Quiz, missed: Collection[str], last_seen: Mapping[str, datetime], seed: int) -> list[str]:
    """A few questions: those missed last time, those never seen, then those seen longest ago; drawn among equals."""
    random = Random(seed)
    questions = [question.id for question in quiz.questions if can_be_marked(question)]
    random.shuffle(questions)

    def urgency(question_id: str) -> tuple[bool, bool, float]:
        seen = last_seen.get(question_id)
        return question_id not in missed, seen is not None, seen.timestamp() if seen else 0.0

    chosen = sorted(questions, key=urgency)[:PRACTICE_LENGTH]
    random.shuffle(chosen)
    return chosen


def for_topic(quizzes: Sequence[Quiz], seed: int) -> list[str]:
    """Ten questions, as evenly over the levels as the quizzes allow, from easy to hard."""
    random = Random(seed)
    questions = [question for quiz in quizzes for question in quiz.questions if can_be_marked(question)]
    waiting = {level: [question for question in questions if question.level == level] for level in LEVELS}
    for of_level in waiting.values():
        random.shuffle(of_level)
    chosen: list[Question] = []
    while len(chosen) < TOPIC_LENGTH and any(waiting.values()):
        for level in ("medium", "easy", "hard"):
            if waiting[level] and len(chosen) < TOPIC_LENGTH:
                chosen.append(waiting[level].pop())
    return [question.id for level in LEVELS for question in chosen if question.level == level]


def _share_a_group(one: Question, other: Question) -> bool:
    return one.group is not None and one.group == other.group
