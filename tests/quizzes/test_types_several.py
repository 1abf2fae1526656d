"""Ada chooses several; every mark in these tables was made by hand."""

from random import Random

import pytest
from django.http import QueryDict

from tests.quizzes.written import body_of, told, tries

THREE_OF_FIVE = """
- [x] list: A list
  > why-list
- [x] hash: A hash
  > why-hash
- [ ] stream: A stream
  believes: Celery uses the newest data type
  > why-not-stream
- [x] zset: A sorted set
  > why-zset
- [ ] bitmap: A bitmap
  believes: flags are kept as bits
  > why-not-bitmap
"""
NOTHING = "Nothing is chosen. Choose every answer that holds, at least one, then press Answer."
MARKS = [
    ("hash list zset", "right"),
    ("zset list hash", "right"),
    ("hash list", "wrong"),
    ("list", "wrong"),
    ("bitmap hash list zset", "wrong"),
    ("bitmap hash list stream zset", "wrong"),
    ("bitmap", "wrong"),
    ("", NOTHING),
    ("snow", "“snow” is not one of the answers to this question. Choose among those listed here."),
    ("list snow", "“snow” is not one of the answers to this question. Choose among those listed here."),
]


@pytest.mark.parametrize(("given", "expected"), MARKS)
def test_marks(given: str, expected: str) -> None:
    body = body_of("several", THREE_OF_FIVE)
    assert (body.objection(given) or ("right" if body.is_right(given) else "wrong")) == expected


@pytest.mark.parametrize(
    ("sent", "given"),
    [("answer=zset&answer=list", "list zset"), ("answer=list&answer=list", "list"), ("", ""), ("answer=", "")],
)
def test_the_order_and_number_of_boxes_sent_makes_no_difference(sent: str, given: str) -> None:
    assert body_of("several", THREE_OF_FIVE).given_from(QueryDict(sent)) == given


TALLIES = [
    ("list", "All you chose holds, and something is missing."),
    ("bitmap list", "Of the 2 you chose, 1 holds."),
    ("bitmap hash list stream zset", "Of the 5 you chose, 3 hold."),
    ("bitmap stream", "None of the 2 you chose holds."),
    ("bitmap", "What you chose does not hold."),
]


@pytest.mark.parametrize(("given", "tally"), TALLIES)
def test_a_missed_answer_tells_how_much_held(given: str, tally: str) -> None:
    body = body_of("several", THREE_OF_FIVE)
    shown = body.open_shown(tries(body, given))
    assert isinstance(shown, dict)
    assert shown["tally"] == tally
    assert shown["held"] == set(given.split()) - {"bitmap", "stream"}


def test_after_a_miss_only_what_was_wrongly_chosen_is_explained() -> None:
    body = body_of("several", THREE_OF_FIVE)
    shown = str(body.open_shown(tries(body, "list stream")))
    assert "why-not-stream" in shown
    assert not any(secret in shown for secret in ("why-list", "why-hash", "why-zset", "why-not-bitmap", "is_key"))
    assert body.said_about("list stream") == "why-not-stream"


def test_closed_everything_is_explained_with_what_ada_chose() -> None:
    body = body_of("several", THREE_OF_FIVE)
    rows = body.closed_shown(tries(body, "list stream", "list zset"))
    assert isinstance(rows, list)
    assert {row.id: (row.mark, row.said) for row in rows} == {
        "list": ("right", "Holds, you chose it"),
        "hash": ("right", "Holds"),
        "stream": ("wrong", "You chose it at first"),
        "zset": ("right", "Holds, you chose it"),
        "bitmap": ("", ""),
    }
    assert all("why-" in row.explanation for row in rows)


def test_options_are_shuffled_and_nothing_else_changes() -> None:
    body = body_of("several", THREE_OF_FIVE)
    orders = {tuple(option.id for option in body.arranged(Random(seed)).options()) for seed in range(20)}
    assert len(orders) > 5
    assert body.arranged(Random(1)).fingerprint() == body.fingerprint()


def test_in_words_and_for_statistics_an_answer_is_its_options() -> None:
    body = body_of("several", THREE_OF_FIVE)
    assert body.in_words("list zset") == "A list; A sorted set"
    assert body.picks("list zset") == ["list", "zset"]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (THREE_OF_FIVE.replace("[x]", "[ ]"), "1: No option is marked as right."),
        (THREE_OF_FIVE.replace("[ ]", "[x]"), "1: Every option is marked as right."),
        (THREE_OF_FIVE.replace("  > why-hash\n", ""), "3: Option hash has no explanation."),
        (THREE_OF_FIVE.replace("] hash:", "] list:"), "3: Option id list is taken by line 12."),
        (THREE_OF_FIVE.replace("[ ] bitmap:", "[] bitmap:"), "10: This answer cannot be read."),
    ],
)
def test_each_mistake_of_otto_is_told(answer: str, expected: str) -> None:
    assert expected in told("several", answer)
