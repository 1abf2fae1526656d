"""Ada puts lines in order; every mark in these tables was made by hand."""

from pathlib import Path
from random import Random

import pytest
from django.http import QueryDict
from django.test import Client

from quizzes.types.order import OrderLines
from tests.quizzes.asked import explained, opened, send, shown, values, write_question
from tests.quizzes.written import body_of, mark, told

RECIPE = """
- boil: Boil the water
- leaves: Put in the leaves
- wait: Wait for three minutes
- pour: Pour it out
- wrong stir: Stir the empty cup
  believes: a cup can be stirred at any time
  > There is nothing in it: why-not-stir.
"""
STEPS = """
- kettle: Fill the kettle
- boil after kettle: Boil the water
- cup: Fetch a cup
- pour after boil, cup: Pour it out
"""
CODE = """
- def: def buy(request):
- atomic:     with atomic():
- row:         order = create()
- commit:         on_commit(send)
- answer:     return ok()
- wrong sleep: sleep(1)
  believes: waiting is as good as ordering
  > The race is only rarer: why-not-sleep.
"""
BRANCHES = """
- if: if paid:
- thank after if:     thank()
- else after if, thank: else:
- remind after else:     remind()
"""
INDENTED = "language: python\nindent: yes"
MARKS = {
    (RECIPE, ""): [
        ("boil leaves wait pour", "right"),
        ("boil leaves pour wait", "other"),
        ("boil leaves wait", "other"),
        ("boil wait pour", "other"),
        ("boil stir leaves wait pour", "stir"),
        ("boil leaves wait pour stir", "stir"),
        ("", "No line is in your program yet. Put them in order, then press Answer."),
        ("boil sugar", "“sugar” is not a line of this question. Use each that is listed here once."),
        ("boil boil leaves", "“boil boil leaves” is not a line of this question. Use each that is listed here once."),
    ],
    (STEPS, ""): [
        ("kettle boil cup pour", "right"),
        ("cup kettle boil pour", "right"),
        ("kettle cup boil pour", "right"),
        ("boil kettle cup pour", "other"),
        ("kettle boil pour cup", "other"),
        (
            "kettle boil cup",
            "“Pour it out” is not in your program yet. All of these lines belong: give each its place.",
        ),
        ("kettle", "3 lines are not in your program yet. All of these lines belong: give each its place."),
    ],
    (CODE, INDENTED): [
        ("def:0 atomic:1 row:2 commit:2 answer:1", "right"),
        ("def:0 atomic:1 row:2 commit:1 answer:1", "other"),
        ("def:0 atomic:0 row:2 commit:2 answer:1", "other"),
        ("def:0 atomic:1 commit:2 row:2 answer:1", "other"),
        ("def:0 atomic:1 row:2 sleep:2 commit:2 answer:1", "sleep"),
        ("def:0 atomic:7 row:2", "A line can stand at a depth of 0 to 4. Choose one of these."),
    ],
    (BRANCHES, INDENTED): [
        ("if:0 thank:1 else:0 remind:1", "right"),
        ("if:0 else:0 thank:1 remind:1", "other"),
    ],
}
ROWS = [(*question, *row) for question, rows in MARKS.items() for row in rows]


@pytest.mark.parametrize(("answer", "fields", "given", "expected"), ROWS)
def test_marks(answer: str, fields: str, given: str, expected: str) -> None:
    assert mark(body_of("order", answer, fields), given) == expected


@pytest.mark.parametrize(
    ("answer", "fields", "given", "said"),
    [
        (RECIPE, "", "leaves boil wait pour", "Line 1 is the first out of place"),
        (RECIPE, "", "boil wait leaves pour", "Line 1 is right. Line 2 is the first out of place"),
        (RECIPE, "", "boil leaves pour", "Lines 1 to 2 are right. Line 3 is the first out of place"),
        (RECIPE, "", "boil leaves wait", "What you have stands in a right order, and something is missing."),
        (RECIPE, "", "boil stir", "Line 1 is right. Line 2 does not belong. There is nothing in it: why-not-stir."),
        (CODE, INDENTED, "def:0 atomic:2", "Line 2 may stand here, but not at depth 2."),
        (BRANCHES.replace("if, thank", "if"), INDENTED, "if:0 else:0 thank:1 remind:1", "Line 3 is the first out of"),
    ],
)
def test_a_miss_is_told_the_first_line_out_of_place_and_nothing_of_the_key(
    answer: str, fields: str, given: str, said: str
) -> None:
    about = body_of("order", answer, fields).said_about(given)
    assert said in about
    assert not any(secret in about for secret in ("Pour it out", "commit", "sleep(1)"))


def sent(**fields: str) -> QueryDict:
    post = QueryDict(mutable=True)
    post.update(fields)
    return post


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"place-boil": "1", "place-leaves": "2", "place-wait": "3", "place-pour": "4"}, "right"),
        ({"place-boil": "10", "place-leaves": "20", "place-wait": "30", "place-pour": " 40 "}, "right"),
        ({"place-boil": "1", "place-leaves": "3", "place-wait": "2", "place-pour": "4"}, "other"),
        (
            {"place-boil": "2", "place-leaves": "2"},
            "Two lines have the place 2: “Boil the water” and “Put in the leaves”. Give each a number of its own.",
        ),
        (
            {"place-boil": "first"},
            "“first” is no place for Boil the water. Number the lines from 1, each with another number.",
        ),
        ({"place-boil": "0"}, "“0” is no place for Boil the water. Number the lines from 1, each with another number."),
        (
            {"place-boil": "", "place-pour": "  "},
            "No line is in your program yet. Put them in order, then press Answer.",
        ),
        (
            {"place-boil": "9" * 3000},
            f"“{'9' * 20}” is no place for Boil the water. Number the lines from 1, each with",
        ),
    ],
)
def test_the_numbers_of_a_plain_form(fields: dict[str, str], expected: str) -> None:
    body = body_of("order", RECIPE)
    assert mark(body, body.given_from(sent(**fields))).startswith(expected)


def test_the_levels_of_a_plain_form() -> None:
    body = body_of("order", CODE, INDENTED)
    right = {"def": 0, "atomic": 1, "row": 2, "commit": 2, "answer": 1}
    places = {f"place-{id}": str(number) for number, id in enumerate(right, start=1)}
    levels = {f"level-{id}": str(level) for id, level in right.items()}
    assert mark(body, body.given_from(sent(**places, **levels))) == "right"
    assert mark(body, body.given_from(sent(**places, **levels | {"level-row": "1"}))) == "other"
    odd = body.given_from(sent(**places, **levels | {"level-row": "deep"}))
    assert mark(body, odd) == "The depth of a line is not clear. Choose one of those that are offered."


def test_what_was_refused_stands_in_the_form_again() -> None:
    body = body_of("order", RECIPE)
    refused = body.given_from(sent(**{"place-boil": "2", "place-leaves": "2", "place-pour": "x"}))
    rows = {row.id: row.place for row in opened(body).filled(refused).rows}
    assert rows == {"boil": "2", "leaves": "2", "wait": "", "pour": "x", "stir": ""}


def test_after_a_miss_the_order_stands_there_still_and_the_line_out_of_place_is_marked() -> None:
    body = body_of("order", RECIPE)
    rows = opened(body, "boil wait leaves pour").rows
    assert {row.id: row.place for row in rows} == {"boil": "1", "wait": "2", "leaves": "3", "pour": "4", "stir": ""}
    assert [row.id for row in rows if row.mark] == ["wait"]
    assert not any(row.explanation for row in rows), "why a line does not belong is not told before it was used"


def orders_of(body: OrderLines) -> list[list[str]]:
    """The lines that belong, in the orders in which learners may be asked them."""
    arranged = [body, *(body.arranged(Random(seed)) for seed in range(50))]
    key = {line.id for line in body.lines if not line.is_wrong}
    return [[row.id for row in opened(one).rows if row.id in key] for one in arranged]


@pytest.mark.parametrize(("answer", "fields"), [(RECIPE, ""), (STEPS, ""), (CODE, INDENTED), ("- a: A\n- b: B", "")])
def test_the_lines_are_never_asked_in_a_right_order_and_the_depth_is_not_told(answer: str, fields: str) -> None:
    body = body_of("order", answer, fields)
    assert isinstance(body, OrderLines)
    assert not any(body.is_right(" ".join(asked)) for asked in orders_of(body))
    assert fields == "" or {row.level for row in opened(body).rows} == {"0"}


def test_everything_is_explained_in_the_end() -> None:
    body = body_of("order", RECIPE)
    shown = explained(body, "boil wait", "boil stir leaves wait pour")
    assert [row.id for row in shown["right"]] == ["boil", "leaves", "wait", "pour"]
    assert [row.mark for row in shown["yours"]] == ["", "wrong", "", "", ""]
    assert [(row.id, row.mark) for row in shown["wrong"]] == [("stir", "wrong")]
    assert "why-not-stir" in shown["wrong"][0].explanation
    assert not shown["is_one_of_several"]
    assert explained(body_of("order", STEPS))["is_one_of_several"]


def test_an_answer_to_an_earlier_version_is_shown_with_the_lines_that_are_left() -> None:
    body = body_of("order", RECIPE)
    assert body.in_words("boil sugar leaves") == "1. Boil the water; 2. Put in the leaves"
    assert explained(body, "sugar")["right"]


def test_an_edit_of_an_explanation_asks_the_same_and_one_of_the_order_does_not() -> None:
    def version(text: str) -> object:
        return body_of("order", text).fingerprint()

    assert version(RECIPE) == version(RECIPE.replace("why-not-stir", "otherwise"))
    assert version(STEPS) != version(STEPS.replace("boil, cup", "boil"))
    assert version(CODE) != version(CODE.replace("    return", "        return"))


@pytest.mark.parametrize(
    ("answer", "fields", "expected"),
    [
        ("- a: A", "", ["1: 1 lines are nothing to put in order."]),
        ("- a: A\n- a: B", "", ["2: The line id a is taken by line 12."]),
        ("- a: A\n- b:     A", "", ["2: The line b reads like a."]),
        ("- a: A\n- b after c: B", "", ["2: b must stand after c, which does not exist."]),
        ("- a after b: A\n- b: B", "", ["1: a must stand after b, but stands above it here."]),
        (
            "- a: A\n- b after a, a2: B\n- wrong a2: C\n  > why",
            "",
            ["2: b must stand after a2, which does not belong."],
        ),
        ("- a: A\n- b: B\n- wrong c after a: C\n  > why", "", ["3: The wrong line c has a place."]),
        ("- a: A\n- b: B\n- wrong c: C", "", ["3: The line c has no explanation."]),
        ("- a: A\n- b:   B", "", ["2: 2 spaces are no whole level."]),
        (f"- a: A\n- b: {' ' * 20}B", "", ["2: 20 spaces are no whole level."]),
        ("- a: A\n- b: B\n  and more", "", ["2: The line b has a second line."]),
        ("- a: A\n- b: B\n  believes: it", "", ["2: The line b belongs, yet has a line believes."]),
        ("- a: A\n- b: B", "indent: deep", ["1: “indent: deep” is neither yes nor no."]),
        ("- a: A\n- b: B", "language: klingon", ["1: The language klingon is not known."]),
        ("\n".join(f"- n{n}: N{n}" for n in range(21)), "", ["1: 21 lines are too many."]),
    ],
)
def test_otto_is_told_what_is_wrong(answer: str, fields: str, expected: list[str]) -> None:
    assert told("order", answer, fields) == expected


@pytest.mark.django_db
def test_without_script_the_lines_are_numbered(ada: Client, weather: Path) -> None:
    write_question(weather, "order", RECIPE)
    assert "why-not-stir" not in shown(ada)
    places = {"place-boil": "1", "place-wait": "2", "place-leaves": "3", "place-pour": "4"}
    missed = send(ada, **places).content.decode()
    assert "Line 1 is right. Line 2 is the first out of place" in missed
    assert "why-not-stir" not in missed
    assert values(missed) == places | {"place-stir": ""}
    right = send(ada, **places | {"place-wait": "3", "place-leaves": "2"}).content.decode()
    assert "Right, at the second try." in right
    assert "why-not-stir" in right
    assert "the-solution" in right


@pytest.mark.django_db
def test_two_lines_with_one_number_are_told_beside_the_question_and_stay(ada: Client, weather: Path) -> None:
    write_question(weather, "order", RECIPE)
    refused = send(ada, **{"place-boil": "2", "place-leaves": "2"})
    assert refused.status_code == 400
    assert "Two lines have the place 2" in refused.content.decode()
    assert values(refused.content.decode())["place-leaves"] == "2"
