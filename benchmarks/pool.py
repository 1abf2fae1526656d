"""Fifty people at once on one pool of eight threads, with the mail inside the request and handed to the queue.

    python -m benchmarks.pool [--rounds 4] [--seconds 8] [--dry]

gunicorn (2 processes of 4 threads) serves benchmarks/site; the course's own Redis, worker and mail server help it.
Each person asks again as soon as they are answered; every 100 ms somebody else asks for a page that sends no mail.
Writes measured/pool.json beside the lesson, unless --dry.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from apparatus.broker_url import redis_client
from apparatus.ports import free_port
from apparatus.probe import answers, fetch, wait_until
from apparatus.processes import Part
from benchmarks.measuring import (
    ROOT,
    Figure,
    broker,
    child,
    in_short,
    in_turns,
    live_course,
    load_average,
    packages,
    say,
    summary,
    table,
    write,
)
from tests.live import LiveCourse

USERS = 50
PROCESSES, THREADS = 2, 4
MAIL_MS = 200  # benchmarks/site/views.py sends it
NEIGHBOUR_EVERY_MS = 100.0
CONDITIONS = ("inside", "queued", "idle")
QUEUE = "celery"

Times = dict[str, list[float]]


def start_pool(course: LiveCourse) -> str:
    """Serve benchmarks/site with gunicorn's threads, both processes warm. Returns its address."""
    url = f"http://127.0.0.1:{(port := free_port())}"
    size = ["--workers", str(PROCESSES), "--threads", str(THREADS), "--worker-class", "gthread"]
    command = [sys.executable, "-m", "gunicorn", "benchmarks.site.wsgi", "--bind", f"127.0.0.1:{port}", *size]
    pool: Part = course.group.start("Pool", command, environment=course.startup.environment, folder=ROOT)
    course.group.wait_for(pool, lambda: answers(f"{url}/benchmarks/neighbour"), timeout_s=30)
    for _ in range(4 * PROCESSES * THREADS):
        fetch(f"{url}/benchmarks/queued")
        fetch(f"{url}/benchmarks/neighbour")
    return url


def measure(course: LiveCourse, url: str, condition: str, seconds: float) -> tuple[Times, Times]:
    """Response times in ms of the people and of the neighbour, during the same seconds."""
    ask = partial(child, "benchmarks.load", environment=course.startup.environment)
    for_time = ("--seconds", str(seconds))
    with ThreadPoolExecutor(2) as both:
        neighbour = both.submit(ask, f"{url}/benchmarks/neighbour", *for_time, "--every-ms", str(NEIGHBOUR_EVERY_MS))
        people: Times = {"response_ms": []}
        if condition != "idle":
            people = both.submit(ask, f"{url}/benchmarks/{condition}", *for_time, "--users", str(USERS)).result()
        return people, neighbour.result()


def forget_queue(course: LiveCourse) -> int:
    """Throw away the mails that nobody has sent yet, wait until the worker is done with its own, and say how many."""
    with redis_client(course.startup.environment["REDIS_URL"], 5.0) as client:
        waiting = client.llen(QUEUE)
        client.delete(QUEUE)
        wait_until(lambda: client.hlen("unacked") == 0, what="an idle worker", timeout_s=30, interval_s=0.1)
    assert isinstance(waiting, int)
    return waiting


def figures_of(found: dict[str, list[tuple[Times, Times]]], seconds: float) -> dict[str, Figure]:
    """Medians over all rounds."""
    figures: dict[str, Figure] = {"pool.users": USERS, "pool.threads": PROCESSES * THREADS, "pool.mail_ms": MAIL_MS}
    for condition, rounds in found.items():
        name = f"pool.{condition}"
        figures[f"{name}.neighbour_ms"] = summary([one for _, other in rounds for one in other["response_ms"]])
        if condition != "idle":
            figures[f"{name}.response_ms"] = summary([one for people, _ in rounds for one in people["response_ms"]])
            figures[f"{name}.requests_per_s"] = summary([len(people["response_ms"]) / seconds for people, _ in rounds])
    return figures


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pool", description=__doc__)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=8, help="of each measurement, after a second of warm-up")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    before = load_average()
    with live_course() as course:
        found = measure_all(course, options.rounds, options.seconds)
        own = {"gunicorn": f"{packages('gunicorn')['gunicorn']}, {PROCESSES} processes of {THREADS} threads"}
        versions = {**own, **packages("Django", "Celery"), **broker(course.binary)}
    figures = figures_of(found, options.seconds)
    say("\n" + table(("figure", "median (low to high)"), [[name, in_short(one)] for name, one in figures.items()]))
    if not options.dry:
        write("pool", figures, note="everything on one machine", versions=versions, load=(before, load_average()))


def measure_all(course: LiveCourse, rounds: int, seconds: float) -> dict[str, list[tuple[Times, Times]]]:
    """All conditions in turns; after each the mails that are left over are thrown away."""
    url = start_pool(course)
    forget_queue(course)
    found: dict[str, list[tuple[Times, Times]]] = defaultdict(list)
    for condition in in_turns(CONDITIONS, rounds):
        found[condition].append(measure(course, url, condition, seconds))
        left = forget_queue(course)
        say(f"{in_words(condition, found[condition][-1], seconds)}, {left} mails left in Redis")
    return found


def in_words(condition: str, found: tuple[Times, Times], seconds: float) -> str:
    """One measurement on one line."""
    people, neighbour = (one["response_ms"] for one in found)
    rate = f"{len(people) / seconds:.0f} requests/s, median {summary(people)['median']} ms"
    return f"{condition:<7} {rate if people else 'nobody'}; neighbour {summary(neighbour)['median']} ms"


if __name__ == "__main__":
    main()
