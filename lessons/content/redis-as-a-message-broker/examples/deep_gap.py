"""A consumer that is killed in the gap: the message has left the list, and is not in `unacked` yet."""

import os
import signal
import sys

import redis
from kombu import Connection
from kombu.transport.redis import QoS

url = os.environ["REDIS_URL"]
server = redis.Redis.from_url(url)


def look(when):
    print(f"{when:30} list {server.llen('mails')}   unacked {server.hlen('unacked')}")


def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)


def killed(patch):
    """What is left of one message if its consumer dies before `patch`."""
    server.flushdb()
    Connection(url).SimpleQueue("mails").put("welcome 7")
    look("sent")
    child = os.fork()
    if child == 0:
        setattr(QoS, patch, die)
        Connection(url).SimpleQueue("mails").get(timeout=5).ack()
        sys.exit("this line is never reached")
    os.waitpid(child, 0)
    look(f"killed before QoS.{patch}")


killed("ack")
killed("append")
