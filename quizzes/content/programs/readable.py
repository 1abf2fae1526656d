import base64
import json
import os

import redis
from celery import Celery

url = os.environ["REDIS_URL"]
app = Celery("shop", broker=url)


@app.task
def reset_password(user_pk, token):
    """Send the mail with the token."""


reset_password.delay(7, token="s3cr3t")

element = redis.Redis.from_url(url).rpop("celery")
body = base64.b64decode(json.loads(element)["body"])
print(element.count(b"s3cr3t"), body.count(b"s3cr3t"))
