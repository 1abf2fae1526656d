"""Is Redis there, is a worker there? Each answers within about a second, whatever is broken."""

from dataclasses import dataclass

import redis
from celery import current_app
from django.conf import settings

from apparatus.redis_server import describe
from labs.bench.doors import BROKER_ERRORS, broker_trouble


@dataclass(frozen=True)
class Part:
    """One part's state: `ok`, and in words what it is or what is wrong."""

    ok: bool
    state: str


def broker_part() -> Part:
    """Does Redis answer within a second, and which server is it?"""
    try:
        return Part(True, str(describe(settings.REDIS_URL, timeout_s=1)))
    except redis.RedisError as error:
        return Part(False, broker_trouble(error))


def worker_part() -> Part:
    """Does any worker answer a control ping within a second?"""
    try:
        answers = current_app.control.ping(timeout=1, limit=1)
    except (*BROKER_ERRORS, OSError):
        return Part(False, "cannot be asked")
    return Part(True, "ready") if answers else Part(False, "no worker is running")
