"""The broker goes away while a worker is busy: which of its two waiting connections notices first decides.

The way to Redis leads through a relay, so that one connection can be cut before the others.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from urllib.parse import urlsplit

import redis
from celery import Celery

url = os.environ["REDIS_URL"]
app = Celery(broker=os.environ.get("RELAY", url), task_ignore_result=True)


@app.task(name="send")
def send():
    server = redis.Redis.from_url(url)  # not through the relay
    server.incr("started")
    until(lambda: server.exists("mail server is up"))


def until(condition):
    end = time.monotonic() + 20
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)


class Relay:
    """Passes bytes between a port of its own and Redis, until it is cut."""

    def __init__(self):
        self.port = socket.create_server(("127.0.0.1", 0))
        self.connections = []  # both ends of each, and the address by which Redis knows it
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        target = urlsplit(url)
        while True:
            try:
                ends = self.port.accept()[0], socket.create_connection((target.hostname, target.port))
            except OSError:
                return
            self.connections.append((*ends, ":".join(map(str, ends[1].getsockname()))))
            for source, sink in (ends, ends[::-1]):
                threading.Thread(target=self.pump, args=(source, sink), daemon=True).start()

    def pump(self, source, sink):
        with suppress(OSError):  # cut
            while data := source.recv(65536):
                sink.sendall(data)

    def cut(self, first):
        """Cut the connection that waits for `first`, a moment later all others. No new one is let in."""
        server = redis.Redis.from_url(url)
        waits = {client["addr"] for client in server.client_list() if client["cmd"] == first}
        shut(self.port)
        for early in True, False:
            for worker_end, redis_end, address in self.connections:
                if (address in waits) is early:
                    shut(worker_end)
                    shut(redis_end)
            time.sleep(0.3)


def shut(end):
    with suppress(OSError):  # gone already
        end.shutdown(socket.SHUT_RDWR)


def fate(noticed_first):
    """What becomes of a worker that runs four tasks and holds three more."""
    server = redis.Redis.from_url(url)
    server.flushdb()
    for _ in range(7):
        send.delay()
    relay = Relay()
    address = f"redis://127.0.0.1:{relay.port.getsockname()[1]}/0"
    worker = start_worker(address)
    try:
        until(lambda: (int(server.get("started") or 0), server.hlen("unacked")) == (4, 3))
        relay.cut(noticed_first)
        server.set("mail server is up", 1)
        for line in worker.stderr:
            if "Trying again" in line:
                return "still there, tries to connect"
        return f"ended with exit code {worker.wait()}\n    {line.rstrip()}"
    finally:
        with suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGKILL)


def start_worker(address):
    command = [sys.executable, __file__, "worker", "-c", "4", "--without-mingle", "--without-gossip"]
    streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, env=os.environ | {"RELAY": address}, start_new_session=True, **streams)


if "worker" in sys.argv:
    app.worker_main(sys.argv[1:])
else:
    print("BRPOP notices first:     ", fate("brpop"))
    print("PSUBSCRIBE notices first:", fate("psubscribe"))
