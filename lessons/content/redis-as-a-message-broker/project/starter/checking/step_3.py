"""Step 3: a dead worker loses no mail and sends none twice."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from checking.bench import Bench, Worker
from checking.mail_server import Pause
from checking.verdict import CannotCheck, NotYet
from checking.waiting import wait_for

# Your own worker waits an hour for an acknowledgement (Celery's default for Redis); this one is made impatient.
VISIBILITY_S = 1.0
REACH_TIMEOUT_S = 60.0


def check(bench: Bench) -> None:
    """Kill a worker before and after the mail server has taken a mail; deliver one message twice. Raises NotYet."""
    ada, first = bench.publish_welcome("Ada")
    again = _die_before_mail(bench, ada)
    if first not in bench.unacknowledged():
        raise NotYet(
            "The worker was killed before the mail was sent, and the message is gone: the mail is lost.",
            "A task is acknowledged when it begins. Acknowledge it when it is done: @shared_task(acks_late=True).",
        )
    worker = _next_worker(bench)
    _check_once(bench, [bench.outcome(worker, task_id) for task_id in (first, *again)])

    _, bobs = bench.publish_welcome("Bob")
    with _standing_at(bench.mail.after_mail, worker):
        bench.kill_worker(worker)
    adas = bench.publish_again(ada)
    worker = _next_worker(bench)
    for task_id in (bobs, adas):
        bench.outcome(worker, task_id)
    _check_memory(bench)
    _check_names(bench)


def _die_before_mail(bench: Bench, ada: Any) -> list[str]:
    """Kill a worker that is about to send Ada's mail, as soon as it would have acknowledged; two tasks more for Ada.

    A worker that has received two messages since it began the task has gone round its loop in between, and with early
    acknowledgement it has acknowledged by then.
    """
    worker = bench.start_worker()
    again: list[str] = []
    with _standing_at(bench.mail.before_mail, worker):
        for _ in range(2):
            again.append(bench.publish_again(ada))
            bench.until(worker.child, lambda: worker.has_received(again[-1]), "the worker to take a message")
        bench.kill_worker(worker)
    return again


@contextmanager
def _standing_at(pause: Pause, worker: Worker) -> Iterator[None]:
    """Until the end of the block the worker stands at this point of its talk with the mail server."""
    pause.arm()
    try:
        if not wait_for(pause.reached.is_set, REACH_TIMEOUT_S):
            raise CannotCheck(f"The worker sends no mail:\n{worker.child.log()[-2000:]}")
        yield
    finally:
        pause.release()


def _next_worker(bench: Bench) -> Worker:
    """A new worker, started when what the dead one held is due again."""
    wait_for(lambda: _oldest_delivery_s(bench) + VISIBILITY_S < time.time(), REACH_TIMEOUT_S)
    return bench.start_worker(VISIBILITY_S)


def _oldest_delivery_s(bench: Bench) -> float:
    """When the oldest unacknowledged message was handed out, in seconds since 1970."""
    oldest = bench.redis.zrange("unacked_index", 0, 0, withscores=True)
    return float(oldest[0][1]) if oldest else 0.0


def _check_once(bench: Bench, outcomes: list[str]) -> None:
    mails = bench.mails_to("Ada")
    if mails == 0:
        raise NotYet(
            "The worker was killed before the mail was sent. The next one got the message again, and sent nothing "
            f"({', '.join(outcomes)}).",
            "You note `welcomed_at` before the mail is sent, so the next worker believes the note. Send, then note.",
        )
    if mails > 1:
        raise NotYet(
            f"The same message was delivered more than once, and Ada got {mails} mails.",
            "With late acknowledgement a task may run again. Begin the work with the question whether it is done: "
            "if member.welcomed_at is set, return. Set it after sending.",
        )


def _check_memory(bench: Bench) -> None:
    if bench.mails_to("Ada") > 1:
        raise NotYet(
            "A new worker sent Ada the mail again: who has been welcomed was only in the old one's memory.",
            "A process forgets when it dies, and another one never knew. Keep it in the database: `welcomed_at`.",
        )


def _check_names(bench: Bench) -> None:
    names = {mail.message_id for mail in bench.mail.to("bob@example.org")}
    if len(names) != 1:
        raise NotYet(
            "The worker was killed after the mail server had taken the mail, before it could note it. Bob got the "
            f"mail twice, under {len(names)} names, so nobody can tell that it is the same one.",
            "No note of yours closes this gap. Give the mail a Message-ID that is made of the member, not of chance: "
            'EmailMessage(..., headers={"Message-ID": f"<welcome-{member.pk}@choir.example>"}). Who sees it twice '
            "can then drop the second.",
        )
