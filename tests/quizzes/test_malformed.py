"""A folder of malformed quizzes: beside each, what Otto is told of it, and which questions are given all the same.

`given:` names the questions that get through. Then each problem: its line, what is wrong, and below it the remedy.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from quizzes.parser import read_quiz

FOLDER = Path(__file__).parent / "malformed"
FILES = sorted(FOLDER.glob("*.md"))


def reading_in_words(path: Path) -> str:
    """What came out of a file, in the form of the texts beside them."""
    reading = read_quiz(path)
    given = ", ".join(question.id for question in reading.quiz.questions) if reading.quiz else "nothing"
    problems = (f"{problem.line}: {problem.message}\n    {problem.hint}\n" for problem in reading.problems)
    return f"given: {given}\n{''.join(problems)}"


@pytest.mark.parametrize("change", [lambda text: b"\xef\xbb\xbf" + text, lambda text: text.replace(b"\n", b"\r\n")])
def test_a_file_of_another_editor_is_read_as_any_other(change: Callable[[bytes], bytes], tmp_path: Path) -> None:
    """With a byte order mark, or with the line ends of Windows."""
    path = tmp_path / "prompt-asks-nothing.md"
    path.write_bytes(change((FOLDER / path.name).read_bytes()))
    assert reading_in_words(path) == (FOLDER / path.name).with_suffix(".txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_malformed_file_is_told_with_lines_and_remedies(path: Path) -> None:
    expected = path.with_suffix(".txt").read_text(encoding="utf-8")
    assert expected.count("\n") > 1, "every file of this folder has a problem"
    assert reading_in_words(path) == expected


@pytest.mark.parametrize(
    "path", [path for path in FILES if b"## good" in path.read_bytes()], ids=lambda path: path.stem
)
def test_one_bad_question_takes_no_good_one_with_it(path: Path) -> None:
    quiz = read_quiz(path).quiz
    good = quiz.find("good") if quiz else None
    assert good
    assert good.body.is_right("list")
