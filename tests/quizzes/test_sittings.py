"""Ada takes a quiz as a test; nothing is told before it is handed in."""

import re

import pytest
from django.test import Client

from quizzes.models import Answer, Attempt, Count
from tests.people import browser_of_a_newcomer
from tests.quizzes.conftest import form_fields
from tests.quizzes.sitting import KEYS, WRONG, asked, begin, result, save, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("weather_in_all_modes")]


def test_a_test_tells_nothing_before_it_is_handed_in(ada: Client) -> None:
    sitting = begin(ada, "test")
    place, question = asked(ada, sitting, 1)
    save(ada, place, WRONG[question])

    html = ada.get(place).content.decode()
    assert "Saved." in html
    assert "why-" not in html
    assert "Not that one" not in html
    assert "missed" not in ada.get(sitting).content.decode()

    ada.post(f"{sitting}hand-in/")
    assert f"why-{KEYS[question]}" in ada.get(place).content.decode()


def test_an_answer_can_be_changed_until_it_is_handed_in(ada: Client) -> None:
    sitting = begin(ada, "test")
    place, question = asked(ada, sitting, 1)
    save(ada, place, WRONG[question])
    save(ada, place, KEYS[question])
    assert [answer.given for answer in Answer.objects.all()] == [KEYS[question]]

    ada.post(f"{sitting}hand-in/")
    fields = {"answer": WRONG[question], "seal": "x"}
    assert ada.post(place, fields).status_code == 409
    assert [answer.given for answer in Answer.objects.all()] == [KEYS[question]]


def test_a_test_gives_points_and_leads_to_practice(ada: Client) -> None:
    sitting = begin(ada, "test")
    take(ada, sitting, KEYS | {"wind": "up"})
    assert "2 of 3 points" in result(ada, sitting)

    practice = ada.post(f"{sitting}practise/")["Location"]
    assert asked(ada, practice, 1)[1] == "wind"
    assert ada.get(f"{practice}2/").status_code == 404


def test_a_test_handed_in_half_says_what_was_open(ada: Client) -> None:
    sitting = begin(ada, "test")
    place, question = asked(ada, sitting, 2)
    save(ada, place, KEYS[question])
    assert "Hand in with 2 open" in ada.get(sitting).content.decode()
    assert "1 of 3 points" in result(ada, sitting)
    assert Attempt.objects.get().score == pytest.approx(1 / 3)


def test_two_tabs_do_not_overwrite_each_other(ada: Client) -> None:
    place, question = asked(ada, begin(ada, "test"), 1)
    first_tab = form_fields(ada.get(place).content.decode())
    save(ada, place, KEYS[question])

    response = ada.post(place, first_tab | {"answer": WRONG[question]})
    assert response.status_code == 409
    assert "Another tab" in response.content.decode()
    assert Answer.objects.get().given == KEYS[question]


def test_pressed_twice_a_test_begins_once(ada: Client) -> None:
    assert begin(ada, "test") == begin(ada, "test")
    assert Attempt.objects.count() == 1


def test_a_second_test_asks_in_another_order_and_is_not_counted(ada: Client) -> None:
    first = begin(ada, "test")
    take(ada, first, KEYS)
    result(ada, first)
    counted = Count.objects.get(question="snow", what="asked").n

    second = begin(ada, "test")
    assert second != first
    take(ada, second, WRONG)
    result(ada, second)
    assert Count.objects.get(question="snow", what="asked").n == counted == 1


def test_handed_in_twice_it_counts_once(ada: Client) -> None:
    sitting = begin(ada, "test")
    take(ada, sitting, KEYS)
    result(ada, sitting)
    result(ada, sitting)
    assert Count.objects.get(question="snow", what="n").n == 1


def test_bob_cannot_see_adas_sitting(ada: Client, bob: Client) -> None:
    sitting = begin(ada, "test")
    newcomer = browser_of_a_newcomer()
    assert begin(bob, "test") != sitting, "he begins one of his own"
    for browser in (bob, newcomer):
        for address in (sitting, f"{sitting}1/"):
            assert browser.get(address).status_code == 404
        for address in (f"{sitting}1/", f"{sitting}hand-in/", f"{sitting}practise/"):
            assert browser.post(address, {"ask": "star"}).status_code == 404
    assert not Attempt.objects.exclude(finished_at=None).exists()


def test_while_a_test_goes_on_its_pages_say_only_that_an_answer_is_saved(ada: Client) -> None:
    sitting = begin(ada, "test")
    place, question = asked(ada, sitting, 1)
    save(ada, place, WRONG[question], certainty="3")
    for address in (sitting, place):
        words = " ".join(re.sub(r"<[^>]+>", " ", ada.get(address).content.decode()).split())
        assert "aved" in words
        assert not re.search(r"missed|certain\b|Not that one|why-", words.partition("How sure")[0])
    ada.post(f"{sitting}hand-in/")
    assert "Not that one. The right answer stands here now, and why." in ada.get(place).content.decode()


def test_certain_and_wrong_comes_first(ada: Client) -> None:
    sitting = begin(ada, "test")
    for number in (1, 2, 3):
        place, question = asked(ada, sitting, number)
        save(ada, place, WRONG[question], certainty="3" if question == "wind" else "1")
    told = result(ada, sitting)
    assert told.index("Where wind goes") < min(told.index("Why snow is white"), told.index("What rain smells of"))
    assert "though you were certain" in told


def test_a_hint_costs_a_quarter(ada: Client) -> None:
    sitting = begin(ada, "test")
    numbers = {asked(ada, sitting, number)[1]: number for number in (1, 2, 3)}
    place = f"{sitting}{numbers['snow']}/"
    page = ada.get(place).content.decode()
    assert "Look closely" not in page
    assert "A hint costs a quarter of its point." in page

    shown = ada.post(place, form_fields(page) | {"answer": "scatter", "ask": "hint"}).content.decode()
    assert "Look closely" in shown
    assert not Answer.objects.exists()
    ada.post(place, form_fields(shown) | {"answer": "scatter"})
    assert "0.75 of 3 points" in result(ada, sitting)
