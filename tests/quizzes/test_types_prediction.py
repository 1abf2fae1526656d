"""Ada predicts. It is kept, with how sure she was, and nobody marks it."""

from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.test import Client

from learners.certainty import CERTAINTY
from quizzes.models import Answer
from quizzes.quiz import Try
from tests.quizzes.asked import explained, opened, send, shown, write_question
from tests.quizzes.written import body_of, told

CHOICES = """
- inp: The INP of the page
- ttfb: The first *byte*
  > Its gain is the whole mail: why-byte.
- mail: The time until the mail is there
"""
NUMBER = "number: ms\n  > Count the trips: why-so-long."


@pytest.mark.parametrize(
    ("answer", "given", "objection"),
    [
        (CHOICES, "inp", ""),
        (CHOICES, "", "Nothing is chosen. Choose what you expect, then press Answer."),
        (CHOICES, "fid", "“fid” is not one of the choices here. Choose one that is listed."),
        (NUMBER, "46", ""),
        (NUMBER, "0,046 s", ""),
        (NUMBER, "-5", ""),
        (NUMBER, "", "There is no number."),
        (NUMBER, "soon", "“soon” does not begin with a number."),
        (NUMBER, "5 kB", "“5 kB” is a size. Write your number in ns, µs, ms, s, min, h."),
        ("number: none", "5 ms", "“5 ms” is a time. Write your number without a unit."),
        ("number: none", "5", ""),
        ("number: times", "7x", ""),
        ("number: %", "85", ""),
    ],
)
def test_what_can_be_kept(answer: str, given: str, objection: str) -> None:
    said = body_of("prediction", answer).objection(given)
    assert said.startswith(objection) if objection else said == ""


def test_it_is_not_marked_and_asked_once() -> None:
    for answer in (CHOICES, NUMBER):
        body = body_of("prediction", answer)
        assert not body.is_marked
        assert body.tries == 1


@pytest.mark.parametrize(
    ("answer", "given", "words"),
    [(CHOICES, "inp", "The INP of the page"), (NUMBER, "46", "46 ms"), (NUMBER, "0,046 s", "0.046 s")],
)
def test_in_words(answer: str, given: str, words: str) -> None:
    body = body_of("prediction", answer)
    assert body.in_words(given) == words
    shown_after: Any = body.closed_shown([Try(given, True, certainty=3)])
    (said,) = shown_after["said"]
    assert (str(said.html), said.sure) == (words, "certain")


def test_choices_come_in_another_order_and_nothing_is_explained_before() -> None:
    body = body_of("prediction", CHOICES)
    orders = {tuple(row.id for row in opened(body.arranged(Random(seed)))["rows"]) for seed in range(6)}
    assert len(orders) > 1
    assert "why-byte" not in str(opened(body))
    assert "why-byte" in str(explained(body))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("- a: A", ["1: A prediction with 1 choices."]),
        ("- a: A\n- a: B", ["2: The id a is taken by line 12."]),
        ("number: jiffies", ["1: Unknown unit jiffies."]),
        ("number: ms\n- a: A", ["2: A number stands beside something else to choose."]),
    ],
)
def test_otto_is_told_what_is_wrong(answer: str, expected: list[str]) -> None:
    assert told("prediction", answer) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "given", "said"), [(CHOICES, "mail", "The time until the mail is there"), (NUMBER, "0,3 s", "0.3 s")]
)
def test_without_script_it_is_kept_beside_what_we_measured(
    ada: Client, weather: Path, answer: str, given: str, said: str
) -> None:
    write_question(weather, "prediction", answer)
    assert "the-solution" not in shown(ada)
    assert "Nobody" not in shown(ada)
    after = send(ada, answer=given, certainty="2").content.decode()
    assert f'You expected: <span class="pencil">{said}</span>, fairly sure.' in after
    assert "What we measured" in after
    assert "the-solution" in after
    assert "Not that one" not in after
    assert "Right" not in after
    kept = Answer.objects.get()
    assert (kept.given, kept.certainty) == (given, 2)


@pytest.mark.django_db
@pytest.mark.parametrize("answer", [CHOICES, NUMBER])
def test_how_sure_she_is_is_asked_once_ten_answers_are_given(
    ada: Client, weather: Path, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    write_question(weather, "prediction", answer)
    ada.post("/guesses/", {"slug": "weather", "choice": "rain"})  # who has written something is a learner
    assert 'name="certainty"' not in shown(ada)
    monkeypatch.setattr("quizzes.page.ANSWERS_BEFORE_CERTAINTY", 0)
    assert shown(ada).count('name="certainty"') == len(CERTAINTY)
