import os

import redis
from celery import Celery

r = redis.Redis.from_url(os.environ["REDIS_URL"])
app = Celery("shop", broker=os.environ["REDIS_URL"])


@app.task
def welcome(name):
    print("mail to", name)


welcome.delay("Ada")
print(r.llen("celery"))

welcome("Ines")
print(r.llen("celery"))

welcome.apply(("Otto",))
print(r.llen("celery"))
