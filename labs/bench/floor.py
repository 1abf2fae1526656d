"""The floor under any queue on Redis: what one bare message costs on this machine, without Celery."""

import secrets
import statistics
import time

import redis
from django.conf import settings

from apparatus.broker_url import redis_client
from labs.bench.models import Run

ROUNDS = 50

_known_ms: list[float] = []


def floor_ms() -> float | None:
    """The median of 50 rounds of LPUSH and BRPOP on a private list, in ms; measured once in this process's life.

    None while it is not known: somebody's run is being timed, which it must not disturb, or Redis is away.
    """
    if not _known_ms and not Run.objects.filter(slot__isnull=False).exists():
        try:
            _known_ms.append(_measure())
        except redis.RedisError:
            return None
    return _known_ms[0] if _known_ms else None


def _measure() -> float:
    name = f"brokered-floor-{secrets.token_hex(8)}"
    with redis_client(settings.REDIS_URL) as client:
        return statistics.median(_round_trip_ms(client, name) for _ in range(ROUNDS))


def _round_trip_ms(client: redis.Redis, name: str) -> float:
    started = time.perf_counter()
    client.lpush(name, "message")
    client.brpop([name], timeout=1)
    return 1000 * (time.perf_counter() - started)
