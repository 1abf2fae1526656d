"""What the worker notes about a run: received, started, finished. Written after the measured part, never during it."""

import time
from functools import cache
from typing import Any

from celery.signals import task_postrun, task_prerun, task_received

from labs.bench.doors import MAIL_ERRORS, RUN_HEADER, mail_trouble
from labs.bench.models import Run
from labs.bench.parts import broker_part

# The stamps travel with the message: of a prefork worker one process receives it and another runs it.
STAMPS = "brokered_stamps"


def connect() -> None:
    """Listen to the worker's signals. In a web process none of them is ever sent."""
    task_received.connect(_received, weak=False, dispatch_uid="bench received")
    task_prerun.connect(_started, weak=False, dispatch_uid="bench started")
    task_postrun.connect(_finished, weak=False, dispatch_uid="bench finished")


def _received(request: Any, **_: Any) -> None:
    if RUN_HEADER in request.request_dict:
        request.request_dict[STAMPS] = {"received": time.time()}


def _started(task: Any, **_: Any) -> None:
    if stamps := getattr(task.request, STAMPS, None):
        stamps["started"] = time.time()


def _finished(task: Any, state: str, retval: Any, **_: Any) -> None:
    stamps = getattr(task.request, STAMPS, None)
    if stamps is None:
        return
    stamps["finished"] = time.time()
    error = "" if state == "SUCCESS" else _trouble(retval)
    Run.objects.filter(pk=getattr(task.request, RUN_HEADER)).update(
        worker_stamps=stamps, error=error, slot=None, broker=broker_name()
    )


@cache
def broker_name() -> str:
    """Name and version of the broker, asked once in the worker's life."""
    return broker_part().state


def _trouble(error: Any) -> str:
    if isinstance(error, MAIL_ERRORS):
        return f"mail: {mail_trouble(error)}"
    return f"worker: failed with {type(error).__name__}"
