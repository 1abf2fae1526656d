"""What the questions say that Redis, Celery and Django do, tried on a real Redis and a real worker.

The comment at each story names the questions whose keys stand on it.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from celery import Celery

from apparatus.broker_url import celery_url, redis_client
from apparatus.probe import wait_until
from apparatus.processes import Group, Part
from apparatus.redis_server import RedisBinary, find_server, find_servers, start_redis
from tests.quizzes.behaviour import kitchen

QUEUE, UNACKED = "celery", "unacked"
WITHIN_S = 30.0
SOON = {"visibility_timeout": 1, "unacked_restore_interval": 1, "unacked_restore_throttle": 1}


class Kitchen:
    """A Redis of its own, and workers on it."""

    def __init__(self, group: Group, url: str) -> None:
        self.group, self.url = group, url
        self.redis: Any = redis_client(url, 5.0)
        self.app = celery_on(celery_url(url))

    def hire(self, **settings: Any) -> Part:
        """Start a worker with these settings of Celery."""
        command = [sys.executable, "-m", "tests.quizzes.behaviour.kitchen", json.dumps(settings)]
        environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        return self.group.start("worker", command, environment=environment | {"REDIS_URL": self.url})

    def send(self, task: str, *args: Any, **options: Any) -> str:
        """One message for a task of the kitchen; its id."""
        return str(self.app.send_task(f"kitchen.{task}", args, **options).id)

    def order(self, *dishes: str) -> None:
        """One message for each dish."""
        for dish in dishes:
            self.send("cook", dish)

    def open(self) -> None:
        """Let every task finish."""
        self.redis.set(kitchen.OPEN, 1)

    def started(self) -> list[str]:
        """The dishes that were begun, in order."""
        return self._noted(kitchen.STARTED)

    def done(self) -> list[str]:
        """The dishes that were finished, in order."""
        return self._noted(kitchen.DONE)

    def waiting(self) -> tuple[int, int]:
        """Messages in the list, and messages delivered but not acknowledged."""
        return int(self.redis.llen(QUEUE)), int(self.redis.hlen(UNACKED))

    def until(self, condition: Callable[[], Any]) -> None:
        """Wait for it."""
        wait_until(condition, what=f"the story after {self.started()}, {self.waiting()}", timeout_s=WITHIN_S)

    def until_overdue(self) -> None:
        """Wait until every delivery is older than the visibility timeout of SOON."""
        ((_, newest_s),) = self.redis.zrange("unacked_index", -1, -1, withscores=True)
        self.until(lambda: time.time() > newest_s + SOON["visibility_timeout"])

    def _noted(self, key: str) -> list[str]:
        noted: list[str] = self.redis.lrange(key, 0, -1)
        return noted


@contextmanager
def killed_afterwards(folder: Path) -> Iterator[Group]:
    """Processes that are killed, not asked to stop, when the story is over: that is sooner."""
    with Group(folder / "logs") as group:
        yield group
        for part in group.parts.copy():
            group.kill(part)


@pytest.fixture
def group(tmp_path: Path) -> Iterator[Group]:
    """The processes of one story."""
    with killed_afterwards(tmp_path) as group:
        yield group


@pytest.fixture
def ours(group: Group, tmp_path: Path) -> Kitchen:
    """A kitchen without workers."""
    _, url = start_redis(group, find_server(), tmp_path)
    return Kitchen(group, url)


SERVERS: list[RedisBinary | None] = [*find_servers()]


@pytest.fixture(params=SERVERS or [None], ids=lambda binary: str(binary and binary.name))
def binary(request: pytest.FixtureRequest) -> RedisBinary:
    """Each usable server of this machine in turn. None is a failure, not a skip."""
    assert request.param, "no Redis server here: apt install redis-server, or install requirements-dev.txt"
    found: RedisBinary = request.param
    return found


@pytest.fixture
def anybodys(binary: RedisBinary, group: Group, tmp_path: Path) -> Kitchen:
    """A kitchen without workers, on each of these servers."""
    _, url = start_redis(group, binary, tmp_path)
    return Kitchen(group, url)


def celery_on(url: str, **settings: Any) -> Celery:
    """A Celery that knows nothing but an address, as in a script without Django."""
    app = Celery(broker=url, set_as_current=False)
    app.conf.update(settings)
    return app
