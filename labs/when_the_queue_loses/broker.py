"""What the parts of one experiment share: its own Redis, a Celery app on it, two lists, and the machine's clock."""

import os
import time
from typing import Any

from celery import Celery

from apparatus.broker_url import celery_url, redis_client

FLOOR_LIST = "floor"  # messages of the third arm: plain JSON, no Celery
DONE_LIST = "done"  # what was measured where the work was done, written after the work

clock = time.monotonic  # one clock for all processes of one machine, in seconds


def own_redis(timeout_s: float = 5.0) -> Any:
    """A client of this experiment's Redis."""
    return redis_client(os.environ["REDIS_URL"], timeout_s)


def own_celery() -> Celery:
    """The Celery app of this experiment's web process and worker, with the tasks of this folder."""
    app = Celery("when_the_queue_loses", broker=celery_url(os.environ["REDIS_URL"]))
    app.conf.update(task_ignore_result=True, task_publish_retry=False)
    app.set_default()
    app.autodiscover_tasks(["labs.when_the_queue_loses"])
    return app
