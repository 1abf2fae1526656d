"""Your Celery worker, with one process for tasks: `python -m checking.worker [SECONDS]`.

With SECONDS, a message that nobody acknowledged for that long is delivered again. Your own worker waits an hour, which
is Celery's default for Redis; nobody wants to wait so long for a check.
"""

import sys

from choir.celery import app

# Not the solo pool: there a task runs in the loop that would send its acknowledgement, which so comes late in any case.
POOL = ["--pool", "prefork", "--concurrency", "1", "--prefetch-multiplier", "4"]
QUIET = ["--loglevel", "INFO", "--without-mingle", "--without-gossip", "--without-heartbeat"]


def main() -> None:
    """Run the worker until it is ended."""
    if sys.argv[1:]:
        soon = {"visibility_timeout": float(sys.argv[1]), "unacked_restore_interval": 1, "unacked_restore_throttle": 1}
        app.conf.broker_transport_options = {**app.conf.broker_transport_options, **soon}
    app.worker_main(["worker", *POOL, *QUIET])


if __name__ == "__main__":
    main()
