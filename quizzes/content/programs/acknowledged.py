import os

import redis

r = redis.Redis.from_url(os.environ["REDIS_URL"])
r.xgroup_create("mails", "senders", mkstream=True)


def state():
    return r.xlen("mails"), r.xpending("mails", "senders")["pending"]


entry = r.xadd("mails", {"to": "Ada"})
print(*state())
r.xreadgroup("senders", "worker-1", {"mails": ">"})
print(*state())
r.xack("mails", "senders", entry)
print(*state())
