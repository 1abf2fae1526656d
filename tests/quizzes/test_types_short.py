"""Ada types words; every mark in these tables was made by hand."""

import pytest

from tests.quizzes.written import body_of, mark, told, tries

COMMAND = """
= LPUSH
= redis.lpush
~ RPUSH
  believes: new messages are put where the worker takes them
  > The worker takes from the right: why-right.
"""
NOTHING = "Nothing is written. Type your answer, then press Answer."
MARKS = [
    (COMMAND, "", "LPUSH", "right"),
    (COMMAND, "", "lpush", "right"),
    (COMMAND, "", "  Lpush. ", "right"),
    (COMMAND, "", "`LPUSH`", "right"),
    (COMMAND, "", "“lpush”.", "right"),
    (COMMAND, "", "'LPUSH.'", "right"),
    (COMMAND, "", "Redis.LPush", "right"),
    (COMMAND, "", "redis . lpush", "other"),
    (COMMAND, "", "L PUSH", "other"),
    (COMMAND, "", "rpush", "miss-1"),
    (COMMAND, "", "“RPUSH”", "miss-1"),
    (COMMAND, "", "SADD", "other"),
    (COMMAND, "", "", NOTHING),
    (COMMAND, "", " ... ''", NOTHING),
    (COMMAND, "", "x" * 201, "Your answer is 201 characters long. A few words are enough: up to 200 characters."),
    (COMMAND, "", "LP\0USH", "Your answer holds characters that cannot be typed. Type it anew instead of pasting it."),
    ("= at least once", "", "At  least\tonce", "right"),
    ("= at least once", "", "at-least-once", "other"),
    ("= --pool=solo", "", "—pool=solo", "right"),
    ("= don't", "", "don\u2019t", "right"),
    ("= Straße", "", "STRASSE", "right"),
    ("= LPUSH", "case: yes", "LPUSH", "right"),
    ("= LPUSH", "case: yes", "lpush", "other"),
    ("= LPUSH", "case: no", "lpush", "right"),
]


@pytest.mark.parametrize(("answer", "fields", "given", "expected"), MARKS)
def test_marks(answer: str, fields: str, given: str, expected: str) -> None:
    assert mark(body_of("short", answer, fields), given) == expected


def test_a_known_miss_says_its_own_explanation_and_any_other_text_none() -> None:
    body = body_of("short", COMMAND)
    assert "why-right" in body.said_about("rpush")
    assert body.said_about("SADD") == ""


def test_an_open_question_shows_what_ada_wrote_and_nothing_of_the_key() -> None:
    body = body_of("short", COMMAND)
    shown = str(body.open_shown(tries(body, "<b>SADD</b>")))
    assert "&lt;b&gt;SADD" in shown
    assert "push" not in shown.lower()


def test_a_closed_question_explains_everything() -> None:
    body = body_of("short", COMMAND)
    rows = str(body.closed_shown(tries(body, "SADD", "HSET")))
    for words in ("LPUSH", "Also accepted: redis.lpush", "RPUSH", "why-right", "Your first answer", "HSET"):
        assert words in rows


@pytest.mark.parametrize(
    ("answer", "fields", "expected"),
    [
        ("= LPUSH\n= lpush.", "", ["2: “lpush.” means the same as “LPUSH” in line 12."]),
        ("= LPUSH\n~ `lpush`\n  believes: b\n  > e", "", ["2: “`lpush`” means the same as “LPUSH” in line 12."]),
        ("= ''", "", ["1: Nothing is left of “''”."]),
        ("=", "", ["1: This answer is empty."]),
        ("= a\n  b", "", ["1: This is too long to be typed."]),
        ("~ RPUSH\n  believes: b\n  > e", "", ["1: No right answer is given."]),
        ("= LPUSH\n- RPUSH", "", ["2: This answer cannot be read."]),
        ("= LPUSH\nRPUSH", "", ["2: Text stands after the answers."]),
        ("= LPUSH", "case: maybe", ["1: “case: maybe” is neither yes nor no."]),
        ("= LPUSH", "cased: yes", ["-2: Unknown field cased."]),
    ],
)
def test_each_mistake_of_otto_is_told(answer: str, fields: str, expected: list[str]) -> None:
    assert told("short", answer, fields) == expected
