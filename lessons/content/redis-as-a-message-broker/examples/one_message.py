"""Where one message is: after `.delay()`, while a real worker runs its task, and afterwards."""

import os
import time

from celery import Celery
from celery.contrib.testing.worker import start_worker
from redis import Redis

app = Celery("mysite", broker=os.environ["REDIS_URL"])
redis = Redis.from_url(os.environ["REDIS_URL"])
done = []


def look(when):
    print(f"{when:22} {redis.llen('celery'):>6} {redis.hlen('unacked'):>8} {redis.zcard('unacked_index'):>14}")


def work(when):
    time.sleep(1.5)  # the work
    look(when)
    done.append(when)


@app.task(ignore_result=True)
def welcome(user_pk):
    work("runs, by default")


@app.task(ignore_result=True, acks_late=True)
def welcome_late(user_pk):
    work("runs, with acks_late")


print(f"{'':22} {'celery':>6} {'unacked':>8} {'unacked_index':>14}")
for task in (welcome, welcome_late):
    done.clear()
    task.delay(7)
    look("after .delay()")
    with start_worker(app, pool="threads", concurrency=1, perform_ping_check=False):
        while not done or redis.hlen("unacked"):
            time.sleep(0.05)
    look("after the task")
