"""Twenty people press Answer at the same moment, on a database file with the settings of production."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections

from learners.models import Learner
from quizzes.models import Answer, Attempt, Count
from tests.people import browser_of_a_newcomer
from tests.quizzes.conftest import address, form_fields, page

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 20


@pytest.fixture
def at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Any]]:
    """Runs one function in many threads. SQLite's test database lives in memory: threads get a file instead."""
    if connection.vendor == "sqlite":
        monkeypatch.setitem(connections.settings["default"], "NAME", str(tmp_path / "course.sqlite3"))
    with ThreadPoolExecutor(PEOPLE) as threads:

        def run(work: Callable[[int], Any], times: int = PEOPLE) -> list[Any]:
            return list(threads.map(_closing_connections(work), range(times)))

        if connection.vendor == "sqlite":
            run(lambda _: call_command("migrate", verbosity=0), times=1)
        yield run


def _closing_connections(work: Callable[[int], Any]) -> Callable[[int], Any]:
    def run(number: int) -> object:
        try:
            return work(number)
        finally:
            connections.close_all()

    return run


def test_no_attempt_is_lost(at_once: Callable[..., Any]) -> None:
    together = Barrier(PEOPLE)

    def somebody_answers(number: int) -> int:
        browser = browser_of_a_newcomer()
        fields = form_fields(page(browser)) | {"answer": ("dye", "scatter")[number % 2]}
        together.wait()
        return browser.post(address(), fields).status_code

    assert at_once(somebody_answers) == [302] * PEOPLE
    counts = [model.objects.count for model in (Learner, Attempt, Answer)]
    assert at_once(lambda number: counts[number](), times=3) == [PEOPLE] * 3
    counted = {"asked": PEOPLE, "right": PEOPLE // 2, "pick:dye": PEOPLE // 2}
    assert at_once(lambda _: {what: Count.objects.get(what=what).n for what in counted}, times=1) == [counted]


def test_one_person_pressing_in_many_tabs_counts_once(at_once: Callable[..., Any]) -> None:
    together = Barrier(PEOPLE)
    ada = browser_of_a_newcomer()

    def ada_begins(_: int) -> None:
        ada.post(address("rain"), form_fields(page(ada, "rain")) | {"answer": "soil"})

    def a_tab_answers(number: int) -> int:
        tab = browser_of_a_newcomer()
        tab.cookies = ada.cookies
        fields = form_fields(page(tab)) | {"answer": ("dye", "scatter")[number % 2]}
        together.wait()
        return tab.post(address(), fields).status_code

    at_once(ada_begins, times=1)
    assert at_once(a_tab_answers) == [302] * PEOPLE
    tries = Answer.objects.filter(question="snow").values_list("try_number", flat=True)
    assert at_once(lambda _: list(tries.all()), times=1) == [[1]]
