"""A process of its own that publishes the first lab's message to a queue nobody reads, and prints how long that took.

    python -m benchmarks.publishing first            the first publish of a process
    python -m benchmarks.publishing warm 3000        many in a row
    python -m benchmarks.publishing headers 7 400    rounds of calls without and with our header, in turns

It needs the environment of a running course.
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import django

QUEUE = "benchmark"
RUN_ID = "0123456789abcdef0123456789abcdef"
WARM_UPS = 200


def main(arguments: list[str]) -> dict[str, list[float]]:
    """Do one of the three."""
    django.setup()
    from labs.bench.doors import RUN_HEADER
    from labs.email_in_request.tasks import send_welcome_mail

    def publish(**more: Any) -> None:
        send_welcome_mail.apply_async((RUN_ID,), {"mail_wait_ms": 300}, retry=False, queue=QUEUE, **more)

    def as_the_lab_does() -> None:
        publish(headers={RUN_HEADER: RUN_ID})

    if arguments[0] == "first":
        return {"first_ms": in_ms(as_the_lab_does, 1)}
    in_ms(as_the_lab_does, WARM_UPS)
    if arguments[0] == "warm":
        return {"warm_ms": in_ms(as_the_lab_does, int(arguments[1]))}
    return with_and_without(publish, as_the_lab_does, rounds=int(arguments[1]), calls=int(arguments[2]))


def in_ms(call: Callable[[], None], times: int) -> list[float]:
    """How long each call took, by the clock on the wall."""
    took = []
    for _ in range(times):
        started = time.perf_counter()
        call()
        took.append(1000 * (time.perf_counter() - started))
    return took


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


def forget() -> None:
    """Remove what was published."""
    from django.conf import settings

    from apparatus.broker_url import redis_client

    with redis_client(settings.REDIS_URL, 5.0) as client:
        client.delete(QUEUE)


if __name__ == "__main__":
    try:
        printed = json.dumps(main(sys.argv[1:]))
    finally:
        forget()
    print(printed)
