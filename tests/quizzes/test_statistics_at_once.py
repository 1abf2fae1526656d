"""Twenty people finish the quiz at the same moment, each in an order of their own: no count is lost, none deadlocks."""

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction

from course.environment import database
from quizzes.statistics.counting import CompletedItem, add, completed_counts, first_answer_counts
from quizzes.statistics.reading import items, read_figures
from quizzes.statistics.recount import rebuild
from tests.people import browser_of_a_newcomer
from tests.postgres import postgres
from tests.quizzes.conftest import address, form_fields, page

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]
PEOPLE = 20
OPTIONS = {"snow": ("dye", "scatter", "cold"), "rain": ("soil", "ozone"), "wind": ("up", "down", "low")}
Run = Callable[..., list[Any]]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database_url(request) -> Iterator[str]:
    """Nothing for SQLite, or the address of a real PostgreSQL."""
    if request.param == "sqlite":
        yield ""
        return
    with postgres() as address:
        yield address


@pytest.fixture
def at_once(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Runs one function in many threads, which have an empty database with the settings of production."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setitem(connections.settings, "default", connections.settings["default"] | database(tmp_path))
    with ThreadPoolExecutor(PEOPLE) as threads:

        def run(work: Callable[[int], Any], times: int = PEOPLE) -> list[Any]:
            return list(threads.map(_closing_connections(work), range(times)))

        assert run(lambda _: connection.vendor, times=1) == ["postgresql" if database_url else "sqlite"]
        run(lambda _: call_command("migrate", verbosity=0), times=1)
        run(lambda _: call_command("flush", interactive=False, verbosity=0), times=1)
        yield run
        if database_url:
            run(lambda _: connection.close_pool(), times=1)  # type: ignore[attr-defined]  # PostgreSQL's has one


def _closing_connections(work: Callable[[int], Any]) -> Callable[[int], Any]:
    def run(number: int) -> object:
        try:
            return work(number)
        finally:
            connections.close_all()

    return run


def test_nothing_is_lost_when_all_finish_at_the_same_moment(at_once: Run) -> None:
    together = Barrier(PEOPLE)

    def somebody_answers(number: int) -> None:
        browser, choose = browser_of_a_newcomer(), random.Random(number)
        together.wait()
        for question in choose.sample(list(OPTIONS), len(OPTIONS)):
            for option in choose.sample(OPTIONS[question], 2):
                browser.post(address(question), form_fields(page(browser, question)) | {"answer": option})

    def counted(_: int) -> list[tuple[int, int]]:
        return [(item.now.asked, item.now.completed) for item in items()]

    at_once(somebody_answers)
    assert at_once(counted, times=1) == [[(PEOPLE, PEOPLE)] * len(OPTIONS)]
    assert at_once(lambda _: rebuild().changed, times=1) == [0]


def test_writers_that_name_the_same_figures_in_another_order_wait_for_each_other(at_once: Run) -> None:
    together = Barrier(PEOPLE)

    def somebody_adds(number: int) -> None:
        choose = random.Random(number)
        together.wait()
        for _ in range(10):
            whats = choose.sample([f"pick:{option}" for option in range(40)], 40)
            add({("snow", "v", what): 1 for what in whats})

    at_once(somebody_adds)
    [figures] = at_once(lambda _: read_figures("snow"), times=1)[0]
    assert set(figures.picks.values()) == {10 * PEOPLE}


def test_a_check_and_a_test_that_end_together_wait_for_each_other(at_once: Run) -> None:
    """A check counts its last answer and then the attempt, a test everything at once."""
    together = Barrier(PEOPLE)
    rows = [CompletedItem(f"q{number}", "v", ["a"], number % 2 == 0) for number in range(8)]
    first = [
        first_answer_counts(row.question, "v", row.picks, correct=row.correct, certainty=2, took_ms=9, day=1)
        for row in rows
    ]

    def somebody_finishes(number: int) -> None:
        together.wait()
        for _ in range(10):
            with transaction.atomic():
                if number % 2:
                    add(sum(first, completed_counts(rows)))
                else:
                    add(random.Random(number).choice(first))
                    add(completed_counts(rows))

    at_once(somebody_finishes)
    [found] = at_once(lambda _: read_figures("q0"), times=1)
    assert found[0].completed == 10 * PEOPLE
