"""All quizzes of the course, read from settings.QUIZZES_DIR: once, or again after each edit while an author works."""

from functools import cache
from pathlib import Path

from django.conf import settings

from authoring.problems import Problem
from quizzes.parser import Reading, read_quiz
from quizzes.quiz import Quiz

CONTENT: Path = settings.QUIZZES_DIR


def all_quizzes() -> list[Quiz]:
    """Every quiz that can be given, by its lesson, its place and its slug."""
    quizzes = [reading.quiz for reading in _readings() if reading.quiz]
    return sorted(quizzes, key=lambda quiz: (quiz.lesson, quiz.place, quiz.slug))


def find(slug: str) -> Quiz | None:
    """The quiz with this slug."""
    return next((quiz for quiz in all_quizzes() if quiz.slug == slug), None)


def content_problems(quiz: Quiz | None = None) -> list[Problem]:
    """What is wrong with the text of one quiz, or of any."""
    found = [problem for reading in _readings() for problem in reading.problems]
    return [problem for problem in found if quiz is None or problem.path == quiz.path]


def quiz_addresses() -> list[str]:
    """The address of every quiz."""
    return [f"/quizzes/{quiz.slug}/" for quiz in all_quizzes()]


def question_addresses() -> list[str]:
    """The address of every question."""
    return [f"/quizzes/{quiz.slug}/{question.id}/" for quiz in all_quizzes() for question in quiz.questions]


def texts_version() -> str:
    """Differs after each change of a quiz."""
    return ";".join(f"{path.name}:{path.stat().st_mtime_ns}" for path in sorted(CONTENT.glob("*.md")))


def _readings() -> list[Reading]:
    paths = sorted(CONTENT.glob("*.md"))
    return [_read(path, path.stat().st_mtime_ns if settings.AUTHOR else 0) for path in paths]


@cache
def _read(path: Path, changed_ns: int) -> Reading:
    return read_quiz(path)
