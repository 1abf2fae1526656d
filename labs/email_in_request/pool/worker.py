"""The pool's own worker: it sends the queued mails while the people ask for more. It needs a course's environment."""

import sys

import django
from celery import current_app

QUEUE = "celery"
THREADS = 4


def main() -> int:
    """Work until SIGTERM. The exit code is Celery's."""
    django.setup()
    worker = current_app.Worker(
        pool="threads",
        concurrency=THREADS,
        queues=[QUEUE],
        loglevel="WARNING",
        without_gossip=True,
        without_mingle=True,
    )
    worker.start()
    return int(worker.exitcode or 0)


if __name__ == "__main__":
    sys.exit(main())
