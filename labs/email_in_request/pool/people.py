"""A pool of web threads, and the people who ask it: gunicorn with site.py, load.py, and the queue that is left over."""

from collections.abc import Mapping
from dataclasses import dataclass

from apparatus.broker_url import redis_client
from apparatus.ports import free_port
from apparatus.probe import answers, fetch, wait_until
from apparatus.processes import Group
from labs.bench.experiments.children import answer_of, start_module
from labs.email_in_request.pool.worker import QUEUE

USERS = 50
PROCESSES, THREADS = 2, 4
MAIL_WAIT_MS = 200
NEIGHBOUR_EVERY_MS = 100
READY_WITHIN_S = 30.0
PACKAGE = "labs.email_in_request.pool"

Times = dict[str, list[float]]


@dataclass(frozen=True)
class Pool:
    """A running pool: its group, its address, and the environment with the Redis that its messages go to."""

    group: Group
    url: str
    environment: Mapping[str, str]


def start_pool(group: Group, environment: Mapping[str, str], mail_wait_ms: int = MAIL_WAIT_MS) -> Pool:
    """Start gunicorn's threads, both processes warm. Raises PartEnded or NotYet."""
    url = f"http://127.0.0.1:{(port := free_port())}"
    size = ("--workers", str(PROCESSES), "--threads", str(THREADS), "--worker-class", "gthread")
    command = ("gunicorn", f"{PACKAGE}.site", "--bind", f"127.0.0.1:{port}", "--no-control-socket", *size)
    own = {**environment, "POOL_MAIL_WAIT_MS": str(mail_wait_ms)}
    part = start_module(group, "Pool", *command, environment=own)
    group.wait_for(part, lambda: answers(f"{url}/neighbour"), timeout_s=READY_WITHIN_S)
    for _ in range(4 * PROCESSES * THREADS):
        fetch(f"{url}/queued")
        fetch(f"{url}/neighbour")
    return Pool(group, url, environment)


def ask(pool: Pool, condition: str, seconds: float) -> Times:
    """Response times in ms, as `people` and `neighbour`, during the same seconds; with `idle` nobody but the latter."""
    users = 0 if condition == "idle" else USERS
    crowd = (f"{pool.url}/{condition}", "--users", str(users), "--seconds", str(seconds))
    other = ("--neighbour", f"{pool.url}/neighbour", "--every-ms", str(NEIGHBOUR_EVERY_MS))
    found: Times = answer_of(pool.group, start_module(pool.group, "People", f"{PACKAGE}.load", *crowd, *other))
    return found


def forget_queue(pool: Pool) -> int:
    """Throw away the mails that nobody has sent yet, wait until the worker is done with its own, and say how many."""
    with redis_client(pool.environment["REDIS_URL"], 5.0) as client:
        waiting = client.llen(QUEUE)
        client.delete(QUEUE)
        wait_until(lambda: client.hlen("unacked") == 0, what="an idle worker", timeout_s=30, interval_s=0.1)
    assert isinstance(waiting, int)
    return waiting
