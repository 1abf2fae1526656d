"""A quiz of this course as the questions that formats write."""

from collections.abc import Callable

from quizzes.exchange.bodies import part_of
from quizzes.exchange.format import Written
from quizzes.exchange.items import Bank, Group, Item
from quizzes.quiz import Question, Quiz


def bank_of(quiz: Quiz) -> Bank:
    """The whole quiz; of a question with variants the first."""
    length = quiz.test_length if quiz.test_length != len(quiz.questions) else 0
    items = tuple(map(_item, quiz.questions))
    return Bank(items, quiz.slug, quiz.title, quiz.intro, quiz.lesson, quiz.lab, quiz.modes, length)


def from_bank(write: Callable[[Bank], Written]) -> Callable[[Quiz], Written]:
    """A writer of banks as one of quizzes."""
    return lambda quiz: write(bank_of(quiz))


def _item(question: Question) -> Item:
    group = question.group
    return Item(
        part_of(question.type, question.body),
        question.prompt,
        question.id,
        question.topic,
        question.level,
        question.hint,
        question.variants[0].solution,
        question.read,
        question.shuffle,
        Group(group.id, group.text) if group else None,
        len(question.variants),
        question.line,
    )
