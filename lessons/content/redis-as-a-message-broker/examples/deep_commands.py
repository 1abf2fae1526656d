"""Every command that moves one message, in order, as MONITOR shows them to a third party."""

import os
import time

import redis
from celery import Celery
from celery.contrib.testing.worker import start_worker

url = os.environ["REDIS_URL"]
server = redis.Redis.from_url(url, decode_responses=True)
app = Celery(broker=url)
app.conf.task_ignore_result = True
ONE_THREAD = {"pool": "threads", "concurrency": 1, "perform_ping_check": False}
KEYS = {"celery", "unacked", "unacked_index", "welcomed"}


def send_mail():
    time.sleep(0.5)
    server.incr("welcomed")  # the last thing the task does


early = app.task(send_mail, name="early")
late = app.task(send_mail, name="late", acks_late=True)


def commands(task):
    """What moves the message, until task and acknowledgement are through."""
    seen = {}
    with server.monitor() as monitor:
        task.delay()
        with start_worker(app, **ONE_THREAD):
            while not {"INCRBY", "HDEL"} <= {name for name, _ in seen}:
                words = monitor.next_command()["command"].split()
                name, key = words[0], words[1] if words[1:] else ""
                if key in KEYS and name != "LLEN":
                    seen[name, key] = None  # another BRPOP: for the next one
    return [" ".join(command) for command in seen]


print(f"   {'early':22} late")
for number, (left, right) in enumerate(zip(commands(early), commands(late), strict=True), 1):
    print(number, f"{left:22}", right)
