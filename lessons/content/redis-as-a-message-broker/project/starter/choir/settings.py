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
# TODO, step 5: how long may one answer of the mail server take?

CELERY_BROKER_URL = environ.get("BROKER_URL", "redis://127.0.0.1:6379/0")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
# TODO, step 4: when does the site give up on a Redis that does not answer?
