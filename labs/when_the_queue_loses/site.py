"""The Django site that is measured: three views, one for each way to the same work, and no middleware.

gunicorn serves it for as long as one experiment lasts.
"""

import json
import os
import secrets
from collections.abc import Callable

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, JsonResponse
from django.urls import path

settings.configure(SECRET_KEY=secrets.token_urlsafe(), ROOT_URLCONF=__name__, ALLOWED_HOSTS=["measured"])
django.setup()

from labs.when_the_queue_loses import tasks, work  # noqa: E402  (as in any Django site, settings come first)
from labs.when_the_queue_loses.broker import FLOOR_LIST, clock, own_celery, own_redis  # noqa: E402

celery = own_celery()
redis = own_redis()


def inside(request: HttpRequest, run_id: str, rounds: int) -> JsonResponse:
    """Do the work, then answer."""
    return _timed(lambda: work.compute(rounds))  # lane: web


def queued(request: HttpRequest, run_id: str, rounds: int) -> JsonResponse:
    """Leave the work to the Celery worker, then answer."""
    return _timed(lambda: tasks.compute.apply_async((run_id, rounds)))  # lane: redis


def floor(request: HttpRequest, run_id: str, rounds: int) -> JsonResponse:
    """The least that any queue on Redis can cost: LPUSH a message that another process waits for with BRPOP."""
    return _timed(lambda: redis.lpush(FLOOR_LIST, json.dumps([run_id, rounds])))  # lane: redis


def _timed(door: Callable[[], object]) -> JsonResponse:
    started = clock()
    door()
    return JsonResponse({"started": started, "ended": clock(), "pid": os.getpid()})


urlpatterns = [
    path("inside/<str:run_id>/<int:rounds>", inside),
    path("queued/<str:run_id>/<int:rounds>", queued),
    path("floor/<str:run_id>/<int:rounds>", floor),
]
application = get_wsgi_application()
