"""Ada practises, answers before the lesson and by topic: each mode has its own questions, and its own words."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from learners.models import Learner
from quizzes.models import Answer, Attempt, Count
from quizzes.sittings import drawing
from quizzes.sittings.taking import history
from tests.quizzes.conftest import WEATHER, form_fields, weather_quiz
from tests.quizzes.sitting import KEYS, WRONG, asked, begin, result, save, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("weather_in_all_modes")]

CARD = "## card-sky\ntype: card\ntopic: The sky\nlevel: medium\n\nWhat colour has the sky?\n\n= Blue.\n"


def test_what_is_answered_in_a_sitting_is_not_answered_in_the_self_check(ada: Client) -> None:
    take(ada, begin(ada, "practice"), KEYS)
    for question, key in KEYS.items():
        html = ada.get(f"/quizzes/weather/{question}/").content.decode()
        assert f"why-{key}" not in html
        assert form_fields(html)["try"] == "1"


def test_one_mode_does_not_go_on_with_another(ada: Client) -> None:
    assert len({begin(ada, mode) for mode in ("practice", "test", "prediction")}) == 3


def test_what_was_missed_is_known_from_ones_own_first_tries_alone(ada: Client, bob: Client) -> None:
    test, practice = begin(ada, "test"), begin(bob, "practice")
    take(ada, test, WRONG)
    place, question = asked(bob, practice, 1)
    save(bob, place, WRONG[question])
    save(bob, place, KEYS[question])
    missed, seen = history(Learner.objects.latest("created_at"), weather_quiz())
    assert (missed, set(seen)) == ({question}, {question})


def test_a_mode_that_a_quiz_does_not_have_is_not_found(ada: Client, weather: Path) -> None:
    weather.write_text(weather.read_text().replace("practice, test, prediction", "practice"))
    for address in ("/quizzes/weather/test/", "/quizzes/snowfall/practice/", "/quizzes/topics/nowhere/"):
        assert (ada.get(address).status_code, ada.post(address).status_code) == (404, 404)
    assert not Attempt.objects.exists()


def test_the_topic_asks_ten_from_easy_to_hard_and_nothing_that_nobody_marks(weather: Path) -> None:
    head, _, questions = WEATHER.partition("## snow")
    one = f"## snow{questions}"
    more = [re.sub(r"^## (\w+)|^topic: (.*)", rf"\g<0>{n}", one, flags=re.MULTILINE) for n in range(4)]
    weather.write_text("\n".join([head, *more, CARD]))
    asked_for = drawing.for_topic([weather_quiz()], seed=3)
    levels = [next(q.level for q in weather_quiz().questions if q.id == question) for question in asked_for]
    assert levels == ["easy"] * 3 + ["medium"] * 4 + ["hard"] * 3
    assert len(set(asked_for)) == 10
    assert "card-sky" not in drawing.for_prediction(weather_quiz())
    assert "card-sky" not in {question for seed in range(20) for question in drawing.for_topic([weather_quiz()], seed)}


def test_practice_explains_at_once_and_gives_a_second_try(ada: Client) -> None:
    practice = begin(ada, "practice")
    place, question = asked(ada, practice, 1)
    save(ada, place, WRONG[question])
    assert f"why-not-{WRONG[question]}" in ada.get(place).content.decode()
    save(ada, place, KEYS[question])
    assert f"why-{KEYS[question]}" in ada.get(place).content.decode()
    assert [answer.correct for answer in Answer.objects.order_by("pk")] == [False, True]


def test_practice_is_over_with_its_last_answer(ada: Client) -> None:
    practice = begin(ada, "practice")
    take(ada, practice, KEYS)
    assert Attempt.objects.get().finished_at is not None
    assert Attempt.objects.get().score is None


def test_before_the_lesson_nothing_is_marked_and_later_the_two_stand_side_by_side(ada: Client) -> None:
    prediction = begin(ada, "prediction")
    take(ada, prediction, WRONG)
    told = result(ada, prediction)
    assert "It takes dust from the clouds not answered yet" in told
    assert "missed" not in told
    assert not Count.objects.exists()

    fields = form_fields(ada.get("/quizzes/weather/snow/").content.decode())
    ada.post("/quizzes/weather/snow/", fields | {"answer": "scatter"})
    told = result(ada, prediction)
    assert "It takes dust from the clouds Its many faces scatter light" in told


def test_the_topic_is_estimated_with_its_doubt(ada: Client) -> None:
    sitting = ada.post("/quizzes/topics/first-weather/")["Location"]
    take(ada, sitting, KEYS)
    told = result(ada, sitting)
    found = re.search(r"about (\d+) in 100 right.* between (\d+) and (\d+)\.", told)
    assert found, told
    share, low, high = (int(number) for number in found.groups())
    assert low < share < high
    assert share > 60


def test_practice_draws_what_was_missed_and_then_what_is_new(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "PRACTICE_LENGTH", 2)
    seen = {"snow": datetime(2026, 1, 2, tzinfo=UTC), "rain": datetime(2026, 1, 1, tzinfo=UTC)}
    drawn = [set(drawing.for_practice(weather_quiz(), {"snow"}, seen, seed)) for seed in range(5)]
    assert drawn == [{"snow", "wind"}] * 5
