"""The Celery app. Its settings are measured ones: a closed or frozen Redis is given up within 3 s, cold or warm."""

import os

from celery import Celery

from apparatus.broker_url import celery_url
from course import lost_broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "course.settings")

app = Celery("course")


def configure() -> None:
    """Read the broker's address from Django's settings and find the tasks of every lab folder."""
    from django.conf import settings

    from labs.bench.registry import lab_packages

    app.conf.update(
        broker_url=celery_url(settings.REDIS_URL),
        broker_connection_timeout=1,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,  # a worker waits for its broker for as long as it takes
        broker_transport_options={
            "socket_timeout": 1,
            "socket_connect_timeout": 1,
            "max_retries": 1,
            "interval_start": 0,
            "interval_step": 0.1,
            "interval_max": 0.1,
        },
        task_ignore_result=True,
        task_publish_retry=False,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
        timezone="UTC",
    )
    app.autodiscover_tasks([*lab_packages(), "labs.bench"])


lost_broker.install()
configure()
