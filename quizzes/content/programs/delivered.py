import os

import redis
from kombu import Connection

url = os.environ["REDIS_URL"]
r = redis.Redis.from_url(url)


def state():
    return r.llen("mails"), r.hlen("unacked"), r.zcard("unacked_index")


queue = Connection(url).SimpleQueue("mails")
queue.put("welcome, Ada")
print("sent", *state())
message = queue.get(timeout=1)
print("taken", *state())
message.ack()
print("acknowledged", *state())
