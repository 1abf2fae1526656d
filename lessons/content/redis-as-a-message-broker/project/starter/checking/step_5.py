"""Step 5: the mail server is away, and the worker tries again."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from unittest.mock import patch

from celery.exceptions import Retry
from django.core.mail import get_connection
from django.utils import timezone

from checking.bench import Bench
from checking.verdict import NotYet
from checking.waiting import wait_for

LONGEST_ANSWER_S = 30
SHORTEST_PATIENCE_S = 600
VISIBILITY_S = 3600.0
MANY = 100
PATIENT_S = 8.0


def check(bench: Bench) -> None:
    """Let a worker meet a mail server that is away, and read how long it means to go on. Raises NotYet."""
    _check_timeout()
    bench.mail.is_away = True
    _, task_id = bench.publish_welcome("Ada")
    worker = bench.start_worker()
    _check_outcome(bench.outcome(worker, task_id))
    bench.mail.is_away = False
    wait_s = worker.wait_of_retry_s(task_id)
    if wait_s <= PATIENT_S and not wait_for(lambda: bench.mails_to("Ada"), wait_s + PATIENT_S):
        said = worker.child.log()[-800:]
        raise NotYet("The mail server came back, and no mail arrived.", f"The worker said:\n{said}")
    bench.kill_worker(worker)
    bench.mail.is_away = True
    _check_waits(list(_waits_s(bench)))


def _check_timeout() -> None:
    timeout_s = getattr(get_connection(), "timeout", None)
    if not timeout_s or timeout_s > LONGEST_ANSWER_S:
        raise NotYet(
            f"EMAIL_TIMEOUT is {timeout_s}: a mail server that takes the connection and says nothing holds the worker "
            + ("for ever." if not timeout_s else "for long."),
            "Django waits without end unless told otherwise. In choir/settings.py: EMAIL_TIMEOUT = 5 (seconds, for "
            "each answer).",
        )


def _check_outcome(outcome: str) -> None:
    if outcome == "succeeded":
        raise NotYet(
            "The mail server was away, and the task succeeded. So nobody will try again.",
            "Somewhere the error is caught and forgotten. Let send_welcome raise it: the task has to know.",
        )
    if outcome != "retry":
        raise NotYet(
            f"The mail server was away for a moment, and the worker gave up at once ({outcome}).",
            "acks_late is for a worker that dies, not for an error. Let Celery try again: "
            "@shared_task(..., autoretry_for=(OSError,), retry_backoff=2). smtplib's errors are OSErrors.",
        )


def _waits_s(bench: Bench) -> Iterator[float]:
    """How long the task waits before each new attempt, at most, in seconds; up to MANY of them.

    A backoff with jitter waits a random part of this, so chance is held at its highest.
    """
    task, pk = bench.task(), bench.member("Bob").pk
    with patch("random.randrange", lambda stop: stop - 1):
        for retries in range(MANY):
            wait_s = _wait_after(task, pk, retries)
            if wait_s is None:
                return
            yield wait_s


def _wait_after(task: Any, pk: int, retries: int) -> float | None:
    """The wait after a failed attempt that `retries` others came before; None when it gives up."""
    task.push_request(id="check", args=(pk,), kwargs={}, retries=retries, called_directly=False, delivery_info={})
    try:
        task.run(pk)
    except Retry as again:
        return _seconds_until(again.when)
    except Exception:
        return None
    finally:
        task.pop_request()
    return None


def _seconds_until(when: Any) -> float:
    """A countdown in seconds as it is, a time as seconds from now."""
    return (when - timezone.now()).total_seconds() if isinstance(when, datetime) else float(when)


def _check_waits(waits_s: list[float]) -> None:
    said = ", ".join(f"{wait:.0f}" for wait in waits_s[:6])
    if len(waits_s) == MANY:
        raise NotYet(
            f"After {MANY} attempts the task still goes on.",
            "A mail that can never be sent would be tried for ever. Set max_retries.",
        )
    if len(waits_s) > 1 and waits_s[-1] <= waits_s[0]:
        raise NotYet(
            f"Every wait is as long as the one before ({said} seconds).",
            "A server in trouble is not helped by a crowd that knocks in step. Let the waits grow: retry_backoff=2.",
        )
    if max(waits_s) >= VISIBILITY_S:
        raise NotYet(
            f"One wait is {max(waits_s):.0f} seconds long.",
            "A task that waits is unacknowledged. After an hour Redis's visibility timeout delivers it again, and it "
            "runs twice. Keep waits below: retry_backoff_max=300.",
        )
    if sum(waits_s) < SHORTEST_PATIENCE_S:
        raise NotYet(
            f"The task gives up after {len(waits_s)} retries ({said} seconds apart, at most).",
            "A mail server that restarts takes longer. Let it go on for ten minutes or more: max_retries=10.",
        )
