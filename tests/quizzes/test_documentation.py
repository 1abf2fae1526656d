"""What docs/questions.md shows is what the reader takes."""

from pathlib import Path

import pytest

from quizzes.parser import Reading, read_quiz_text
from quizzes.types import question_types

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs/questions.md").read_text(encoding="utf-8")
HEAD = "---\ntitle: Shown\nlesson: shown\n---\n"


def examples() -> list[str]:
    """Every indented example, its indentation taken off."""
    found: list[list[str]] = [[]]
    for line in TEXT.split("\n"):
        if line.startswith("    ") or (not line.strip() and found[-1]):
            found[-1].append(line[4:])
        elif found[-1]:
            found.append([])
    return ["\n".join(lines).strip() for lines in found if lines]


def read(example: str) -> Reading:
    text = example if example.startswith("---") else f"{HEAD}\n{example}"
    return read_quiz_text(f"{text}\n", Path("quizzes/content/shown.md"))


QUESTIONS = [text for text in examples() if text.startswith("## ")]


@pytest.mark.parametrize("example", QUESTIONS, ids=lambda text: text[3:20])
def test_every_example_is_a_good_question(example: str) -> None:
    reading = read(example)
    assert reading.problems == ()
    assert reading.quiz
    assert len(reading.quiz.questions) == 1


def test_the_front_matter_shown_is_read_as_it_stands() -> None:
    question = next(text for text in examples() if text.startswith("## where-found"))
    quiz = read(f"{examples()[0]}\n\n{question}").quiz
    assert quiz
    assert (quiz.modes, quiz.place, quiz.lab) == (("check", "practice", "test", "prediction"), 3, "email-in-request")


@pytest.mark.parametrize("name", sorted(question_types()))
def test_every_type_is_described(name: str) -> None:
    assert f"**{name}**:" in TEXT or name == "one"
