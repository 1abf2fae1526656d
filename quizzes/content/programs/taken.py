import os

import redis

r = redis.Redis.from_url(os.environ["REDIS_URL"])
r.lpush("popped", "Ada")
r.lpush("moved", "Ada")


def send_mail(to):
    raise ConnectionError("the mail server is gone")


for take in (lambda: r.rpop("popped"), lambda: r.lmove("moved", "taken")):
    try:
        send_mail(take())
    except ConnectionError:
        pass

print(r.llen("popped"), r.llen("moved"), r.llen("taken"))
