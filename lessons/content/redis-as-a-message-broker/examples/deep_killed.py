"""A worker is killed while it runs the first of six tasks; another one starts at once. What starts, what is lost?"""

import atexit
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import redis
from celery import Celery

SETTINGS = {
    "visibility_timeout": 8,  # seconds; an hour by default
    "unacked_restore_interval": 1,  # seconds between two looks; 10 by default
    "unacked_restore_throttle": 1,  # look each time; every tenth by default
}
url = os.environ["REDIS_URL"]
app = Celery(broker=url, broker_transport_options=SETTINGS, task_ignore_result=True)


@app.task(name="send")
def send(number):
    server = redis.Redis.from_url(url)
    server.rpush("started", number)
    while not server.exists("mail server is up"):
        time.sleep(0.02)
    server.rpush("done", number)


def start_worker(broker, late):
    options = ["worker", "-c", "1", "--without-mingle", "--without-gossip", "--without-heartbeat"]
    command = [sys.executable, __file__, late, *options]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    worker = subprocess.Popen(command, env=os.environ | {"REDIS_URL": broker}, start_new_session=True, **quiet)
    atexit.register(kill, worker)
    return worker


def kill(worker):
    with suppress(ProcessLookupError):  # gone already
        os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def until(condition):
    end = time.monotonic() + 40
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError("This took too long.")
        time.sleep(0.02)


def story(broker, late):
    """Six tasks, one kill, a second worker. What there was to see, as lines."""
    server = redis.Redis.from_url(broker, decode_responses=True)
    with app.connection_for_write(url=broker) as connection:
        for number in range(6):
            send.apply_async((number,), connection=connection)
    first = start_worker(broker, late)
    until(lambda: server.hlen("unacked") == 4 and server.exists("started"))
    waiting = server.llen("celery")
    yield f"while 0 runs             list {waiting}, unacked {server.hlen('unacked')}"
    kill(first)
    server.set("mail server is up", 1)
    second = start_worker(broker, late)
    finished = 4 + waiting  # what was not acknowledged, and what was not taken
    until(lambda: server.llen("done") == finished and not server.hlen("unacked"))
    kill(second)
    _, *started = server.lrange("started", 0, -1)
    yield f"second worker, at once   {' '.join(started[:waiting])}"
    yield f"after the timeout        {' '.join(sorted(started[waiting:]))}"
    yield f"never finished           {' '.join(sorted(set('012345') - set(server.lrange('done', 0, -1)))) or '-'}"


if "worker" in sys.argv:
    app.conf.task_acks_late = sys.argv[1] == "late"
    app.worker_main(sys.argv[2:])
else:
    brokers = [url, url.removesuffix("/0") + "/1"]  # a database for each, so that both can run at once
    with ThreadPoolExecutor() as both:
        early, late = both.map(lambda broker, mode: list(story(broker, mode)), brokers, ["early", "late"])
    print("early acknowledgement", *early, "", "late acknowledgement", *late, sep="\n")
