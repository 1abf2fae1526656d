import os

import redis

r = redis.Redis.from_url(os.environ["REDIS_URL"])

r.hset("sent", mapping={"Ada": 7, "Otto": 3})
counts = r.hgetall("sent")

try:
    print([name for name, n in counts.items() if n > 5])
except TypeError:
    print("TypeError")
print([name for name, n in counts.items() if int(n) > 5])
