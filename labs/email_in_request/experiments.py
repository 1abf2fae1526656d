"""Experiments that claims about this lab's mail ask for; no lab shows them."""

from dataclasses import replace

from labs.bench.experiments.registry import HiddenExperiment, runs
from labs.bench.mail_wait import MAIL_WAIT
from labs.email_in_request import publishing
from labs.email_in_request.pool import experiment as pool
from labs.email_in_request.pool.people import MAIL_WAIT_MS, PROCESSES, THREADS

LONGEST_POOL_MAIL_MS = 400

PUBLISHING = HiddenExperiment(
    slug="publishing",
    experiment=publishing.measure,
    expected_s=publishing.expected_s,
    parameters=(runs(4, 8), replace(MAIL_WAIT, why="Longer waits come near the mail timeout of 5 s.")),
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
        replace(
            MAIL_WAIT,
            default=MAIL_WAIT_MS,
            minimum=MAIL_WAIT.step,
            maximum=LONGEST_POOL_MAIL_MS,
            why="With longer mails too few people are answered.",
        ),
    ),
    parts=(
        f"It starts a gunicorn with {PROCESSES} processes of {THREADS} threads, a Redis, a Celery worker and a mail "
        "server of its own, and removes them afterwards."
    ),
)
EXPERIMENTS = (PUBLISHING, POOL)
