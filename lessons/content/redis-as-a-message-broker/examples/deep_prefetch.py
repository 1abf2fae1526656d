"""How many of 20 messages a worker of two threads takes while both are busy."""

import os
import threading
import time

import redis
from celery import Celery
from celery.contrib.testing.worker import start_worker

url = os.environ["REDIS_URL"]
server = redis.Redis.from_url(url)
hold = threading.Event()


def wait():
    hold.wait(30)


def busy(**settings):
    """Length of the list and of `unacked`, while two tasks run and nothing moves any more."""
    server.flushdb()
    hold.clear()
    app = Celery(broker=url, set_as_current=False)
    app.conf.update(task_ignore_result=True, **settings)
    task = app.task(wait, name="wait")
    for _ in range(20):
        task.delay()
    with start_worker(app, pool="threads", concurrency=2, perform_ping_check=False):
        before, now = None, sizes()
        while before != now or now[0] == 20:
            time.sleep(0.3)
            before, now = now, sizes()
        hold.set()
        while any(sizes()):
            time.sleep(0.05)
    return now


def sizes():
    return server.llen("celery"), server.hlen("unacked")


print(f"{'':38} list  unacked")
for settings in (
    {},
    {"task_acks_late": True},
    {"worker_prefetch_multiplier": 1},
    {"worker_prefetch_multiplier": 1, "task_acks_late": True},
    {"worker_disable_prefetch": True},
):
    words = ", ".join(f"{name.partition('_')[2]}={value}" for name, value in settings.items()) or "defaults"
    waiting, unacked = busy(**settings)
    print(f"{words:38} {waiting:4}  {unacked:7}")
