"""The whole message that one `.delay()` leaves in Redis. Random ids are shortened, or no two runs would agree."""

import base64
import json
import os
import re

import redis
from celery import Celery

url = os.environ["REDIS_URL"]
server = redis.Redis.from_url(url, decode_responses=True)
app = Celery(broker=url)
RANDOM = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|gen\d+@[^\"]+")


@app.task(name="mails.welcome", ignore_result=True)
def welcome(user_pk, lang):
    """Never runs here."""


def show():
    message = json.loads(server.lindex("celery", 0))
    for member, value in message.items():
        if isinstance(value, dict):
            print(member)
            for name, inner in value.items():
                print(f"    {name:22}", RANDOM.sub("(random)", json.dumps(inner)))
        else:
            print(f"{member:26}", value[:32])
    print("the body, decoded:")
    for part in json.loads(base64.b64decode(message["body"])):
        print("   ", json.dumps(part))


welcome.delay(7, lang="en")
show()
