"""The experiment's own Celery worker. It notes when each task started and finished, and tells it after the work."""

import json
import sys
from typing import Any

from celery.signals import task_postrun, task_prerun

from labs.when_the_queue_loses.broker import DONE_LIST, clock, own_celery, own_redis

THREADS = 4

started_at: dict[str, float] = {}


def main() -> int:
    """Work until SIGTERM. The exit code is Celery's."""
    redis = own_redis()

    def starts(task_id: str, **_: Any) -> None:
        started_at[task_id] = clock()

    def has_finished(task_id: str, args: list[Any], **_: Any) -> None:
        finished = clock()
        redis.lpush(DONE_LIST, json.dumps([args[0], started_at.pop(task_id), finished]))

    task_prerun.connect(starts, weak=False)
    task_postrun.connect(has_finished, weak=False)
    worker = own_celery().Worker(
        pool="threads", concurrency=THREADS, loglevel="INFO", without_gossip=True, without_mingle=True
    )
    worker.start()
    return int(worker.exitcode or 0)


if __name__ == "__main__":
    sys.exit(main())
