"""What a run says of its time in Redis, against a clock outside of it: Redis's own, as MONITOR tells it."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

import pytest

from apparatus.broker_url import redis_client
from labs.bench.timeline import said
from tests.visitor import LAB

pytestmark = [pytest.mark.broker, pytest.mark.alone]

RUNS = 20
AGREES_MS = 1.0
STOP = "brokered-observer-stop"
RUN_IN_MESSAGE = re.compile(r'brokered_run[\\": ]+([\w-]{22})')


class Observer:
    """When each run's message was pushed, and when the worker had it: in seconds, by Redis's own clock."""

    def __init__(self) -> None:
        self.pushed: dict[str, float] = {}
        self.taken: dict[str, float] = {}

    def note(self, seen: dict) -> None:
        """Take one command. The first thing that a worker does with a message is to note it as unacknowledged."""
        found = {"LPUSH": self.pushed, "HSET": self.taken}.get(seen["command"].split(" ", 1)[0])
        run = RUN_IN_MESSAGE.search(seen["command"])
        if found is not None and run:
            found[run[1]] = seen["time"]

    def waited_ms(self, run: str) -> float:
        """How long the message was in Redis."""
        return 1000 * (self.taken[run] - self.pushed[run])


@contextmanager
def observed(redis_url: str) -> Iterator[Observer]:
    """Redis watched by MONITOR until the end of the block."""
    observer, watching = Observer(), threading.Event()

    def watch() -> None:
        with redis_client(redis_url, timeout_s=30) as client, client.monitor() as monitor:
            watching.set()
            for seen in monitor.listen():
                if STOP in seen["command"]:
                    return
                observer.note(seen)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    assert watching.wait(10)
    try:
        yield observer
    finally:
        with redis_client(redis_url) as client:
            client.echo(STOP)
        watcher.join(10)


def in_redis_ms(state: dict) -> float:
    return next(span["end_ms"] - span["start_ms"] for span in state["spans"] if span["lane"] == "redis")


def test_the_reported_time_in_redis_agrees_with_redis_own_clock(live_course, ada):
    with observed(live_course.startup.environment["REDIS_URL"]) as observer:
        states = [ada.until_final(ada.run("queued", mail_wait_ms=0).json) for _ in range(RUNS)]
    off_ms = [in_redis_ms(state) - observer.waited_ms(state["run"]) for state in states]
    assert abs(median(off_ms)) <= AGREES_MS, sorted(off_ms)


def test_a_message_that_waits_for_a_worker_is_reported_and_observed_for_as_long(live_course, ada):
    with observed(live_course.startup.environment["REDIS_URL"]) as observer:
        with live_course.without("worker"):
            state = ada.run("queued", mail_wait_ms=0).json
        done = ada.until_final(state)
    assert in_redis_ms(done) > 500, "a worker starts in no less"
    assert in_redis_ms(done) == pytest.approx(observer.waited_ms(state["run"]), abs=100)


def test_the_page_names_the_floor_beside_the_runs_own_time_in_redis(ada):
    for condition in ("inside", "queued"):
        state = ada.until_final(ada.run(condition, mail_wait_ms=0).json)
    page = ada.get(f"{LAB}?mail_wait_ms=0").text
    floor = re.search(r"a bare <code>LPUSH</code> and <code>BRPOP</code>: ([\d.]+) ms", page)
    assert floor
    assert f"the message was {said(in_redis_ms(state))} in Redis" in page
    assert 0 < float(floor[1]) < 50
