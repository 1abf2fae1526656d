"""A process of its own that publishes this lab's message to a queue nobody reads, and prints how long that took.

    python -m labs.email_in_request.publisher 21         publishes 21 times; the first one is this process's first
    python -m labs.email_in_request.publisher 21 300     and then sends one mail of about 300 ms, as the view does

Prints one line of JSON, all times in ms. Exit code 1 with one sentence when Redis or the mail server is down. It needs
the environment of a course.
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import django

QUEUE = "publishing"  # always the same: kombu keeps a set for each name that it has ever seen
BINDING = f"_kombu.binding.{QUEUE}"
RUN_ID = "0123456789abcdef0123456789abcdef"


def main(publishes: int, mail_wait_ms: int | None) -> str:
    """What is printed. Ends this process with one sentence when a part is down."""
    django.setup()
    from labs.bench.doors import BROKER_ERRORS, MAIL_ERRORS, broker_trouble, mail_trouble

    try:
        found = published(publishes)
        forget()
        if mail_wait_ms is not None:
            found["mail_ms"] = mail_ms(mail_wait_ms)
    except BROKER_ERRORS as error:
        sys.exit(f"Redis {broker_trouble(error)}.")
    except MAIL_ERRORS as error:
        sys.exit(f"The mail server {mail_trouble(error)}.")
    return json.dumps(found)


def published(publishes: int) -> dict[str, Any]:
    """The time of the first publish of this process, and the times of those after it. Raises doors.BROKER_ERRORS."""
    from labs.bench.doors import RUN_HEADER
    from labs.email_in_request.tasks import send_welcome_mail

    def publish() -> None:
        headers = {RUN_HEADER: RUN_ID}
        send_welcome_mail.apply_async((RUN_ID,), {"mail_wait_ms": 300}, headers=headers, retry=False, queue=QUEUE)

    first_ms, *warm_ms = [took_ms(publish) for _ in range(publishes)]
    return {"first_ms": first_ms, "warm_ms": warm_ms}


def mail_ms(wait_ms: int) -> float:
    """How long one mail takes in this process, its host name looked up before. Raises doors.MAIL_ERRORS."""
    from django.core.mail.utils import DNS_NAME

    from labs.email_in_request import work

    DNS_NAME.get_fqdn()
    return took_ms(lambda: work.send_welcome_mail(RUN_ID, wait_ms))


def took_ms(call: Callable[[], object]) -> float:
    """How long a call takes, by the clock on the wall."""
    started = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - started)


def forget() -> None:
    """Remove what was published."""
    from django.conf import settings

    from apparatus.broker_url import redis_client

    with redis_client(settings.REDIS_URL, 5.0) as client:
        client.delete(QUEUE, BINDING)


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    print(main(numbers[0], numbers[1] if numbers[1:] else None))
