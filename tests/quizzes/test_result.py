"""Ada comes back to her result, and asks again only what she missed."""

import re

import pytest
from django.test import Client

from quizzes.models import Attempt
from tests.quizzes.conftest import address, answer, form_fields, page

pytestmark = pytest.mark.django_db
RESULT = "/quizzes/weather/result/"


def result(browser: Client) -> str:
    """The browser's result page."""
    return browser.get(RESULT).content.decode()


def rows(html: str) -> list[str]:
    """The words of each row of the table."""
    body = html.partition("<tbody>")[2].partition("</tbody>")[0]
    return [" ".join(re.sub(r"<[^>]*>", " ", row).split()) for row in body.split("</tr>")[:-1]]


def finish_missing_snow_and_wind(browser: Client) -> None:
    """Snow right at the second try, rain at the first, wind missed twice."""
    for question, given in (("snow", "dye"), ("snow", "scatter"), ("rain", "soil"), ("wind", "up"), ("wind", "down")):
        answer(browser, question, given)


def test_the_result_counts_first_tries_and_leads_on(ada: Client) -> None:
    finish_missing_snow_and_wind(ada)
    html = result(ada)

    assert re.search(r'<p class="big">1 <small>of 3 right at the first try', html)
    assert rows(html) == [
        "1 Why snow is white missed right at the second try",
        "2 What rain smells of right",
        "3 Where wind goes missed missed twice",
    ]
    assert "/lessons/first-weather/" in html
    assert "/labs/open-window/" in html
    assert not re.search(r"\b(pass|passed|fail|failed|score|wrong)\b", re.sub(r"<[^>]*>", " ", html), re.IGNORECASE)


def test_retry_asks_the_missed_ones_afresh_and_nothing_else(ada: Client) -> None:
    finish_missing_snow_and_wind(ada)
    response = ada.post("/quizzes/weather/retry/")

    assert response["Location"] == address("snow")
    assert "why-scatter" not in page(ada, "snow")
    assert "why-soil" in page(ada, "rain"), "what was right stays answered"
    html = answer(ada, "snow", "scatter")
    assert address("wind") in html
    answer(ada, "wind", "low")
    html = result(ada)
    assert "1 <small>of 3" in html, "the first tries stay what they were"
    assert rows(html)[0] == "1 Why snow is white missed right when asked again"
    assert "/retry/" not in html
    assert Attempt.objects.filter(finished_at=None).count() == 0


def test_a_retry_pressed_twice_begins_one_round(ada: Client) -> None:
    finish_missing_snow_and_wind(ada)
    ada.post("/quizzes/weather/retry/")
    again = ada.post("/quizzes/weather/retry/")

    assert again["Location"] == address("snow")
    assert Attempt.objects.count() == 2


def test_a_form_of_the_first_round_does_not_answer_the_second(ada: Client) -> None:
    stale = form_fields(page(ada, "wind")) | {"answer": "low"}
    finish_missing_snow_and_wind(ada)
    ada.post("/quizzes/weather/retry/")

    assert ada.post(address("wind"), stale).status_code == 409


def test_nobody_retries_before_finishing(ada: Client, bob: Client) -> None:
    answer(ada, "snow", "dye")
    assert ada.post("/quizzes/weather/retry/")["Location"] == address("snow")
    assert bob.post("/quizzes/weather/retry/")["Location"] == address("snow")
    assert Attempt.objects.count() == 1
    assert ada.get("/quizzes/weather/retry/").status_code == 405


def test_the_quiz_goes_on_where_ada_is(ada: Client) -> None:
    begin = ada.get("/quizzes/weather/").content.decode()
    assert re.search(rf'href="{address("snow")}">Begin', begin)
    assert "<em>window</em>" in begin

    answer(ada, "snow", "scatter")
    on = ada.get("/quizzes/weather/").content.decode()
    assert re.search(rf'href="{address("rain")}">Go on where you were', on)
    assert "1 of 3 questions answered" in on
    assert "1 of 3 answered" in ada.get("/quizzes/").content.decode()


def test_a_skipped_question_comes_back_at_the_end(ada: Client) -> None:
    answer(ada, "rain", "soil")
    assert re.search(rf'href="{address("snow")}">Next question', answer(ada, "wind", "low"))
    assert re.search(rf'href="{RESULT}">Your result', answer(ada, "snow", "scatter"))


def test_a_half_done_result_says_what_is_open(ada: Client) -> None:
    answer(ada, "snow", "dye")
    html = result(ada)
    assert rows(html)[0] == "1 Why snow is white missed one try left"
    assert "Go on where you were" in html
