"""Inside Redis: one unmeasured message on a private queue, seen while it waits, while a consumer has it, and after.

The course's own Redis is looked into, so every look is bounded: it has a place for a few seconds at most, its list
expires by itself, and what a killed process left behind is cleared by the next look.
"""

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import takewhile
from typing import Any

import redis
from celery import Celery, Task
from django.conf import settings
from kombu import Consumer, Exchange, Queue
from redis.lock import Lock

from apparatus.broker_url import redis_client
from labs.bench.doors import BROKER_ERRORS, RUN_HEADER, PartIsDown, broker_trouble
from labs.bench.inside.message import Message, read_message
from labs.bench.inside.wire import Command, Wire, watching
from labs.bench.models import run_key

QUEUE_EXPIRES_S = 30
HOLD_S = 5  # a look takes well under a second; a place not given back is free again after this
PLACES = 2
LOOKS_PER_MINUTE = 10
DELIVERED_WITHIN_S = 1.0
BOOK = "brokered:inside"  # messages that a consumer of ours has, by time: what a killed process left is found here
LEFT_BEHIND_AFTER_S = 60
UNACKED, UNACKED_INDEX = "unacked", "unacked_index"  # kombu's names
OUR_LOOKS = {"LRANGE", "HEXISTS", "ZSCORE"}  # this page's own commands, none of which kombu needs here


class Busy(Exception):
    """Somebody must wait; the message says why and for how long."""


@dataclass(frozen=True)
class Seen:
    """Where the message is at one moment: elements in its list, and whether hash and index hold its delivery tag."""

    waiting: int
    in_hash: bool
    in_index: bool


@dataclass(frozen=True)
class Look:
    """One look: the message, where it was before, while and after a consumer had it, and the commands of it all."""

    queue: str
    message: Message
    before: Seen
    during: Seen
    after: Seen
    wire: Wire


def look_inside(task: "Task[Any, Any]", parameters: dict[str, int], learner_key: str) -> Look:
    """Publish the task's message where no worker listens, look at it, take it, acknowledge it, and clear up.

    Raises Busy when this learner or everybody together look too often, PartIsDown when Redis does not answer.
    """
    try:
        with redis_client(settings.REDIS_URL) as client, _place(client, learner_key):
            _clear_left_behind(client)
            return _look(client, task, parameters)
    except (*BROKER_ERRORS, TimeoutError) as error:
        raise PartIsDown("redis", broker_trouble(error)) from error


def commands_of(look: Look) -> list[Command]:
    """What went over the wire until the acknowledgement, without this page's own looks and book-keeping."""
    until_cleared = takewhile(lambda one: (one.name, one.words[:1]) != ("ZREM", (BOOK,)), look.wire.seen)
    return [one for one in until_cleared if one.name not in OUR_LOOKS and BOOK not in one.words]


def _look(client: redis.Redis, task: "Task[Any, Any]", parameters: dict[str, int]) -> Look:
    name = f"inside-{secrets.token_hex(8)}"
    queue = Queue(name, Exchange(""), routing_key=name, expires=QUEUE_EXPIRES_S)
    with watching(client, {name}, last="DEL") as wire:
        _publish(task, parameters, queue)
        message = read_message(_elements(client, name)[0])
        wire.names.add(message.tag)
        where = partial(_where, client, name, message.tag)
        with _booked(client, name, message.tag):
            before, during, after = where(), _take(task.app, queue, where), where()
    return Look(name, message, before, during, after, wire)


def _publish(task: "Task[Any, Any]", parameters: dict[str, int], queue: Queue) -> None:
    """As in a run, but onto this queue, over a connection of its own: kombu remembers a queue with its connection."""
    key = run_key()
    with task.app.connection_for_write() as connection:
        options: dict[str, Any] = {"queue": queue, "connection": connection, "retry": False}
        task.apply_async((key,), parameters, headers={RUN_HEADER: key}, **options)


def _take(app: Celery, queue: Queue, where: Callable[[], Seen]) -> Seen:
    """Attach a consumer to this queue alone, look while it has the message, then acknowledge. Raises TimeoutError."""
    seen: list[Seen] = []

    def taken(body: object, message: Any) -> None:
        seen.append(where())
        message.ack()

    with (
        app.connection_for_read() as connection,
        Consumer(connection, [queue], callbacks=[taken], accept=["json"]),
    ):
        connection.drain_events(timeout=DELIVERED_WITHIN_S)
    return seen[0]


def _where(client: redis.Redis, queue: str, tag: str) -> Seen:
    is_indexed = client.zscore(UNACKED_INDEX, tag) is not None
    return Seen(len(_elements(client, queue)), bool(client.hexists(UNACKED, tag)), is_indexed)


def _elements(client: redis.Redis, queue: str) -> list[str]:
    return [str(element) for element in client.lrange(queue, 0, -1)]


@contextmanager
def _place(client: redis.Redis, learner_key: str) -> Iterator[None]:
    """One of few places, and the learner's only one. After an error nothing is given back: it ends by itself."""
    minute = f"{BOOK}:minute:{learner_key}"
    client.set(minute, 0, ex=60, nx=True)
    if int(client.incr(minute)) > LOOKS_PER_MINUTE:
        raise Busy(f"That is {LOOKS_PER_MINUTE} looks in one minute. Wait a minute.")
    own = _lock(client, f"of:{learner_key}")
    if not own.acquire():
        raise Busy("Your last look is not over yet. Try again in a few seconds.")
    place = next((one for n in range(PLACES) if (one := _lock(client, f"place:{n}")).acquire()), None)
    if place is None:
        own.release()
        raise Busy("Others are looking inside just now, and few can at once. Try again in a few seconds.")
    yield
    place.release()
    own.release()


def _lock(client: redis.Redis, name: str) -> Lock:
    lock: Lock = client.lock(f"{BOOK}:{name}", timeout=HOLD_S, blocking=False, raise_on_release_error=False)
    return lock


@contextmanager
def _booked(client: redis.Redis, queue: str, tag: str) -> Iterator[None]:
    """Write down what is about to be taken, and clear it up afterwards; when Redis is away, the next look does."""
    client.zadd(BOOK, {f"{queue} {tag}": time.time()})
    try:
        yield
    except BROKER_ERRORS:
        raise
    except BaseException:
        _clear(client, queue, tag)
        raise
    _clear(client, queue, tag)


def _clear(client: redis.Redis, queue: str, tag: str) -> None:
    """Take away whatever may be left of one look."""
    with client.pipeline() as pipe:
        pipe.zrem(BOOK, f"{queue} {tag}")
        pipe.zrem(UNACKED_INDEX, tag)
        pipe.hdel(UNACKED, tag)
        pipe.delete(queue)
        pipe.execute()


def _clear_left_behind(client: redis.Redis) -> None:
    """Take away what a process that was killed in the middle of a look has left."""
    for booked in client.zrangebyscore(BOOK, "-inf", time.time() - LEFT_BEHIND_AFTER_S):
        queue, _, tag = str(booked).partition(" ")
        _clear(client, queue, tag)
