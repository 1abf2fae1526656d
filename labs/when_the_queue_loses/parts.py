"""The parts of one experiment: a Redis, a gunicorn, a Celery worker and a BRPOP loop, all its own."""

import json
import os
import sys
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection
from importlib.metadata import version
from pathlib import Path
from socket import AF_UNIX, socket

from apparatus.broker_url import redis_client
from apparatus.probe import wait_until
from apparatus.processes import Group, Part
from apparatus.redis_server import RedisInfo, describe, find_server, start_redis
from labs.when_the_queue_loses.broker import DONE_LIST, clock
from labs.when_the_queue_loses.processor_time import used_ms
from labs.when_the_queue_loses.worker import THREADS as WORKER_THREADS

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "labs.when_the_queue_loses"
WEB_THREADS = 4
READY_WITHIN_S = 20.0
ANSWER_WITHIN_S = 5.0
# All that the parts get of our environment: no secret and no address of the course's own Redis is among them.
HANDED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "PYTHONDONTWRITEBYTECODE")


@dataclass(frozen=True)
class Parts:
    """Running parts: where the web server listens, the environment that leads to their Redis, and who computes.

    `pids` are the processes whose processor time counts, by name; the web server's is known once it has answered.
    """

    web_socket: Path
    environment: dict[str, str]
    pids: dict[str, int] = field(default_factory=dict)

    @property
    def redis_url(self) -> str:
        """Their Redis."""
        return self.environment["REDIS_URL"]

    def redis(self) -> RedisInfo:
        """Name and version of their Redis."""
        return describe(self.redis_url)


def start_parts(group: Group) -> Parts:
    """Start all of them in folders of their own, and wait until the web server answers.

    Raises NoRedisServer, PartEnded or NotYet when one does not come up.
    """
    folder = group.temporary_folder()
    parts = Parts(folder / "web.sock", {name: os.environ[name] for name in HANDED_ON if name in os.environ})
    redis, parts.environment["REDIS_URL"] = start_redis(group, find_server(), folder, "Experiment Redis")
    worker = start_python(group, parts, "Experiment worker", f"{PACKAGE}.worker")
    floor = start_python(group, parts, "Experiment floor", f"{PACKAGE}.floor")
    parts.pids.update(redis=redis.pid, worker=worker.pid, floor=floor.pid)
    web = start_python(
        group,
        parts,
        "Experiment web",
        *("gunicorn", "--worker-class", "gthread", "--workers", "1", "--threads", str(WEB_THREADS)),
        *("--no-control-socket", "--keep-alive", "60", "--bind", f"unix:{parts.web_socket}", f"{PACKAGE}.site"),
    )
    group.wait_for(web, partial(_listens, parts.web_socket), READY_WITHIN_S)
    return parts


def start_python(group: Group, parts: Parts, name: str, *module_and_arguments: str) -> Part:
    """One more process with this environment, and a log under this name."""
    command = [sys.executable, "-m", *module_and_arguments]
    return group.start(name, command, environment=parts.environment, folder=ROOT)


def _listens(path: Path) -> bool:
    """Whether a server takes connections there: for a moment the file is there and nobody listens yet."""
    with socket(AF_UNIX) as attempt:
        try:
            attempt.connect(str(path))
        except OSError:
            return False
    return True


def pool_in_words() -> str:
    """The web server and the size of its pool."""
    return f"gunicorn {version('gunicorn')}, 1 process of {WEB_THREADS} threads, no middleware"


def worker_in_words() -> str:
    """The worker and the size of its pool."""
    return f"Celery {version('celery')}, 1 process of {WORKER_THREADS} threads, idle but for one task at a time"


class Client:
    """Asks the web server over one kept connection, and hears from the workers what they have done."""

    def __init__(self, group: Group, parts: Parts) -> None:
        self._group, self._parts = group, parts
        self._web = _UnixConnection(parts.web_socket, timeout_s=READY_WITHIN_S)  # the first request waits for Django
        self._redis = redis_client(parts.redis_url, ANSWER_WITHIN_S)

    def close(self) -> None:
        """Let go of both connections."""
        self._web.close()
        self._redis.close()

    def ask(self, arm: str, run_id: str, rounds: int) -> dict[str, float]:
        """One request. The stamps of client and view on the machine's one clock, in seconds."""
        sent = clock()
        self._web.request("POST", f"/{arm}/{run_id}/{rounds}")
        answer = self._web.getresponse().read()
        received = clock()
        stamps = json.loads(answer)
        self._parts.pids["web"] = stamps.pop("pid")
        return {"sent": sent, "received": received, **stamps}

    def processor_ms(self) -> dict[str, float] | None:
        """Processor time that each part has used until now, in ms; None on a system that cannot tell."""
        try:
            return used_ms(self._parts.pids)
        except ProcessLookupError:
            self._group.check()  # says better which part has ended
            raise

    def done(self, run_id: str, timeout_s: float) -> tuple[float, float]:
        """When the worker started and finished this run, on the same clock. Raises NotYet or PartEnded."""

        def told() -> tuple[float, float] | None:
            self._group.check()
            message = self._redis.brpop([DONE_LIST], timeout=1)
            name, started, finished = json.loads(message[1]) if message else ("", 0.0, 0.0)
            return (started, finished) if name == run_id else None

        return wait_until(told, what="word from the worker", timeout_s=timeout_s)


class _UnixConnection(HTTPConnection):
    def __init__(self, path: Path, timeout_s: float) -> None:
        super().__init__("measured", timeout=timeout_s)
        self._path = path

    def connect(self) -> None:
        """Over the socket file: nobody else on this machine can take the port, or ask."""
        self.sock = socket(AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self._path))
