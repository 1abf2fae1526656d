"""A small site of its own that runs the example code of lesson 1, as a reader would who copies it.

`python -m tests.lessons.example_site inside` signs Ada up through that file's view and prints one line of JSON.
`celery -A tests.lessons.example_site worker` is the worker for it.
"""

import importlib
import json
import os
import sys
import time
from pathlib import Path

import django
from celery import Celery
from django.conf import settings
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

EXAMPLES = Path(__file__).parents[2] / "lessons/content/redis-as-a-message-broker/examples"
DATA = os.environ["EXAMPLE_DATA"]

settings.configure(
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{DATA}/db", "ATOMIC_REQUESTS": True}},
    SECRET_KEY="only-for-this-example",
    ALLOWED_HOSTS=["testserver"],
    ROOT_URLCONF=__name__,
    EMAIL_HOST="127.0.0.1",
    EMAIL_PORT=int(os.environ["EXAMPLE_SMTP_PORT"]),
    EMAIL_TIMEOUT=5,
    DEFAULT_FROM_EMAIL="course@example.org",
)
django.setup()
app = Celery("example", broker=os.environ["EXAMPLE_BROKER"])
sys.path.insert(0, str(EXAMPLES))
inside, queued = importlib.import_module("inside"), importlib.import_module("queued")


def refused(request: HttpRequest) -> HttpResponse:
    """The good view, and then something goes wrong before the user is stored."""
    queued.sign_up(request)
    raise RuntimeError("no room left")


urlpatterns = [path("inside/", inside.sign_up), path("queued/", queued.sign_up), path("refused/", refused)]


def main(way: str) -> None:
    """Sign Ada up and say what came of it."""
    call_command("migrate", verbosity=0)
    answer = Client(raise_request_exception=False).post(f"/{way}/", {"name": "Ada", "email": "ada@example.org"})
    users = sys.modules["accounts"].User.objects.count()
    print(json.dumps({"status": answer.status_code, "answered_at": time.time(), "users": users}))


if __name__ == "__main__":
    main(sys.argv[1])
