"""How many commands one `.delay()` sends to Redis: the first of a process, a later one, and with results."""

import os

import redis
from celery import Celery

url = os.environ["REDIS_URL"]
server = redis.Redis.from_url(url)


def welcome():
    """Never runs here."""


def commands(call):
    """How many commands the server counts during a call."""
    before = server.info("stats")["total_commands_processed"]
    call()
    return server.info("stats")["total_commands_processed"] - before - 1  # one for the first INFO


def task(backend=None, **options):
    app = Celery(broker=url, backend=backend, set_as_current=False)
    return app.task(welcome, name="welcome", **options)


plain, kept, ignored = task(), task(url), task(url, ignore_result=True)
print("the first of this process           ", commands(plain.delay))
print("a later one                         ", commands(plain.delay))
kept.delay()  # connects to the result backend
print("results in Redis                    ", commands(kept.delay))
print("results in Redis, ignore_result=True", commands(ignored.delay))
