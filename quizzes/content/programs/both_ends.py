import os

import redis

r = redis.Redis.from_url(os.environ["REDIS_URL"], decode_responses=True)

for name in ("Ada", "Otto", "Ines"):
    r.lpush("mails", name)

print(r.rpop("mails"))
print(r.lpop("mails"))
print(r.lrange("mails", 0, -1))
