"""Ada predicts what programs print; every mark in these tables was made by hand."""

from pathlib import Path

import pytest
from django.http import QueryDict

from tests.quizzes.written import body_of, mark, told, tries

PROGRAM = 'print(["a", 1])\nprint(b"x")\n'
TWO_LINES = """
=
  ['a', 1]
  b'x'
~
  ['a', 1]
  x
  believes: print decodes bytes
  > It prints their repr: why-bytes.
"""
NOTHING = "Nothing is written. Type what the program prints, line by line, then press Answer."
LONG = "Your answer is 2001 characters long, and the program prints far less. Shorten it to 2000 characters."
MARKS = [
    ("['a', 1]\nb'x'", "right"),
    ("['a',1]\nb'x'", "right"),
    ('["a", 1]\nb"x"', "right"),
    ("[\u2018a\u2019, 1]\nb\u201cx\u201d", "right"),
    ("  [ 'a' , 1 ]\n\tb'x'\n", "right"),
    ("['a', 1] b'x'", "other"),
    ("['A', 1]\nb'x'", "other"),
    ("b'x'\n['a', 1]", "other"),
    ("['a', 1]\n\nb'x'", "other"),
    ("['a', 1]\nx", "miss-1"),
    ("", NOTHING),
    (" \n ", NOTHING),
    ("x" * 2001, LONG),
    ("a\0", "Your answer holds characters that cannot be typed. Type it anew instead of pasting it."),
]


@pytest.fixture
def quiz_path(tmp_path: Path) -> Path:
    """A place for quizzes with one program."""
    (tmp_path / "programs").mkdir()
    (tmp_path / "programs" / "two.py").write_text(PROGRAM, encoding="utf-8")
    return tmp_path / "weather.md"


@pytest.mark.parametrize(("given", "expected"), MARKS)
def test_marks(quiz_path: Path, given: str, expected: str) -> None:
    assert mark(body_of("output", TWO_LINES, "program: two.py", quiz_path), given) == expected


def test_what_a_browser_sends_is_kept_line_by_line(quiz_path: Path) -> None:
    body = body_of("output", TWO_LINES, "program: two.py", quiz_path)
    sent = QueryDict(mutable=True)
    sent["answer"] = "\r\n  a  \r\n b\r\n"
    assert body.given_from(sent) == "  a\n b"


def test_the_program_is_shown_and_its_text_is_part_of_the_version(quiz_path: Path) -> None:
    body = body_of("output", TWO_LINES, "program: two.py", quiz_path)
    shown = body.open_shown([])
    assert isinstance(shown, dict)
    assert "two.py" in shown["code"]
    assert "b&quot;x&quot;" in shown["code"]
    (quiz_path.parent / "programs" / "two.py").write_text(PROGRAM.replace("b", ""), encoding="utf-8")
    assert body_of("output", TWO_LINES, "program: two.py", quiz_path).fingerprint() != body.fingerprint()


def test_after_a_miss_the_answer_stays_to_be_corrected_and_the_key_is_not_there(quiz_path: Path) -> None:
    body = body_of("output", TWO_LINES, "program: two.py", quiz_path)
    shown = body.open_shown(tries(body, "['a', 1]\nx"))
    assert isinstance(shown, dict)
    assert shown["last"] == "['a', 1]\nx"
    assert "b&#x27;x" not in str(shown["missed"])
    assert "why-bytes" in body.said_about("['a', 1]\nx")


def test_a_closed_question_explains_everything(quiz_path: Path) -> None:
    body = body_of("output", TWO_LINES, "program: two.py", quiz_path)
    shown = str(body.closed_shown(tries(body, "1", "2")))
    for words in ("b&#x27;x&#x27;", "Right answer", "Your first answer", "Your second answer", "why-bytes"):
        assert words in shown


@pytest.mark.parametrize(
    ("answer", "fields", "expected"),
    [
        ("= 1", "", ["1: The question names no program."]),
        ("= 1", "program: tow.py", ["1: There is no readable program tow.py in programs/."]),
        ("= 1", "program: ../two.py", ["1: “../two.py” cannot be the name of a program."]),
        ("= 1\n= 2", "program: two.py", ["2: A second output."]),
        ("= 'a'\n~ \"a\"\n  believes: b\n  > e", "program: two.py", ["2: “\"a\"” means the same as “'a'” in line 13."]),
        ("=", "program: two.py", ["1: This answer is empty."]),
    ],
)
def test_each_mistake_of_otto_is_told(quiz_path: Path, answer: str, fields: str, expected: list[str]) -> None:
    assert told("output", answer, fields, quiz_path) == expected
