"""Two doors to the same work: inside the request, or through Redis. The work itself is a plain function."""

import smtplib
import time
from collections.abc import Callable
from typing import Any

import redis
from celery import Task
from kombu.exceptions import OperationalError

from labs.bench.lab import Door
from labs.bench.models import Run

RUN_HEADER = "brokered_run"

BROKER_ERRORS = (OperationalError, redis.RedisError)
MAIL_ERRORS = (smtplib.SMTPException, OSError)


class PartIsDown(Exception):
    """A part that the run needs does not answer. `lane` names it, the message says what it does instead."""

    def __init__(self, lane: str, message: str) -> None:
        super().__init__(message)
        self.lane = lane


def in_the_request(work: Callable[..., None]) -> Door:
    """The view does the work before it answers. The door raises PartIsDown when the mail server fails."""

    def door(run: Run) -> None:
        run.web_stamps["work_started"] = time.time()
        try:
            work(run.pk, **run.parameters)  # lane: web work
        except MAIL_ERRORS as error:
            raise PartIsDown("mail", mail_trouble(error)) from error
        run.web_stamps["work_finished"] = time.time()

    return door


def through_redis(task: "Task[Any, Any]") -> Door:
    """The view leaves a message in Redis and answers. The door raises PartIsDown when Redis does not take it."""

    def door(run: Run) -> None:
        headers = {RUN_HEADER: run.pk}
        run.web_stamps["publish_started"] = time.time()
        try:
            task.apply_async((run.pk,), run.parameters, headers=headers, retry=False)  # lane: redis publish
        except BROKER_ERRORS as error:
            raise PartIsDown("redis", broker_trouble(error)) from error
        run.web_stamps["published"] = time.time()

    return door


def broker_trouble(error: Exception) -> str:
    """What Redis does instead of taking a message, in words."""
    return "does not answer" if "imed out" in str(error) or "imeout" in str(error) else "refuses connections"


def mail_trouble(error: Exception) -> str:
    """What the mail server does instead of taking a mail, in words."""
    if isinstance(error, TimeoutError | smtplib.SMTPServerDisconnected):
        return "does not answer"
    return "refuses connections" if isinstance(error, ConnectionError) else f"says no: {error}"[:200]
