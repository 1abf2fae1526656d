"""A question of three tries: each miss is told, the third shows everything, and practice keeps to two."""

from pathlib import Path

import pytest
from django.test import Client

from quizzes.models import Answer
from quizzes.parser import read_quiz_text
from tests.quizzes.asked import send, shown, write_question
from tests.quizzes.conftest import form_fields

pytestmark = pytest.mark.django_db
RESULT, PRACTICE = "/quizzes/weather/result/", "/quizzes/weather/practice/"
WIND = """
- [ ] up: Up
  believes: air rises for ever
  > Gravity holds it: why-not-up.
- [ ] down: Down
  believes: air falls
  > It would pile up: why-not-down.
- [ ] out: Out to sea
  believes: the sea draws the air
  > Only by day: why-not-out.
- [x] low: To low pressure
  > It is pushed there: why-low.
"""


@pytest.fixture(autouse=True)
def three_tries(weather: Path) -> None:
    """Where the wind goes, with three tries."""
    write_question(weather, "one", WIND, "tries: 3")
    weather.write_text(weather.read_text().replace("lesson: ", "modes: check, practice\nlesson: "))


def test_the_second_miss_is_told_and_a_third_try_is_left(ada: Client) -> None:
    assert "You have three tries." in shown(ada)
    first = send(ada, answer="up").content.decode()
    assert "You have two more tries." in first
    assert "You have two tries left." in first
    second = send(ada, answer="down").content.decode()
    assert "You have one more try." in second
    assert "This is your last try" in second
    assert "why-not-down" in second
    assert "Your second answer" in second
    assert "why-low" not in second
    assert "one try left" in ada.get(RESULT).content.decode()


def test_the_third_try_can_be_right(ada: Client) -> None:
    for given in ("up", "down"):
        send(ada, answer=given)
    assert "Right, at the third try." in send(ada, answer="low").content.decode()
    assert "right at the third try" in ada.get(RESULT).content.decode()
    assert Answer.objects.count() == 3


def test_the_third_miss_shows_everything_and_no_fourth_is_counted(ada: Client) -> None:
    for given in ("up", "down"):
        send(ada, answer=given)
    form = shown(ada)
    closed = send(ada, answer="out").content.decode()
    assert "why-low" in closed
    assert "missed 3 times" in ada.get(RESULT).content.decode()
    assert 'name="seal"' in form
    assert 'name="seal"' not in closed
    assert Answer.objects.count() == 3


def test_a_question_under_way_is_kept_back_from_review_until_its_third_try(ada: Client) -> None:
    for given in ("up", "down"):
        send(ada, answer=given)
    assert "1 item not shown" in ada.get("/review/").content.decode()
    send(ada, answer="out")
    html = ada.get("/review/").content.decode()
    assert "not shown" not in html
    assert "in 1 minute" in html


def test_practice_keeps_its_promise_of_two(ada: Client) -> None:
    place = ada.post(PRACTICE, follow=True).request["PATH_INFO"]
    for given in ("up", "down"):
        fields = form_fields(ada.get(place).content.decode())
        html = ada.post(place, fields | {"answer": given}, follow=True).content.decode()
    assert "why-low" in html


def test_tries_do_not_make_another_version_of_a_question(weather: Path) -> None:
    text = weather.read_text()
    readings = [read_quiz_text(written, weather) for written in (text, text.replace("tries: 3\n", ""))]
    three, two = (reading.quiz.questions[0] for reading in readings if reading.quiz)
    assert (three.tries, two.tries) == (3, 2)
    assert three.version == two.version, "an author who adds a try keeps the statistics"
