import os

import django
import redis
from celery import Celery
from django.conf import settings
from django.db import transaction

url = os.environ["REDIS_URL"]
database = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
settings.configure(DATABASES={"default": database})
django.setup()
welcome = Celery(broker=url).signature("welcome")
waiting = redis.Redis.from_url(url).llen

try:
    with transaction.atomic():
        welcome.delay()
        transaction.on_commit(welcome.delay)
        raise ValueError("no such address")
except ValueError:
    print(waiting("celery"))

with transaction.atomic():
    transaction.on_commit(welcome.delay)
    print(waiting("celery"))
print(waiting("celery"))
