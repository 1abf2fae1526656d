"""The experiment for claims: the same people with the mail inside the request and queued, on parts of its own."""

import os
import random
from collections.abc import Mapping
from statistics import median
from typing import Any

from apparatus.processes import Group
from apparatus.redis_server import find_server, start_redis
from apparatus.smtp_part import start_smtp_server, wait_for_base_port
from labs.bench.experiments.children import start_module
from labs.bench.experiments.lab import Progress, Steps
from labs.email_in_request.pool.people import PACKAGE, USERS, Pool, ask, forget_queue, start_pool

CONDITIONS = ("inside", "queued")
SECONDS = 2.0  # of each measurement, after a second of warm-up
START_S, TURN_S = 7.0, 4.0  # measured on 2 cores, to tell others how long it takes


def expected_s(parameters: Mapping[str, int]) -> float:
    """How long one experiment takes, in seconds."""
    return START_S + parameters["runs"] * len(CONDITIONS) * TURN_S


def measure(group: Group, parameters: Mapping[str, int]) -> Steps:
    """Each condition `runs` times, in an order of its own each time."""
    turns = [one for _ in range(parameters["runs"]) for one in random.sample(CONDITIONS, len(CONDITIONS))]
    yield Progress(0, len(turns), "Starting a Redis, a mail server, a worker and a pool of web threads of its own.")
    pool = start_pool(group, own_parts(group), parameters["mail_wait_ms"])
    rows: list[dict[str, Any]] = []
    for number, condition in enumerate(turns):
        yield Progress(number, len(turns), f"{USERS} people ask at once, time {number + 1} of {len(turns)}.")
        forget_queue(pool)
        rows.append({"turn": number, "arm": condition, **figures(pool, condition)})
    return {"rows": rows}


def own_parts(group: Group) -> dict[str, str]:
    """The environment of parts that are not the course's: its Redis would fill, its worker would be late."""
    _, redis_url = start_redis(group, find_server(), group.temporary_folder(), "Pool Redis")
    mail = start_smtp_server(group, name="Pool SMTP")
    own = {"REDIS_URL": redis_url, "SMTP_HOST": "127.0.0.1", "SITE_URL": "http://127.0.0.1"}
    environment = {**os.environ, **own, "SMTP_BASE_PORT": str(wait_for_base_port(group, mail))}
    start_module(group, "Pool worker", f"{PACKAGE}.worker", environment=environment)
    return environment


def figures(pool: Pool, condition: str) -> dict[str, float]:
    """Medians of the people's and the neighbour's times in ms, and how many answers the people got in a second."""
    times_ms = ask(pool, condition, SECONDS)
    return {
        "requests_per_s": round(len(times_ms["people"]) / SECONDS, 1),
        "response_ms": round(median(times_ms["people"]), 2),
        "neighbour_ms": round(median(times_ms["neighbour"]), 2),
    }
