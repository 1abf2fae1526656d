"""The quiz of the first lesson: five questions that cannot be answered by their looks."""

from pathlib import Path

import pytest

import quizzes
from quizzes.parser import read_quiz
from quizzes.quiz import Option, Question, Quiz

CONTENT = Path(quizzes.__file__).parent / "content"


@pytest.fixture(scope="module")
def quiz() -> Quiz:
    """As it is shipped."""
    reading = read_quiz(CONTENT / "redis-as-a-message-broker.md")
    assert reading.problems == ()
    assert reading.quiz
    return reading.quiz


def test_it_has_five_questions_and_leads_to_lesson_and_lab(quiz: Quiz) -> None:
    assert len(quiz.questions) == 5
    assert (quiz.lesson, quiz.lab) == ("redis-as-a-message-broker", "email-in-request")


def test_the_first_question_parts_the_true_half_from_the_false_half(quiz: Quiz) -> None:
    options = {option.id: option.is_key for option in quiz.questions[0].body.options()}
    assert options == {
        "page-slower": False,
        "main-thread-freed": False,
        "answer-sooner": True,
        "more-reflows": False,
        "blocked-until-done": False,
    }


@pytest.mark.parametrize(
    "guess",
    [
        lambda options: max(options, key=lambda option: len(option.text)),
        lambda options: min(options, key=lambda option: len(option.text)),
        lambda options: options[0],
        lambda options: options[-1],
    ],
    ids=["longest", "shortest", "first", "last"],
)
def test_guessing_by_looks_does_not_pay(quiz: Quiz, guess) -> None:
    hits = sum(guess(list(question.body.options())).is_key for question in quiz.questions)
    assert hits <= 2


def test_options_of_a_question_are_of_similar_length(quiz: Quiz) -> None:
    def lengths(question: Question) -> list[int]:
        return [len(option.text) for option in question.body.options()]

    assert all(max(lengths(question)) <= 1.3 * min(lengths(question)) for question in quiz.questions)


def test_explanations_say_more_than_right_or_wrong(quiz: Quiz) -> None:
    options: list[Option] = [option for question in quiz.questions for option in question.body.options()]
    assert all(len(option.explanation.split()) >= 15 for option in options)
