"""Two browsers, or two tabs, at the same moment, on a database file with the settings of production."""

from collections.abc import Callable
from threading import Barrier
from typing import Any

import pytest

from learners.models import Learner, Progress
from learners.resume import make_code
from tests.people import browser_of_a_newcomer
from tests.quizzes.test_at_once import at_once  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db(transaction=True)
PERF = "/lessons/redis-as-a-message-broker/perf/progress/"


def test_of_many_who_enter_a_code_at_once_one_gets_it(at_once: Callable[..., Any]) -> None:  # noqa: F811
    together = Barrier(8)
    [words] = at_once(lambda _: make_code(Learner.objects.create()).words, times=1)

    def enter(_: int) -> int:
        together.wait()
        return browser_of_a_newcomer().post("/me/resume/", {"code": words}).status_code

    assert sorted(at_once(enter, times=8)) == [302, *[400] * 7]


def test_many_tabs_begin_a_mode_once(at_once: Callable[..., Any]) -> None:  # noqa: F811
    together = Barrier(8)
    ada = browser_of_a_newcomer()
    at_once(lambda _: ada.post("/guesses/", {"slug": "home/inp", "choice": "rises"}), times=1)

    def open_it(_: int) -> int:
        tab = browser_of_a_newcomer()
        tab.cookies = ada.cookies
        together.wait()
        return tab.post(PERF, {"state": "begun"}).status_code

    assert at_once(open_it, times=8) == [204] * 8
    assert at_once(lambda _: Progress.objects.count(), times=1) == [1]
