"""Ada stars a question to return to it."""

import pytest
from django.test import Client

from learners.models import Learner
from quizzes.models import Answer, Star
from tests.quizzes.conftest import address, form_fields, page

pytestmark = pytest.mark.django_db


def press(browser: Client, question: str = "snow", **more: str) -> str:
    """Press the star of a question."""
    fields = form_fields(page(browser, question)) | {"ask": "star"} | more
    return browser.post(address(question), fields).content.decode()


def test_a_star_is_kept_listed_and_taken_back(ada: Client) -> None:
    assert "★ Starred" in press(ada)
    assert "Why snow is white" in ada.get("/quizzes/starred/").content.decode()
    assert "1 wait" in ada.get("/quizzes/").content.decode()

    assert "☆ Star" in press(ada)
    assert "Why snow is white" not in ada.get("/quizzes/starred/").content.decode()
    assert not Star.objects.exists()


def test_the_star_counts_no_answer_and_keeps_the_choice(ada: Client) -> None:
    html = press(ada, answer="dye")
    assert 'value="dye" checked' in html
    assert not Answer.objects.exists()


def test_stars_are_adas_alone(ada: Client, bob: Client) -> None:
    press(ada)
    assert "Why snow is white" not in bob.get("/quizzes/starred/").content.decode()
    assert "☆ Star" in page(bob)


def test_looking_at_stars_makes_no_learner(bob: Client) -> None:
    assert bob.get("/quizzes/starred/").status_code == 200
    assert not Learner.objects.exists()


def test_a_star_of_a_question_that_is_gone_is_passed_over(ada: Client) -> None:
    press(ada)
    Star.objects.update(question="taken-out")
    assert "None yet." in ada.get("/quizzes/starred/").content.decode()
