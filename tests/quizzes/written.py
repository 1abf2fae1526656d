"""One question at a time, as Otto writes it, for the tests of the question types."""

from pathlib import Path

from quizzes.parser import Reading, read_quiz_text
from quizzes.quiz import Body, Try
from quizzes.writer import write_quiz

PATH = Path("quizzes/content/weather.md")
HEAD = "---\ntitle: Weather\nlesson: first-weather\n---\n\n## wind\n"
FIRST_LINE = 10  # of the answer part, without fields of the type's own


def read_answer(kind: str, answer: str, fields: str = "", path: Path = PATH, solution: str = "> It is so.") -> Reading:
    """What is read from a question of this type; `fields` are lines of the type's own."""
    own = f"{fields.strip()}\n" if fields else ""
    text = (
        f"type: {kind}\ntopic: Where wind goes\nlevel: easy\n{own}\nHow does the wind blow?\n{answer.strip(chr(10))}\n"
    )
    return read_quiz_text(f"{HEAD}{text}\n{solution}\n", path)


def body_of(kind: str, answer: str, fields: str = "", path: Path = PATH) -> Body:
    """The body of a question without mistakes; written and read again it is the same."""
    reading = read_answer(kind, answer, fields, path)
    assert reading.problems == ()
    assert reading.quiz
    assert read_quiz_text(write_quiz(reading.quiz), path).quiz == reading.quiz
    return reading.quiz.questions[0].body


def told(kind: str, answer: str, fields: str = "", path: Path = PATH) -> list[str]:
    """What Otto is told, as line: message, lines counted from the first of the answer part; remedies are there."""
    reading = read_answer(kind, answer, fields, path)
    assert all(problem.hint for problem in reading.problems)
    assert reading.quiz is None, "a question with a mistake is not given"
    first = FIRST_LINE + len(fields.strip().splitlines()) + 2
    return [f"{problem.line - first + 1}: {problem.message}" for problem in reading.problems]


def mark(body: Body, given: str) -> str:
    """What becomes of an answer: why it cannot be marked, or "right", or the id of a foreseen miss, or "other"."""
    if objection := body.objection(given):
        return objection
    picked = body.picks(given)
    assert body.is_right(given) == (picked == ["key"])
    return "right" if body.is_right(given) else picked[0]


def tries(body: Body, *given: str) -> list[Try]:
    """Answers as they would have been counted."""
    return [Try(answer, body.is_right(answer)) for answer in given]
