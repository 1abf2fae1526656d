"""Ada answers with numbers; every mark in these tables was made by hand."""

import pytest

from tests.quizzes.written import body_of, mark, told, tries

TIME = """
= 300 ms ± 10 %
~ 1.3 s
  believes: the wait of the worker is part of the answer
  > That is when the mail is delivered: why-late.
~ 10 ms
  believes: the mail leaves the request
  > It does, with a queue: why-early.
"""
MARKS = {
    TIME: [
        ("300 ms", "right"),
        ("0.3 s", "right"),
        ("0,3 s", "right"),
        ("330000 µs", "right"),
        ("330 ms", "right"),
        ("270 ms", "right"),
        ("330.1 ms", "other"),
        ("269.9 ms", "other"),
        ("-300 ms", "other"),
        ("0 ms", "other"),
        ("1.3 s", "miss-1"),
        ("1400 ms", "miss-1"),
        ("1.5 s", "other"),
        ("11 ms", "miss-2"),
        ("300", "“300” has no unit. Write it behind the number: ns, µs, ms, s, min, h."),
        ("300 kB", "“300 kB” is a size, and this answer is a time. Its units: ns, µs, ms, s, min, h."),
        ("3 times", "“3 times” is a number, and this answer is a time. Its units: ns, µs, ms, s, min, h."),
        ("30 %", "“30 %” is a share, and this answer is a time. Its units: ns, µs, ms, s, min, h."),
        ("1,300 ms", "“1,300” can mean 1300 or 1.3. Write 1300 or 1.3. Then press Answer."),
        ("soon", "“soon” does not begin with a number. Write digits first, then the unit. Then press Answer."),
        ("", "There is no number. Write one in digits, with its unit if it has one. Then press Answer."),
    ],
    "= 300 ms ± 20 ms": [("320 ms", "right"), ("280 ms", "right"), ("321 ms", "other")],
    "= 300 ms ± 0.02 s": [("320 ms", "right"), ("321 ms", "other")],
    "= 300 ms +- 5": [("305 ms", "right"), ("306 ms", "other")],
    "= 8": [
        ("8", "right"),
        ("8.0", "right"),
        ("8 times", "right"),
        ("8x", "right"),
        ("7.999", "other"),
        ("8 ms", "“8 ms” has a unit, and this answer is a plain number. Write the number alone."),
        ("8 %", "“8 %” has a unit, and this answer is a plain number. Write the number alone."),
    ],
    "= 50 % ± 5 %": [("55 %", "right"), ("45 %", "right"), ("44 %", "other"), ("55.1 %", "other")],
    "= -2": [("\u22122", "right"), ("2", "other")],
    "= 0 ms ± 1 ms": [("0 s", "right"), ("-1 ms", "right"), ("2 ms", "other")],
    "= 4 KiB": [("4096 B", "right"), ("4 kB", "other")],
}


@pytest.mark.parametrize(("key", "given", "expected"), [(key, *row) for key, rows in MARKS.items() for row in rows])
def test_marks(key: str, given: str, expected: str) -> None:
    assert mark(body_of("number", key), given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [("300", "right"), ("0.3 s", "right"), ("0.3", "other"), ("1300", "miss-1"), ("300 B", "“300 B” is a size")],
)
def test_with_the_unit_beside_the_field_a_bare_number_is_in_it(given: str, expected: str) -> None:
    assert mark(body_of("number", TIME, "unit: ms"), given).startswith(expected)


def test_the_nearest_of_two_known_misses_is_meant() -> None:
    answer = "= 100 ± 30 %" + "".join(f"\n~ {value}\n  believes: {value}\n  > why-{value}" for value in (200, 300))
    body = body_of("number", answer)
    assert [mark(body, given) for given in ("240", "255", "260", "131")] == ["miss-1", "miss-2", "miss-2", "other"]


def test_a_known_miss_says_its_own_explanation_and_any_other_number_none() -> None:
    body = body_of("number", TIME)
    assert "why-late" in body.said_about("1300 ms")
    assert body.said_about("2 h") == ""


def test_an_open_question_shows_neither_key_nor_what_other_misses_mean() -> None:
    shown = str(body_of("number", TIME).open_shown(tries(body_of("number", TIME), "1.3 s")))
    assert "1.3 s" in shown
    assert not any(secret in shown for secret in ("300", "270", "10 ms", "why-early"))


def test_a_closed_question_explains_everything() -> None:
    body = body_of("number", TIME)
    rows = str(body.closed_shown(tries(body, "7 s", "0.3 s")))
    for words in ("300 ms", "Accepted: 270 ms to 330 ms", "Right answer, your second answer", "Your first answer"):
        assert words in rows
    assert "why-late" in rows
    assert "why-early" in rows


def test_an_answer_to_an_earlier_version_is_shown_without_a_mark() -> None:
    assert "LPUSH" in str(body_of("number", "= 8").closed_shown([*tries(body_of("number", "= 8"), "LPUSH")]))


@pytest.mark.parametrize(
    ("answer", "fields", "expected"),
    [
        ("= soon", "", ["1: “soon” does not begin with a number."]),
        ("= 1,000 ms", "", ["1: “1,000” can mean 1000 or 1."]),
        ("= 8 parsecs", "", ["1: The unit “parsecs” is not known."]),
        ("=8", "", ["1: This answer cannot be read."]),
        ("= 8\n= 9", "", ["2: A second right number, after line 12."]),
        ("= 8 ± many", "", ["1: “many” does not begin with a number."]),
        ("= 8 ms ± 2 kB", "", ["1: The tolerance 2 kB does not fit 8 ms."]),
        ("= 8 ms ± -2 ms", "", ["1: The tolerance is negative."]),
        ("= 0 ms ± 10 %", "", ["1: 10 % of 0 is 0."]),
        ("= 8\n~ 9", "", ["2: The foreseen answer 9 has no explanation."]),
        ("= 8 ± 2\n~ 9\n  believes: b\n  > e", "", ["2: 9 is accepted as right."]),
        ("= 8 ms\n~ 9 kB\n  believes: b\n  > e", "", ["2: 9 kB is no answer to a question for 8 ms."]),
        ("= 8\n~ 9\n  > e\n~ 9.0\n  > f", "", ["4: “9.0” means the same as “9” in line 13."]),
        ("= 8\n  > Because.", "", ["1: An accepted answer has an explanation of its own."]),
        ("= 8\n  believes: no", "", ["1: An accepted answer has a line believes."]),
        ("= 8 ms", "unit: parsec", ["1: Unknown unit parsec."]),
        ("= 8 ms", "unit: kB", ["1: The field unit is kB, and the number is 8 ms."]),
    ],
)
def test_each_mistake_of_otto_is_told(answer: str, fields: str, expected: list[str]) -> None:
    assert told("number", answer, fields) == expected
