"""A process of its own that publishes without and with our header, in turns, and prints what that took.

    python -m benchmarks.publishing 7 400        rounds, and calls in each

It needs the environment of a running course.
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import django

from labs.email_in_request.publisher import QUEUE, RUN_ID, forget

WARM_UPS = 200


def main(rounds: int, calls: int) -> dict[str, list[float]]:
    """Processor time per call in microseconds, round by round."""
    django.setup()
    from labs.bench.doors import RUN_HEADER
    from labs.email_in_request.tasks import send_welcome_mail

    def publish(**more: Any) -> None:
        send_welcome_mail.apply_async((RUN_ID,), {"mail_wait_ms": 300}, retry=False, queue=QUEUE, **more)

    def as_the_lab_does() -> None:
        publish(headers={RUN_HEADER: RUN_ID})

    for _ in range(WARM_UPS):
        as_the_lab_does()
    return with_and_without(publish, as_the_lab_does, rounds=rounds, calls=calls)


def with_and_without(
    bare: Callable[[], None], stamped: Callable[[], None], *, rounds: int, calls: int
) -> dict[str, list[float]]:
    """Processor time per call in microseconds, round by round; within a round the two take turns call by call."""
    found: dict[str, list[float]] = {"without_us": [], "with_us": []}
    for number in range(rounds):
        spent = {"without_us": 0.0, "with_us": 0.0}
        for index in range(calls):
            pair = [("without_us", bare), ("with_us", stamped)]
            for name, call in pair if (number + index) % 2 else pair[::-1]:
                started = time.process_time()
                call()
                spent[name] += time.process_time() - started
        for name, seconds in spent.items():
            found[name].append(1e6 * seconds / calls)
    return found


if __name__ == "__main__":
    try:
        printed = json.dumps(main(*map(int, sys.argv[1:])))
    finally:
        forget()
    print(printed)
