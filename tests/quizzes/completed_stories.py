"""What a completed program of a question has to do: a story takes the program, and returns what came of it."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from threading import Thread
from types import SimpleNamespace
from typing import Any

from celery import Celery
from celery.signals import task_prerun
from django.db import transaction
from kombu.exceptions import OperationalError

from apparatus.ports import free_port
from apparatus.probe import wait_until
from tests.quizzes import completed_site as site
from tests.quizzes.completed_site import Invoice, MailServer, Order, Owed, Tasks, completed, redis

PATIENCE_S = 8
ADA = "ada@example.org"


def arguments() -> list[Any]:
    """What the messages in Redis hand to their tasks, oldest first."""
    messages = [json.loads(text) for text in reversed(redis.lrange("celery", 0, -1))]
    return [message["headers"]["argsrepr"] for message in messages]


def nobody_runs(pk: int) -> None:
    """The work of a task of which only the message is looked at."""


def until(condition: Callable[[], Any], what: str) -> None:
    """Wait for it, but not for ever: a program that does not do its work must end, too."""
    wait_until(condition, what=what, timeout_s=PATIENCE_S)


def until_somebody_waits() -> None:
    """Until a client of our database waits inside Redis."""
    ours = str(redis.get_connection_kwargs()["db"])

    def is_waiting() -> bool:
        return any(client["db"] == ours and "b" in client["flags"] for client in redis.client_list())

    until(is_waiting, "a client to wait inside Redis")


def until_dealt_with() -> None:
    until(Tasks.are_done, "the worker to deal with everything")


def take_the_oldest(code: str) -> object:
    first = completed(code)["mail"]
    redis.delete("mails")
    took: list[str] = []
    waiting = Thread(target=lambda: took.append(completed(code.splitlines()[-1])["mail"]), daemon=True)
    waiting.start()
    until_somebody_waits()
    redis.lpush("mails", "to Otto")
    waiting.join(PATIENCE_S)
    return [first, *took]


def two_doors(code: str) -> object:
    done: list[int] = []
    completed(code, send_receipt=done.append)
    before = list(done), redis.llen("celery")
    with site.worker():
        until_dealt_with()
    return [*before, done]


def second_conversion(code: str) -> object:
    view = completed(code)["place_order"]
    with transaction.atomic():
        status = site.post(view, {"email": ADA})
        inside = redis.llen("celery")
    after = arguments()
    with site.mail_server(), site.worker():
        until_dealt_with()
    return [status, inside, after, MailServer.got]


def what_to_try_again(code: str) -> object:
    receipt = completed(code)["receipt"]
    order = Order.objects.create(email=ADA)
    starts: list[object] = []
    task_prerun.connect(lambda **_: starts.append(order), weak=False)

    def starts_for(order_pk: int) -> int:
        starts.clear()
        receipt.delay(order_pk)
        until_dealt_with()
        return len(starts)

    with site.worker():
        refused = starts_for(order.pk)
        with site.mail_server(refusals=1):
            turned_down = starts_for(order.pk)
        missing = starts_for(order.pk + 1)
    return [refused, turned_down, MailServer.got, missing]


def silent_broker(code: str) -> object:
    return [owed_when_redis_is_at(address, code) for address in (CLOSED, site.silent_redis())]


def owed_when_redis_is_at(address: AbstractContextManager[str], code: str) -> bool:
    """Whether the view gives up in time and notes the receipt."""
    with address as url, Celery("shop", broker=url, task_ignore_result=True, set_as_current=False) as app:
        receipt = app.task(name="receipt")(site.send_receipt)
        view = completed(code, app=app, receipt=receipt)["place_order"]
        asking = Thread(target=site.post, args=[view, {"email": ADA}], daemon=True)
        asking.start()
        asking.join(PATIENCE_S)
        return not asking.is_alive() and Order.objects.latest("pk").receipt_owed


def sign_up(code: str) -> object:
    def create_user(form: object) -> Order:
        return Order.objects.create(email=ADA)

    welcome = site.app.task(name="welcome")(nobody_runs)
    view = completed(code, create_user=create_user, welcome=welcome)["sign_up"]
    with transaction.atomic():
        status = site.post(view, {})
        inside = redis.llen("celery")
    return [status, inside, arguments()]


def reader(code: str) -> object:
    sent: list[str] = []

    def send(message: str) -> None:
        sent.append(message)
        if message == "to Otto":
            raise SystemExit  # the reader is killed at work

    reading = Thread(target=completed, args=[code], kwargs={"send": send}, daemon=True)
    redis.lpush("taken", "of another reader")
    reading.start()
    until_somebody_waits()
    redis.lpush("mails", "to Ada")
    until(lambda: sent, "the first mail to be sent")
    redis.lpush("mails", "to Otto")
    reading.join(PATIENCE_S)
    return [sent, redis.lrange("mails", 0, -1), sorted(redis.lrange("taken", 0, -1))]


def once(code: str) -> object:
    sent: list[int] = []
    task = completed(code, mail=sent.append)["send_invoice"]
    invoice, other = Invoice.objects.create(), Invoice.objects.create()
    task.delay(invoice.pk)
    task.delay(invoice.pk)
    with site.worker():
        until_dealt_with()
    return [sent == [invoice.pk], Invoice.objects.get(pk=other.pk).claimed_at is None, Invoice.objects.count()]


def set_of_people(code: str) -> object:
    mailed: list[object] = []

    @site.app.task(name="digest")
    def digest(people: list[int]) -> None:
        mailed.extend(people)

    completed(code, digest=digest)
    with site.worker():
        until_dealt_with()
    return sorted(mailed, key=str)


def all_mails_to_otto(code: str) -> object:
    invitation = site.app.task(name="invitation")(nobody_runs)
    names = ["Ada", "Bob", "Otto"]

    def create_user(name: str) -> Order:
        return Order.objects.create(email=f"{name}@example.org")

    site.post(completed(code, create_user=create_user, invitation=invitation)["invite"], {"name": names})
    otto = Order.objects.get(email="Otto@example.org")
    return [Order.objects.count(), arguments() == [f"({otto.pk},)"] * len(names)]


def owed_receipts(code: str) -> object:
    down = Celery("down", broker=f"redis://127.0.0.1:{free_port()}/0", task_publish_retry=False, set_as_current=False)
    publish = SimpleNamespace(delay=down.task(name="receipt")(nobody_runs).delay)
    names = completed(code, receipt=publish)
    site.post(names["place_order"], {"email": ADA})
    try:
        names["publish_owed"]()
    except OperationalError:
        owed = Owed.objects.count()
    publish.delay = site.app.task(name="receipt")(nobody_runs).delay
    names["publish_owed"]()
    return [owed, len(arguments()), Owed.objects.count()]


CLOSED = nullcontext(f"redis://127.0.0.1:{free_port()}/0")
STORIES: dict[str, Callable[[str], object]] = {
    "take-the-oldest": take_the_oldest,
    "two-doors": two_doors,
    "second-conversion": second_conversion,
    "what-to-try-again": what_to_try_again,
    "silent-broker": silent_broker,
    "fill-sign-up": sign_up,
    "fill-reader": reader,
    "fill-once": once,
    "set-of-people": set_of_people,
    "all-mails-to-otto": all_mails_to_otto,
    "owed-receipts": owed_receipts,
    "sign-up-in-order": sign_up,
}
