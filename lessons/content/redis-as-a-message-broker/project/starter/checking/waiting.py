"""Waiting for a condition, never for a time."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
INTERVAL_S = 0.02


def wait_for(condition: Callable[[], T], timeout_s: float) -> T:
    """The first true answer of `condition`, or its last one after `timeout_s`."""
    deadline = time.monotonic() + timeout_s
    while not (answer := condition()) and time.monotonic() < deadline:
        time.sleep(INTERVAL_S)
    return answer
