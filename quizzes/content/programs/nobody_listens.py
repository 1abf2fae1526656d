import os

import redis

r = redis.Redis.from_url(os.environ["REDIS_URL"])

print(r.publish("mails", "welcome, Ada"))
print(r.lpush("mails", "welcome, Ada"))

listener = r.pubsub()
listener.subscribe("mails")
listener.get_message(timeout=1)  # the confirmation

print(listener.get_message(timeout=0.2))
print(r.llen("mails"))
