"""A small shop around a completed program: Django, a database, a mail server that can say no, and a Celery worker.

Imported by `completed_stories` only, in a process of its own: it configures Django.
"""

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, ClassVar

import django
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from celery import Celery, shared_task
from celery.app import autoretry
from celery.contrib.testing.worker import start_worker
from celery.signals import after_task_publish, task_postrun
from django.conf import settings
from django.core.mail import send_mail
from django.db import connection, models, transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.test import Client
from django.urls import URLPattern, clear_url_caches, path
from django.utils.timezone import now
from redis import Redis

from apparatus.ports import free_port

REDIS_URL = os.environ["REDIS_URL"]
CODE_NAME = "completed"

# The number of tries is asked about, not the waits between them.
autoretry.get_exponential_backoff_interval = lambda **_: 0  # type: ignore[attr-defined]  # imported there, not exported
settings.configure(
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["COMPLETED_DATABASE"]}},
    ROOT_URLCONF=__name__,
    SECRET_KEY="only-for-this-shop",
    ALLOWED_HOSTS=["testserver"],
    EMAIL_PORT=free_port(),
    EMAIL_TIMEOUT=2,
    DEFAULT_FROM_EMAIL="shop@example.org",
    USE_TZ=True,
)
django.setup()


class Order(models.Model):
    """What somebody bought."""

    objects: ClassVar[models.Manager["Order"]] = models.Manager()
    email = models.EmailField()
    receipt_owed = models.BooleanField(default=False)

    class Meta:
        """A part of no installed app."""

        app_label = CODE_NAME


class Owed(models.Model):
    """A receipt that is still to be published."""

    objects: ClassVar[models.Manager["Owed"]] = models.Manager()
    order = models.ForeignKey(Order, on_delete=models.CASCADE)

    class Meta:
        """A part of no installed app."""

        app_label = CODE_NAME


class Invoice(models.Model):
    """What somebody has to pay."""

    objects: ClassVar[models.Manager["Invoice"]] = models.Manager()
    claimed_at = models.DateTimeField(null=True)

    class Meta:
        """A part of no installed app."""

        app_label = CODE_NAME


class MailServer:
    """Notes who got mail; the first `refusals` mails it turns down for now."""

    refusals = 0
    asked = 0
    got: ClassVar[list[str]] = []

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """One address."""
        MailServer.asked += 1
        if MailServer.asked <= MailServer.refusals:
            return "450 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """One whole mail."""
        MailServer.got.append(envelope.rcpt_tos[0])
        return "250 OK"


urlpatterns: list[URLPattern] = []
app = Celery("shop", broker=REDIS_URL, task_ignore_result=True, set_as_current=False)
app.set_default()
redis = Redis.from_url(REDIS_URL, decode_responses=True)
with connection.schema_editor() as editor:
    for model in (Order, Owed, Invoice):
        editor.create_model(model)


def post(view: Callable[..., HttpResponse], form: dict[str, Any]) -> int:
    """Send a form to a view of the shop; the status of its answer."""
    urlpatterns[:] = [path("", view)]
    clear_url_caches()
    return Client().post("/", form).status_code


def send_receipt(order: Order) -> None:
    """The work of the shop: one mail."""
    send_mail("Your receipt", "Thank you.", None, [order.email])


def completed(code: str, **more: object) -> dict[str, Any]:
    """The names a completed program leaves behind; those it uses without an import are there, and `more`."""
    names: dict[str, Any] = {
        "__name__": CODE_NAME,
        "Invoice": Invoice,
        "Order": Order,
        "Owed": Owed,
        "app": app,
        "now": now,
        "partial": partial,
        "r": redis,
        "redirect": redirect,
        "send_receipt": send_receipt,
        "shared_task": shared_task,
        "transaction": transaction,
    }
    names |= more
    exec(compile(code, f"{CODE_NAME}.py", "exec"), names)
    return names


@contextmanager
def mail_server(refusals: int = 0) -> Iterator[None]:
    """A mail server where the shop looks for one."""
    MailServer.refusals = refusals
    server = Controller(MailServer(), hostname="127.0.0.1", port=settings.EMAIL_PORT)
    server.start()
    try:
        yield
    finally:
        server.stop()


@contextmanager
def worker() -> Iterator[None]:
    """A worker that takes what is in Redis."""
    with start_worker(app, pool="threads", concurrency=2, perform_ping_check=False):
        yield


class Tasks:
    """How many were published, tries again included, and how many have ended, in one way or another."""

    published = ended = 0

    @classmethod
    def are_done(cls) -> bool:
        """None is waiting or running."""
        return cls.published == cls.ended


@after_task_publish.connect
def count_published(**_: object) -> None:
    """One more has left."""
    Tasks.published += 1


@task_postrun.connect
def count_ended(**_: object) -> None:
    """One more has ended."""
    Tasks.ended += 1


@contextmanager
def silent_redis() -> Iterator[str]:
    """The address of a server that takes connections and never says a word, as a stopped Redis does."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"
