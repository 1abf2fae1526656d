"""Ada answers, rates and takes back, in one tab or in two; nothing counts twice."""

import re
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.test import Client
from django.utils.http import urlencode

from learners import records
from learners.models import Learner
from quizzes import catalog
from quizzes.review import clock, reviewing
from quizzes.review.deck import deck_of
from quizzes.review.models import Card, RetentionTarget, ReviewLog
from tests.people import browser_of_a_newcomer
from tests.quizzes.conftest import EXPLANATIONS, WEATHER
from tests.quizzes.review.stories import (
    AGAIN,
    DAY,
    EASY,
    GOOD,
    HARD,
    HOUR,
    MINUTE,
    START,
    Travel,
    answer,
    answered,
    item_form,
    page,
    post,
    rate,
    ratings_on,
    titles_due,
    undo,
)

pytestmark = pytest.mark.django_db


def test_reading_makes_no_learner_and_says_what_will_stand_here() -> None:
    newcomer = browser_of_a_newcomer()
    html = newcomer.get("/review/").content.decode()

    assert "Nothing to review yet" in html
    assert newcomer.get("/review/anki.txt").status_code == 200
    assert Learner.objects.count() == 0


def test_reading_writes_nothing(ada: Client, learner: Learner) -> None:
    answered(learner, "snow", "dye")
    page(ada)
    assert (Card.objects.count(), ReviewLog.objects.count()) == (0, 0)


def test_a_missed_question_comes_back_and_is_put_off_when_it_is_known(
    ada: Client, learner: Learner, travel: Travel
) -> None:
    answered(learner, "snow", "dye")
    answered(learner, "rain", "soil", right=True)
    html = page(ada)
    assert "Why snow is white" in html
    assert "You missed it in a quiz." in html
    assert titles_due(learner) == ["Why snow is white"]

    html = answer(ada, "scatter")
    assert "<strong>Right.</strong>" in html
    assert ratings_on(html) == {HARD: "6 min", GOOD: "10 min", EASY: "1 day"}
    html = rate(ada, GOOD)
    assert "Nothing is due" in html
    assert "Come back <strong>in 10 minutes</strong>" in html

    travel(10 * MINUTE)
    answer(ada, "scatter")
    assert "Come back <strong>tomorrow</strong>" in rate(ada, GOOD)


def test_a_wrong_answer_can_only_be_again(ada: Client, learner: Learner) -> None:
    answered(learner, "snow", "dye")
    html = answer(ada, "cold")

    assert "Not that one." in html
    assert all(explanation in html for explanation in EXPLANATIONS.values())
    assert ratings_on(html) == {AGAIN: "1 min"}
    rate(ada, EASY)
    assert ReviewLog.objects.get().rating is None
    assert "Come back <strong>in 1 minute</strong>" in rate(ada, AGAIN)


def test_a_right_answer_cannot_be_again(ada: Client, learner: Learner) -> None:
    answered(learner, "snow", "dye")
    answer(ada, "scatter")
    rate(ada, AGAIN)
    assert ReviewLog.objects.get().rating is None


def test_each_button_gives_the_interval_printed_on_it(ada: Client, learner: Learner, travel: Travel) -> None:
    answered(learner, "snow", "dye")
    answer(ada, "scatter")
    rate(ada, EASY)
    travel(3 * DAY)
    html = answer(ada, "scatter")
    printed = ratings_on(html)
    assert printed[HARD] != printed[GOOD] != printed[EASY]
    for rating, wait in printed.items():
        rate(ada, rating)
        due = Card.objects.get().remembered.due
        assert wait == f"{(due - clock.now()).days} day{'s' if (due - clock.now()).days > 1 else ''}"
        undo(ada)


def test_right_answers_are_not_in_the_page_before_they_are_due(ada: Client, learner: Learner, weather: Path) -> None:
    """The same quiz with another key gives the very same page: it cannot hold what it does not depend on."""
    answered(learner, "snow", "dye")
    before = page(ada)
    keyless = r'name="(csrfmiddlewaretoken|seal)" value="[^"]*"'
    assert not any(explanation in before for explanation in [*EXPLANATIONS.values(), "Right"])

    weather.write_text(WEATHER.replace("[ ] dye", "[x] dye").replace("[x] scatter", "[ ] scatter"), encoding="utf-8")
    catalog._read.cache_clear()
    assert re.sub(keyless, "", page(ada)) == re.sub(keyless, "", before)


def test_undo_takes_back_one_step_at_a_time(ada: Client, learner: Learner) -> None:
    answered(learner, "snow", "dye")
    before = deck_of(learner, clock.now()).held[0].memory
    answer(ada, "cold")
    rate(ada, AGAIN)
    assert "Undo the rating “Again”" in page(ada)

    html = undo(ada)
    assert ratings_on(html) == {AGAIN: "1 min"}
    assert "Undo the answer" in html
    html = undo(ada)
    assert 'name="answer" value="scatter"' in html
    assert "Undo" not in html
    assert deck_of(learner, clock.now()).held[0].memory == before
    answer(ada, "scatter")
    rate(ada, GOOD)
    log = ReviewLog.objects.get()
    assert (log.given, log.number, log.rating) == ("scatter", 1, 3)


def test_undo_pressed_twice_takes_back_one_step(ada: Client, learner: Learner) -> None:
    answered(learner, "snow", "dye")
    answered(learner, "rain", "ozone")
    for given in ("scatter", "soil"):
        answer(ada, given)
        rate(ada, GOOD)
    log = str(ReviewLog.objects.latest("pk").pk)
    post(ada, "undo", log=log)
    post(ada, "undo", log=str(int(log) - 1))
    assert list(ReviewLog.objects.order_by("pk").values_list("rating", flat=True)) == [3, None]


def test_after_an_hour_there_is_nothing_to_undo(ada: Client, learner: Learner, travel: Travel) -> None:
    answered(learner, "snow", "dye")
    answer(ada, "scatter")
    rate(ada, GOOD)
    travel(2 * HOUR)
    assert "Undo" not in page(ada)
    post(ada, "undo", log=str(ReviewLog.objects.get().pk))
    assert ReviewLog.objects.get().rating == 3


def test_a_double_click_rates_once(ada: Client, learner: Learner) -> None:
    answered(learner, "snow", "dye")
    answer(ada, "scatter")
    fields = item_form(page(ada))
    post(ada, "rate", **fields, rating=GOOD)
    after = Card.objects.get().memory
    html = post(ada, "rate", **fields, rating=EASY)

    assert "already counted" in html
    assert Card.objects.get().memory == after
    assert (Card.objects.get().reviews, ReviewLog.objects.count()) == (1, 1)


def test_two_tabs_answer_one_review_once(ada: Client, learner: Learner) -> None:
    answered(learner, "snow", "dye")
    tab_one, tab_two = item_form(page(ada)), item_form(page(ada))
    post(ada, "answer", **tab_one, answer="scatter")
    html = post(ada, "answer", **tab_two, answer="cold")

    assert "already counted" in html
    assert [log.given for log in ReviewLog.objects.all()] == ["scatter"]
    post(ada, "rate", **item_form(page(ada)), rating=GOOD)
    post(ada, "answer", **tab_two, answer="cold")
    assert ReviewLog.objects.count() == 1


def test_two_requests_that_both_saw_it_open_count_once(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """What only a database without IMMEDIATE transactions lets happen: both read before either writes."""
    answered(learner, "snow", "dye")
    before = deck_of(learner, START)
    held = before.held[0]
    fields = {"item": held.item.slug, "number": "1", "seal": reviewing.seal(held), "answer": "scatter"}
    form = QueryDict(urlencode(fields))
    monkeypatch.setattr(reviewing, "deck_of", lambda *whose: before)
    outcomes = [reviewing.answer(learner, form, START).outcome for _ in range(2)]
    assert outcomes == [reviewing.Outcome.DONE, reviewing.Outcome.TAKEN]


def test_the_database_holds_one_log_a_review(learner: Learner) -> None:
    card = Card.objects.create(learner=learner, item="questions/snow", version="x", memory={})
    fields = {"card": card, "number": 1, "version": "x", "answered_at": START, "before": {}}
    ReviewLog.objects.create(**fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewLog.objects.create(**fields)


def test_an_answer_waits_for_its_rating_through_reload_and_restart(ada: Client, learner: Learner) -> None:
    answered(learner, "snow", "dye")
    answered(learner, "rain", "ozone", certainty=3, at=START - 2 * HOUR)
    answer(ada, "soil")
    assert "What rain smells of" in page(ada)
    assert ratings_on(page(ada)) == ratings_on(page(ada)) != {}


def test_who_deletes_everything_deletes_the_reviews_too(ada: Client, learner: Learner) -> None:
    answered(learner, "snow", "dye")
    answer(ada, "scatter")
    post(ada, "retention", percent="85")
    records.forget(learner)
    assert (Card.objects.count(), ReviewLog.objects.count(), RetentionTarget.objects.count()) == (0, 0, 0)


def test_bob_who_missed_the_same_begins_it_for_himself(ada: Client, learner: Learner) -> None:
    answered(learner, "snow", "dye")
    post(ada, "retention", percent="95")
    answer(ada, "scatter")
    rate(ada, GOOD)
    bob = Learner.objects.create()
    answered(bob, "snow", "dye")
    (item,) = deck_of(bob, clock.now()).held
    assert (item.card, item.log, item.number) == (None, None, 1)
    assert (reviewing.retention_percent_of(learner), reviewing.retention_percent_of(bob)) == (95, 90)
    assert deck_of(bob, clock.now()).retention_percent == 90
    assert reviewing.last_step(bob, clock.now()) is None
