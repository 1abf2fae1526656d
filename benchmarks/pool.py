"""Fifty people at once on one pool of eight threads, with the mail inside the request and handed to the queue.

    python -m benchmarks.pool [--rounds 4] [--seconds 8] [--dry]

gunicorn (2 processes of 4 threads) serves labs/email_in_request/pool; a course's Redis, worker and mail server help it.
Each person asks again as soon as they are answered; every 100 ms somebody else asks for a page that sends no mail.
Writes measured/pool.json beside the lesson, unless --dry.
"""

import argparse
from collections import defaultdict
from collections.abc import Sequence

from benchmarks.measuring import (
    Figure,
    broker,
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
from labs.email_in_request.pool.people import (
    MAIL_WAIT_MS,
    PROCESSES,
    THREADS,
    USERS,
    Times,
    ask,
    forget_queue,
    start_pool,
)
from tests.live import LiveCourse

CONDITIONS = ("inside", "queued", "idle")


def figures_of(found: dict[str, list[Times]], seconds: float) -> dict[str, Figure]:
    """Medians over all rounds."""
    figures: dict[str, Figure] = {
        "pool.users": USERS,
        "pool.threads": PROCESSES * THREADS,
        "pool.mail_ms": MAIL_WAIT_MS,
    }
    for condition, rounds in found.items():
        name = f"pool.{condition}"
        figures[f"{name}.neighbour_ms"] = summary([one for times in rounds for one in times["neighbour"]])
        if condition != "idle":
            figures[f"{name}.response_ms"] = summary([one for times in rounds for one in times["people"]])
            figures[f"{name}.requests_per_s"] = summary([len(times["people"]) / seconds for times in rounds])
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


def measure_all(course: LiveCourse, rounds: int, seconds: float) -> dict[str, list[Times]]:
    """All conditions in turns; after each the mails that are left over are thrown away."""
    pool = start_pool(course.group, course.startup.environment)
    forget_queue(pool)
    found: dict[str, list[Times]] = defaultdict(list)
    for condition in in_turns(CONDITIONS, rounds):
        found[condition].append(ask(pool, condition, seconds))
        left = forget_queue(pool)
        say(f"{in_words(condition, found[condition][-1], seconds)}, {left} mails left in Redis")
    return found


def in_words(condition: str, found: Times, seconds: float) -> str:
    """One measurement on one line."""
    people, neighbour = found["people"], found["neighbour"]
    rate = f"{len(people) / seconds:.0f} requests/s, median {summary(people)['median']} ms"
    return f"{condition:<7} {rate if people else 'nobody'}; neighbour {summary(neighbour)['median']} ms"


if __name__ == "__main__":
    main()
