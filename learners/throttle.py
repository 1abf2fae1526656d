"""Bounds on how often something may be done from one place.

Counted in the database, so that the bound holds over all web processes and over a restart.
"""

import math
from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from learners.models import Counted, Learner


@dataclass(frozen=True)
class Limit:
    """At most `most` times within any `window_s` seconds."""

    what: str
    most: int
    window_s: int


def seconds_to_wait(limit: Limit, who: str) -> int:
    """Seconds until it may be done again; 0 when it may be done now."""
    since = timezone.now() - timedelta(seconds=limit.window_s)
    counted = Counted.objects.filter(what=limit.what, who=who, at__gt=since).order_by("-at")
    newest = list(counted.values_list("at", flat=True)[: limit.most])
    return math.ceil((newest[-1] - since).total_seconds()) if len(newest) == limit.most else 0


def count(limit: Limit, who: str) -> None:
    """Write down that it was done, and forget what no longer counts, whoever did it."""
    now = timezone.now()
    Counted.objects.filter(what=limit.what, at__lte=now - timedelta(seconds=limit.window_s)).delete()
    Counted.objects.create(what=limit.what, who=who, at=now)


def place_of(request: HttpRequest) -> str:
    """The network address a request comes from. Behind a proxy that does not pass addresses on, all share one place."""
    return _hashed(f"address {request.META.get('REMOTE_ADDR', '')}")


def person(learner: Learner) -> str:
    """One learner."""
    return _hashed(f"learner {learner.pk}")


def _hashed(who: str) -> str:
    """Neither an address nor a learner's number is kept, only a keyed hash of it."""
    return salted_hmac("learners.throttle", who, algorithm="sha256").hexdigest()
