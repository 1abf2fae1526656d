"""The Celery app. Its settings are the lines of choir/settings.py that begin with CELERY_."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "choir.settings")

app = Celery("choir")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
