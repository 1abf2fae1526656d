"""The choir's site. Celery's app is made with it, so that every task of the site knows its broker."""

from choir.celery import app as celery_app

__all__ = ["celery_app"]
