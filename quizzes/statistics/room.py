"""Filling a room: simulated learners answer the course's own quizzes, marked as anybody's answers are."""

from collections.abc import Iterator

from django.db import transaction

from learners.models import Learner
from quizzes.marking import submit
from quizzes.quiz import Question, Quiz
from quizzes.sheet import seal
from quizzes.statistics.counting import counted_as_simulated
from quizzes.statistics.simulated import simulated_id
from quizzes.statistics.simulation import Reply, SimulatedClass


def fill(room: SimulatedClass) -> Iterator[int]:
    """Let the learners answer, one after the other; yields how many are done. What they answer counts apart."""
    for number in range(len(room.strengths)):
        with transaction.atomic(), counted_as_simulated():
            learner = Learner.objects.create(pk=simulated_id(number))
            for quiz in room.quizzes:
                for question in quiz.questions:
                    _answer(room, learner, number, quiz, question)
        yield number + 1


def _answer(room: SimulatedClass, learner: Learner, number: int, quiz: Quiz, question: Question) -> None:
    first = room.first_reply(question, number)
    about = {
        "certainty": str(room.certainty(question, number)),
        "took_ms": str(room.took_ms(question, number)),
    }
    _send(learner, quiz, question, first, about | {"try": "1"})
    if first.wrong is not None:
        _send(learner, quiz, question, room.second_reply(question, number, first), {"try": "2"})


def _send(learner: Learner, quiz: Quiz, question: Question, reply: Reply, about: dict[str, str]) -> None:
    post = reply.fields.copy()
    post.update(about | {"seal": seal(question), "round": "1"})
    submit(learner, lambda: learner, quiz, question, post)
