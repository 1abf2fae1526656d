"""How `.delay()` ends when Redis refuses connections, and when it accepts them and then says nothing."""

import socket
import time

from celery import Celery
from kombu.exceptions import OperationalError

BOUNDED = {
    "broker_connection_timeout": 1,
    "task_publish_retry": False,
    "broker_transport_options": {
        "socket_timeout": 1,
        "socket_connect_timeout": 1,
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0.1,
        "interval_max": 0.1,
    },
}


def welcome():
    """Never runs here."""


def publish(port, **settings):
    """What becomes of one first `.delay()`, and whether that took less than three seconds."""
    app = Celery(broker=f"redis://127.0.0.1:{port}/0", set_as_current=False)
    app.conf.update(task_ignore_result=True, **settings)
    task = app.task(welcome, name="welcome")
    began = time.monotonic()
    try:
        task.delay()
    except OperationalError as error:
        return f"{type(error).__name__} within 3 s: {time.monotonic() - began < 3}"
    return "sent"


with socket.socket() as closed, socket.socket() as silent:
    closed.bind(("127.0.0.1", 0))  # nobody listens here
    silent.bind(("127.0.0.1", 0))
    silent.listen(50)  # connections are accepted, and nothing is ever answered
    print("closed, default settings:", publish(closed.getsockname()[1]))
    print("closed, bounded settings:", publish(closed.getsockname()[1], **BOUNDED))
    print("silent, bounded settings:", publish(silent.getsockname()[1], **BOUNDED))
