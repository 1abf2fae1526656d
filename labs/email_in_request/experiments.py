"""Experiments that claims about this lab's mail ask for; no lab shows them."""

from apparatus.mail_ports import WAIT_MAX_MS, WAIT_STEP_MS
from labs.bench.experiments.registry import HiddenExperiment, runs
from labs.bench.lab import Number
from labs.email_in_request import publishing
from labs.email_in_request.pool import experiment as pool
from labs.email_in_request.pool.people import MAIL_WAIT_MS, PROCESSES, THREADS

LONGEST_POOL_MAIL_MS = 400


def _mail_wait(default: int, least: int, most: int, why: str) -> Number:
    return Number("mail_wait_ms", "The mail server takes about", "ms", default, least, most, WAIT_STEP_MS, why)


PUBLISHING = HiddenExperiment(
    slug="publishing",
    experiment=publishing.measure,
    expected_s=publishing.expected_s,
    parameters=(runs(4, 8), _mail_wait(300, 0, WAIT_MAX_MS, "Longer waits come near the mail timeout of 5 s.")),
    parts=(
        "Each run is a fresh Python process with the settings of this course. It publishes to the Redis of this site, "
        "into a queue that nobody reads, and sends one mail through its mail server."
    ),
)
POOL = HiddenExperiment(
    slug="pool",
    experiment=pool.measure,
    expected_s=pool.expected_s,
    parameters=(
        runs(2, 4),
        _mail_wait(MAIL_WAIT_MS, WAIT_STEP_MS, LONGEST_POOL_MAIL_MS, "With longer mails too few people are answered."),
    ),
    parts=(
        f"It starts a gunicorn with {PROCESSES} processes of {THREADS} threads, a Redis, a Celery worker and a mail "
        "server of its own, and removes them afterwards."
    ),
)
EXPERIMENTS = (PUBLISHING, POOL)
