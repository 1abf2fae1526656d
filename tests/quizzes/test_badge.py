"""All right, at whatever try: the quiz says so on its own pages, to whom it is true of and nobody else."""

from pathlib import Path

import pytest
from django.test import Client

from tests.quizzes.conftest import WEATHER, answer

pytestmark = pytest.mark.django_db
PAGES = ("/quizzes/weather/", "/quizzes/weather/result/")
STAMP = '<strong class="stamp">All weather right</strong>'


@pytest.fixture(autouse=True)
def badge(weather: Path) -> None:
    """The weather quiz with a badge."""
    weather.write_text(WEATHER.replace("title: Weather\n", "title: Weather\nbadge: All weather right\n"))


def stamps(browser: Client) -> list[bool]:
    """Whether each of the quiz's pages shows the stamp."""
    return [STAMP in browser.get(page).content.decode() for page in PAGES]


def test_the_stamp_comes_with_the_last_right_answer(ada: Client, bob: Client) -> None:
    assert stamps(ada) == [False, False]
    for question, given in (("snow", "scatter"), ("rain", "ozone"), ("rain", "soil")):
        answer(ada, question, given)
        assert stamps(ada) == [False, False], "not all are right yet"
    answer(ada, "wind", "low")
    assert stamps(ada) == [True, True]
    assert stamps(bob) == [False, False]


def test_a_miss_earns_it_when_asked_again(ada: Client) -> None:
    for question, given in (("snow", "scatter"), ("rain", "soil"), ("wind", "up"), ("wind", "down")):
        answer(ada, question, given)
    assert stamps(ada) == [False, False]
    ada.post("/quizzes/weather/retry/")
    assert stamps(ada) == [False, False]
    answer(ada, "wind", "low")
    assert stamps(ada) == [True, True]


def test_a_quiz_without_a_badge_has_none(ada: Client, weather: Path) -> None:
    weather.write_text(WEATHER)
    for question, given in (("snow", "scatter"), ("rain", "soil"), ("wind", "low")):
        answer(ada, question, given)
    assert 'class="stamp"' not in ada.get(PAGES[1]).content.decode()
