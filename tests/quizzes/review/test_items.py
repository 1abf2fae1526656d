"""What becomes something to review: misses, beliefs, ideas, cards and one's own runs; and what takes it out again."""

from pathlib import Path

import pytest
from django.test import Client

from learners import records
from learners.measured import Measured
from learners.models import Entry, Learner
from quizzes.models import Answer, Attempt
from quizzes.review import clock
from quizzes.review.models import Card, ReviewLog
from tests.quizzes.conftest import WEATHER
from tests.quizzes.review.stories import (
    AGAIN,
    DAY,
    EASY,
    GOOD,
    HARD,
    HOUR,
    IDEAS,
    MINUTE,
    START,
    Travel,
    answer,
    answered,
    explained,
    item_form,
    page,
    post,
    rate,
    ratings_on,
    reworded,
    titles_due,
    undo,
)

pytestmark = pytest.mark.django_db


def test_confident_errors_come_first(ada: Client, learner: Learner) -> None:
    answered(learner, "rain", "ozone", at=START - 3 * DAY)
    explained(learner, IDEAS[1:], at=START - 4 * DAY)
    answered(learner, "snow", "dye", certainty=3)
    answered(learner, "wind", "up", certainty=2, at=START - 2 * DAY)

    order = ["Why snow is white", "What rain smells of", "Where wind goes", "Open window"]
    assert titles_due(learner) == order
    assert "You were sure, and it was not so." in page(ada)


def test_a_miss_in_a_test_comes_when_the_test_is_over(learner: Learner) -> None:
    attempt = answered(learner, "snow", "dye", mode="test", finished=False)
    assert titles_due(learner) == []
    Attempt.objects.filter(pk=attempt.pk).update(finished_at=START)
    assert titles_due(learner) == ["Why snow is white"]


@pytest.mark.parametrize(("mode", "quiz"), [("test", "weather"), ("topic", "first-weather")])
def test_what_a_test_under_way_asks_waits_until_it_is_handed_in(
    ada: Client, learner: Learner, travel: Travel, mode: str, quiz: str
) -> None:
    answered(learner, "snow", "dye", at=START - 3 * DAY)
    answered(learner, "rain", "ozone", at=START - 2 * DAY)
    test = Attempt.objects.create(learner=learner, quiz=quiz, mode=mode, questions=["snow", "wind"])
    travel(30 * DAY)
    assert titles_due(learner) == ["What rain smells of"]
    so_far = {"version": "x", "given": "scatter", "correct": True, "try_number": 1}  # and may still be changed
    Answer.objects.create(attempt=test, question="snow", **so_far)
    assert titles_due(learner) == ["What rain smells of"]
    assert "1 item not shown: a quiz or test you have begun still asks it." in page(ada)
    assert "Why is snow white" not in ada.get("/review/anki.txt").content.decode()

    Attempt.objects.filter(pk=test.pk).update(finished_at=START)
    assert titles_due(learner) == ["Why snow is white", "What rain smells of"]
    assert "not shown" not in page(ada)


def test_a_second_try_left_for_hours_was_left_for_good(learner: Learner, travel: Travel) -> None:
    answered(learner, "snow", "dye", finished=False)
    travel(HOUR)
    assert titles_due(learner) == []
    travel(2 * HOUR)
    assert titles_due(learner) == ["Why snow is white"]


def test_a_question_with_a_try_left_is_not_given_away(learner: Learner) -> None:
    attempt = answered(learner, "snow", "dye", finished=False)
    assert titles_due(learner) == []
    version = Answer.objects.get().version
    second = {"given": "scatter", "correct": True, "try_number": 2}
    Answer.objects.create(attempt=attempt, question="snow", version=version, **second)
    assert titles_due(learner) == ["Why snow is white"]


def test_a_prediction_is_nothing_to_review(learner: Learner) -> None:
    answered(learner, "snow", "dye", mode="prediction")
    assert titles_due(learner) == []


def test_a_question_missed_again_is_due_again(ada: Client, learner: Learner, travel: Travel) -> None:
    answered(learner, "snow", "dye")
    answer(ada, "scatter")
    rate(ada, EASY)
    travel(2 * HOUR)
    assert titles_due(learner) == []
    answered(learner, "snow", "cold", at=clock.now(), mode="practice")
    assert titles_due(learner) == ["Why snow is white"]


def test_ideas_an_explanation_lacked_are_thought_of_then_shown(ada: Client, learner: Learner) -> None:
    explained(learner, IDEAS[1:])
    html = page(ada)
    assert "It &lt;just&gt; feels faster." in html
    assert "2 of our 3 ideas are not in it. Which?" in html
    assert not any(idea in html for idea in IDEAS)

    html = answer(ada)
    assert all(idea in html for idea in IDEAS[1:])
    assert IDEAS[0] not in html
    assert list(ratings_on(html)) == [AGAIN, HARD, GOOD, EASY]
    rate(ada, GOOD)
    assert ReviewLog.objects.get().correct is None


def test_a_better_explanation_takes_its_ideas_out_of_review(learner: Learner, travel: Travel) -> None:
    explained(learner, IDEAS[1:])
    assert titles_due(learner) == ["Open window"]
    records.write(learner, Entry.Kind.EXPLAINED, "labs/open-window", {"text": "Not compared yet."})
    assert titles_due(learner) == ["Open window"]
    explained(learner, [], at=travel(HOUR))
    travel(HOUR)
    assert titles_due(learner) == []


@pytest.mark.usefixtures("cards")
def test_a_card_of_a_quiz_she_has_begun_is_thought_of_and_turned(ada: Client, learner: Learner, travel: Travel) -> None:
    assert titles_due(learner) == []
    Attempt.objects.create(learner=learner, quiz="cards", finished_at=START)
    Attempt.objects.update(started_at=START - HOUR)
    html = page(ada)
    assert "What is a cloud made of?" in html
    assert "back-of-cloud" not in html
    assert "Show the answer" in html

    html = answer(ada)
    assert "back-of-cloud" in html
    assert ratings_on(html) == {AGAIN: "1 min", HARD: "6 min", GOOD: "10 min", EASY: "8 days"}
    assert "Come back <strong>on 2 December</strong>" in rate(ada, EASY)


@pytest.mark.usefixtures("cards")
def test_a_card_she_is_about_to_meet_in_its_quiz_waits_for_that(learner: Learner, travel: Travel) -> None:
    Attempt.objects.create(learner=learner, quiz="cards")
    Attempt.objects.update(started_at=START)
    assert titles_due(learner) == []
    travel(4 * HOUR)
    assert titles_due(learner) == ["What a cloud is"]


@pytest.mark.usefixtures("cards")
def test_a_card_she_knew_in_the_quiz_is_put_off_and_one_she_did_not_know_comes_soon(learner: Learner) -> None:
    answered(learner, "cloud", "knew", right=True, at=START - 9 * MINUTE)
    assert titles_due(learner) == []
    answered(learner, "cloud", "did-not", at=START - 2 * MINUTE)
    assert titles_due(learner) == ["What a cloud is"]


def test_a_question_on_her_own_run_comes_after_the_run(
    ada: Client, learner: Learner, cards: dict[Learner, Measured]
) -> None:
    assert titles_due(learner) == []
    cards[learner] = Measured(340, "ms", "It blew.", "/labs/open-window/runs/x/")
    Learner.objects.update(created_at=START - DAY)
    learner.refresh_from_db()
    html = page(ada)
    assert "You measured it yourself." in html
    assert "340" not in html
    assert "worked-gust" not in html

    html = answer(ada, "900 ms")
    assert "340 ms" in html
    assert "Your own runs say less than 900 ms." in html
    assert "worked-gust" in html
    assert ratings_on(html) == {AGAIN: "1 min"}
    undo(ada)
    assert list(ratings_on(answer(ada, "0.33 s"))) == [HARD, GOOD, EASY]


def test_a_question_taken_out_of_the_course_is_dropped(ada: Client, learner: Learner, weather: Path) -> None:
    answered(learner, "snow", "dye")
    answered(learner, "rain", "ozone")
    fields = item_form(page(ada))
    reworded(weather, WEATHER[WEATHER.index("## snow") : WEATHER.index("## rain")], "")

    assert titles_due(learner) == ["What rain smells of"]
    html = post(ada, "answer", **fields, answer="scatter")
    assert "taken out of the course" in html
    assert "What rain smells of" in html


def test_a_question_taken_out_while_its_answer_waits_for_a_rating_is_dropped(
    ada: Client, learner: Learner, weather: Path
) -> None:
    answered(learner, "snow", "dye")
    answered(learner, "rain", "ozone")
    answer(ada, "scatter")
    reworded(weather, WEATHER[WEATHER.index("## snow") : WEATHER.index("## rain")], "")
    assert "What rain smells of" in page(ada)


def test_a_reworded_question_starts_anew(ada: Client, learner: Learner, weather: Path) -> None:
    answered(learner, "snow", "dye")
    answer(ada, "scatter")
    rate(ada, EASY)
    assert titles_due(learner) == []
    reworded(weather, "Why is snow white?", "Why does snow look white?")

    html = page(ada)
    assert "It was reworded since your last review" in html
    html = answer(ada, "scatter")
    assert ratings_on(html) == {HARD: "6 min", GOOD: "10 min", EASY: "8 days"}  # as a first review
    rate(ada, GOOD)
    assert Card.objects.get().reviews == 2
    assert "reworded" not in page(ada)


def test_a_question_reworded_under_an_open_form_is_asked_as_it_stands_now(
    ada: Client, learner: Learner, weather: Path
) -> None:
    answered(learner, "snow", "dye")
    fields = item_form(page(ada))
    reworded(weather, "Why is snow white?", "Why does snow look white?")
    response = ada.post("/review/answer/", fields | {"answer": "cold"})

    assert response.status_code == 409
    assert "reworded after you opened it" in response.content.decode()
    assert 'value="cold" checked' in response.content.decode()
    assert ReviewLog.objects.count() == 0


def test_a_question_reworded_while_its_answer_waits_is_asked_again(
    ada: Client, learner: Learner, weather: Path
) -> None:
    answered(learner, "snow", "dye")
    answer(ada, "scatter")
    reworded(weather, "Why is snow white?", "Why does snow look white?")
    assert "Why does snow look white?" in page(ada)
    html = answer(ada, "cold")
    assert ratings_on(html) == {AGAIN: "1 min"}
    assert [log.given for log in ReviewLog.objects.all()] == ["cold"]
