"""A small kitchen: a Celery app of its own, its tasks, and a worker that may be killed.

`python -m tests.quizzes.behaviour.kitchen '{"task_acks_late": true}'` is a worker with these settings on the Redis of
REDIS_URL. Every task writes what it does into Redis, so that a test can wait for it instead of sleeping.
"""

import json
import os
import signal
import sys
import time
from typing import Any

from celery import Celery, Task

from apparatus.broker_url import celery_url, redis_client

STARTED, DONE, OPEN = "started", "done", "open"
LONGEST_S = 30.0  # so that no task outlives a test run that was cut short
RETRIES = 3

app = Celery("kitchen", set_as_current=False)  # the tests' process holds the course's own app


@app.task(name="kitchen.cook")
def cook(dish: str) -> None:
    """Start, wait until the kitchen is open, finish."""
    with redis_client(os.environ["REDIS_URL"], 5) as redis:
        redis.rpush(STARTED, dish)
        until = time.monotonic() + LONGEST_S
        while not redis.exists(OPEN) and time.monotonic() < until:
            time.sleep(0.02)
        redis.rpush(DONE, dish)


@app.task(name="kitchen.burn")
def burn(dish: str) -> None:
    """Start, then fail with an ordinary exception."""
    _start(dish)
    raise ValueError("burnt")


@app.task(name="kitchen.spill", bind=True, autoretry_for=(OSError,), max_retries=RETRIES, default_retry_delay=0)
def spill(self: "Task[..., None]", dish: str) -> None:
    """Start, then fail with an exception that is to be tried again."""
    _start(dish)
    raise OSError("the mail server is down")


@app.task(name="kitchen.collapse")
def collapse(dish: str) -> None:
    """Start, then end this process as the kernel does when memory runs out."""
    _start(dish)
    os.kill(os.getpid(), signal.SIGKILL)


def work(settings: dict[str, Any]) -> int:
    """Be a worker of one process until a signal comes. The exit code is Celery's."""
    app.conf.update(broker_url=celery_url(os.environ["REDIS_URL"]), task_ignore_result=True, **settings)
    worker = app.Worker(
        pool="prefork", concurrency=1, loglevel="INFO", without_gossip=True, without_mingle=True, without_heartbeat=True
    )
    worker.start()
    return int(worker.exitcode or 0)


def _start(dish: str) -> None:
    with redis_client(os.environ["REDIS_URL"], 5) as redis:
        redis.rpush(STARTED, dish)


if __name__ == "__main__":
    sys.exit(work(json.loads(sys.argv[1])))
