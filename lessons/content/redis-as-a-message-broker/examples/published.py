"""What one call of `.delay()` leaves in an empty Redis, with no worker running and without Django."""

import json
import os
from base64 import b64decode

from celery import Celery
from redis import Redis

app = Celery("mysite", broker=os.environ["REDIS_URL"])
redis = Redis.from_url(os.environ["REDIS_URL"], decode_responses=True)


@app.task(name="accounts.tasks.welcome", ignore_result=True)
def welcome(user_pk):
    """Never runs here."""


welcome.delay(7)

print("LLEN celery      ", redis.llen("celery"))
print("TYPE celery      ", redis.type("celery"))
message = json.loads(redis.lindex("celery", 0))
print("headers: task    ", message["headers"]["task"])
print("headers: argsrepr", message["headers"]["argsrepr"])
print("body             ", message["body"][:24] + "...")
arguments, keywords, workflow = json.loads(b64decode(message["body"]))
print("body, decoded    ", arguments, keywords, "...")
