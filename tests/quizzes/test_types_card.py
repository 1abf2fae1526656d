"""A card: Ada turns it over and says herself whether she knew it."""

from pathlib import Path

import pytest
from django.test import Client

from quizzes.models import Answer
from quizzes.types.card import Card
from tests.quizzes.asked import send, shown, write_question
from tests.quizzes.conftest import form_fields
from tests.quizzes.written import body_of, mark, told

BACK = "= From **high** to low: the-back.\n\n  - one\n  - two\n\n  ```python\n  x = 1\n  ```"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("knew", "right"),
        ("did-not", "did-not"),
        ("turned", "Turn the card over, then say whether you knew it."),
        ("", "Turn the card over, then say whether you knew it."),
        ("maybe", "Turn the card over, then say whether you knew it."),
    ],
)
def test_marks(given: str, expected: str) -> None:
    assert mark(body_of("card", BACK), given) == expected


def test_the_back_keeps_its_lines() -> None:
    body = body_of("card", BACK)
    assert isinstance(body, Card)
    assert body.back == "From **high** to low: the-back.\n\n- one\n- two\n\n```python\nx = 1\n```"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("=", ["1: The back of the card is empty."]),
        ("= A\n= B", ["2: A card has one back."]),
        ("= A\n  > B", ["1: A line below the card does not belong to its back."]),
    ],
)
def test_otto_is_told_what_is_wrong(answer: str, expected: list[str]) -> None:
    assert told("card", answer) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "verdict"), [("knew", "Noted: you knew it."), ("did-not", "comes back in your review")]
)
def test_without_script_the_back_is_shown_when_asked_for_and_then_graded_once(
    ada: Client, weather: Path, given: str, verdict: str
) -> None:
    write_question(weather, "card", BACK)
    front = shown(ada)
    assert "the-back" not in front
    assert "I knew it" not in front
    turned = ada.post("/quizzes/weather/wind/", form_fields(front) | {"ask": "turn"}).content.decode()
    assert "the-back" in turned
    assert "I knew it" in turned
    assert not Answer.objects.exists()
    after = send(ada, answer=given).content.decode()
    assert verdict in after
    assert "the-back" in after
    assert Answer.objects.get().correct is (given == "knew")
    assert "Next" in after or "Your result" in after
