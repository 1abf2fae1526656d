"""FSRS through our wrapper: the vectors of the package's own tests, and what a learner's one setting does."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from quizzes.review.forecast import DAYS, forecast
from quizzes.review.memory import (
    LEAST_RETENTION_PERCENT,
    MOST_RETENTION_PERCENT,
    RETENTION_PERCENT,
    Rating,
    State,
    brought_forward,
    from_json,
    intervals,
    rated,
    to_json,
    unseen,
)
from quizzes.review.words import interval_in_words, when_in_words

START = datetime(2022, 11, 29, 12, 30, tzinfo=UTC)  # a Tuesday
AGAIN, HARD, GOOD, EASY = Rating


def waits_days(ratings: list[Rating]) -> list[int]:
    """The waits that these ratings give, each made the moment the item is due, kept as JSON in between."""
    memory, waits = unseen(START), []
    for rating in ratings:
        memory = from_json(to_json(rated(memory, rating, memory.due)))
        assert memory.last_review is not None
        waits.append((memory.due - memory.last_review).days)
    return waits


def test_the_intervals_of_the_package_s_own_test() -> None:
    """py-fsrs, tests/test_basic.py, test_review_card."""
    ratings = [GOOD] * 6 + [AGAIN] * 2 + [GOOD] * 5
    assert waits_days(ratings) == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]


def test_the_memory_state_of_the_package_s_own_test() -> None:
    """py-fsrs, tests/test_basic.py, test_memo_state."""
    memory, at = unseen(START), START
    for rating, days in zip([AGAIN] + [GOOD] * 5, [0, 0, 1, 3, 8, 21], strict=True):
        at += timedelta(days=days)
        memory = rated(memory, rating, at)
    assert memory.stability == pytest.approx(53.62691, abs=1e-4)
    assert memory.difficulty == pytest.approx(6.3574867, abs=1e-4)


def test_repeated_easy_reviews_reach_the_least_difficulty() -> None:
    """py-fsrs, tests/test_basic.py, test_repeated_correct_reviews."""
    memory = unseen(START)
    for microseconds in range(10):
        memory = rated(memory, EASY, START + timedelta(microseconds=microseconds))
    assert memory.difficulty == 1.0


def test_the_first_steps_of_the_package_s_own_tests() -> None:
    """py-fsrs, tests/test_basic.py: 1, 5.5 and 10 minutes while learning, days once it is known, 10 minutes after."""
    waits = intervals(unseen(START), START, RETENTION_PERCENT)
    assert [waits[rating] for rating in (AGAIN, HARD, GOOD)] == [timedelta(minutes=m) for m in (1, 5.5, 10)]
    assert waits[EASY] >= timedelta(days=1)
    known = rated(unseen(START), EASY, START)
    assert known.state == State.Review
    forgotten = rated(known, AGAIN, known.due)
    assert (forgotten.state, forgotten.due - known.due) == (State.Relearning, timedelta(minutes=10))


def test_what_a_button_prints_is_what_it_gives_every_time() -> None:
    memory = rated(rated(unseen(START), GOOD, START), GOOD, START + timedelta(minutes=10))
    at = memory.due + timedelta(days=40)
    printed = intervals(memory, at, RETENTION_PERCENT)
    assert printed[GOOD] > timedelta(days=7)  # long enough that fuzz would move it
    for _ in range(20):
        assert {rating: rated(memory, rating, at).due - at for rating in Rating} == printed


def test_rating_leaves_the_memory_before_it_as_it_was() -> None:
    memory = unseen(START)
    before = to_json(memory)
    rated(memory, GOOD, START)
    assert to_json(memory) == before


def test_a_time_in_another_zone_is_the_same_moment() -> None:
    berlin = timezone(timedelta(hours=1))
    assert rated(unseen(START), GOOD, START.astimezone(berlin)) == rated(unseen(START), GOOD, START)


def test_brought_forward_never_puts_off() -> None:
    memory = rated(unseen(START), EASY, START)
    assert brought_forward(memory, START).due == START
    assert brought_forward(memory, memory.due + timedelta(days=1)).due == memory.due
    assert brought_forward(memory, START).stability == memory.stability


def test_more_retention_means_shorter_waits_as_the_page_says() -> None:
    """The page: less than half as long at 95 %, three times as long at 80 %."""
    memory = rated(unseen(START), EASY, START)
    at = memory.due

    def wait_at(percent: int) -> timedelta:
        return intervals(memory, at, percent)[GOOD]

    assert wait_at(MOST_RETENTION_PERCENT) < wait_at(90) / 2
    assert wait_at(90) * 2.5 < wait_at(LEAST_RETENTION_PERCENT) < wait_at(90) * 4


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        (timedelta(seconds=0), "1 min"),
        (timedelta(minutes=5, seconds=30), "6 min"),
        (timedelta(minutes=59), "59 min"),
        (timedelta(hours=5), "5 h"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=60), "60 days"),
        (timedelta(days=163), "5 months"),
        (timedelta(days=498), "1.4 years"),
    ],
)
def test_intervals_in_words(interval: timedelta, words: str) -> None:
    assert interval_in_words(interval) == words


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (timedelta(seconds=5), "in 1 minute"),
        (timedelta(minutes=12), "in 12 minutes"),
        (timedelta(hours=3), "in 3 hours"),
        (timedelta(hours=11), "in 11 hours"),
        (timedelta(hours=11, minutes=45), "in 12 hours"),
        (timedelta(hours=13), "tomorrow"),
        (timedelta(days=3), "on Friday"),
        (timedelta(days=7), "on 6 December"),
        (timedelta(days=60), "on 28 January 2023"),
    ],
)
def test_when_to_come_back_in_words(wait: timedelta, words: str) -> None:
    assert when_in_words(START + wait, START) == words


def test_the_forecast_follows_an_item_through_all_its_reviews() -> None:
    """As the vectors above: ten minutes later the same day, then 2 days, then 11 more."""
    days = forecast([unseen(START)], START, RETENTION_PERCENT)
    assert len(days) == DAYS
    assert [index for index, day in enumerate(days) if day.items] == [0, 2, 13]


def test_the_forecast_puts_what_is_overdue_on_today_and_counts_an_item_once_a_day() -> None:
    overdue = unseen(START - timedelta(days=30))
    later = unseen(START + timedelta(days=5))
    days = forecast([overdue, overdue, later], START, RETENTION_PERCENT)
    assert (days[0].date, days[0].items, days[0].share) == (START.date(), 2, 100)
    assert (days[5].items, days[5].share) == (1, 50)


def test_the_forecast_of_nothing_is_empty_days() -> None:
    assert {(day.items, day.share) for day in forecast([], START, RETENTION_PERCENT)} == {(0, 0)}


def test_what_is_forgotten_costs_more_than_the_forecast_promised() -> None:
    """The page says so: what you forget comes back sooner."""
    learnt = rated(unseen(START), EASY, START)
    at = learnt.due
    kept, lost = rated(learnt, GOOD, at), rated(learnt, AGAIN, at)
    promised, real = (sum(day.items for day in forecast([m], at, RETENTION_PERCENT)) for m in (kept, lost))
    assert real > promised
