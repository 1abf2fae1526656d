"""The floor that the page prints beside a run's time in Redis."""

import time

import pytest
import redis

from labs.bench import floor
from labs.bench.models import Run
from learners.models import Learner

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch):
    monkeypatch.setattr(floor, "_known_ms", [])


def test_it_is_measured_once_in_a_process(monkeypatch):
    measured = iter([0.12, 9.9])
    monkeypatch.setattr(floor, "_measure", lambda: next(measured))
    assert [floor.floor_ms(), floor.floor_ms()] == [0.12, 0.12]


def test_it_waits_while_somebodys_run_is_timed(monkeypatch):
    monkeypatch.setattr(floor, "_measure", lambda: 0.12)
    timed = Run.objects.create(
        learner=Learner.objects.create(), lab="email-in-request", web_stamps={"arrived": time.time()}, slot=0
    )
    assert floor.floor_ms() is None
    timed.delete()
    assert floor.floor_ms() == 0.12


def test_with_redis_away_there_is_none_and_the_next_look_tries_again(monkeypatch):
    def refuse() -> float:
        raise redis.ConnectionError

    monkeypatch.setattr(floor, "_measure", refuse)
    assert floor.floor_ms() is None
    monkeypatch.setattr(floor, "_measure", lambda: 0.12)
    assert floor.floor_ms() == 0.12
