"""The settings of the choir's site. What the checker changes comes from the environment."""

from os import environ
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_KEY = environ.get("SECRET_KEY", "only-for-this-exercise")
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
ROOT_URLCONF = "choir.urls"
INSTALLED_APPS = ["members"]
MIDDLEWARE = ["django.middleware.common.CommonMiddleware", "django.middleware.csrf.CsrfViewMiddleware"]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": environ.get("DATABASE", BASE_DIR / "choir.sqlite3"),
        "ATOMIC_REQUESTS": True,  # each request is one transaction
        "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE"},
    }
}

EMAIL_HOST = environ.get("EMAIL_HOST", "127.0.0.1")
EMAIL_PORT = int(environ.get("EMAIL_PORT", "1025"))
DEFAULT_FROM_EMAIL = "choir@example.org"
EMAIL_TIMEOUT = 5  # seconds, for each answer of the mail server

CELERY_BROKER_URL = environ.get("BROKER_URL", "redis://127.0.0.1:6379/0")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
# A Redis that is closed or frozen is given up after one to two seconds, also by the first publish of a process.
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_TASK_PUBLISH_RETRY = False
