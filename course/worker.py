"""The worker of `./up`: `celery -A course worker -P threads ...` without Celery's command line.

That line loads a terminal toolkit for its interactive shell, half a second that a start does not have.
"""

import sys

from course.celery import app

QUEUES = ("celery", "warm-up")


def main(threads: int) -> int:
    """Work until SIGTERM. The exit code is Celery's."""
    worker = app.Worker(
        pool="threads",
        concurrency=threads,
        queues=QUEUES,
        loglevel="INFO",
        without_gossip=True,  # there is only one worker to talk to
        without_mingle=True,
    )
    worker.start()
    return int(worker.exitcode or 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
