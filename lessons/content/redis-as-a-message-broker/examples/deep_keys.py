"""Every key of a Celery broker, while one message is with a consumer and others wait, some with lower priority."""

import os

import redis
from celery import Celery

url = os.environ["REDIS_URL"]
server = redis.Redis.from_url(url, decode_responses=True)
app = Celery(broker=url)
SIZE = {"list": server.llen, "hash": server.hlen, "zset": server.zcard, "set": server.scard}
got = []


@app.task(name="send", ignore_result=True)
def send(number):
    """Never runs here: the program takes the messages itself."""


def show_keys():
    for key in sorted(server.keys()):
        kind = server.type(key)
        print(f"{key!r:36} {kind:5} {SIZE[kind](key)}")


for priority in (9, 8, 5, 3, 0, 7, 6, 1):
    send.apply_async((priority,), priority=priority)
with app.connection() as connection:
    consumer = app.amqp.TaskConsumer(connection, on_message=got.append, accept=["json"])
    consumer.qos(prefetch_count=1)  # one message without an acknowledgement, not four
    with consumer:
        connection.drain_events(timeout=5)
        show_keys()
        while len(got) < 8:
            got[-1].ack()
            connection.drain_events(timeout=5)
        got[-1].ack()
print("taken in this order:", *(message.headers["argsrepr"].strip("(,)") for message in got))
