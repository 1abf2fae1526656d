import os

import redis

r = redis.Redis.from_url(os.environ["REDIS_URL"])

listener = r.pubsub()
listener.subscribe("mails")
r.publish("mails", "welcome, Ada")

for item in listener.listen():
    print(item["type"], type(item["data"]).__name__)
    if item["type"] == "message":
        break
