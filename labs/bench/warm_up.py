"""Warming a process before a learner measures it: the publisher, and the host name that every mail starts with."""

from threading import Thread

from django.core.mail.utils import DNS_NAME

from labs.bench.doors import BROKER_ERRORS
from labs.bench.tasks import WARM_UP_QUEUE, warm_up

EXPIRES_S = 60


def warm_up_in_background() -> None:
    """Start warming and return at once. Failure is silent: the labs say themselves when Redis is away."""
    Thread(target=warm, name="warm-up", daemon=True).start()


def warm() -> None:
    """Publish one message that expires soon, and look up the host name (seconds, where name service is broken)."""
    DNS_NAME.get_fqdn()
    try:
        warm_up.apply_async(queue=WARM_UP_QUEUE, expires=EXPIRES_S, retry=False)
    except BROKER_ERRORS:
        return
