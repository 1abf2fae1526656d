"""Step 1: the work is a plain function, and a task calls it."""

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

from celery import Task

from checking.bench import Bench
from checking.verdict import NotYet


def check(bench: Bench) -> None:
    """Call the function, look at the task, and see whether the one calls the other. Raises NotYet."""
    from members import tasks, work

    _check_work(bench, work.send_welcome)
    task = getattr(tasks, "welcome", None)
    _check_task(task)
    _check_door(bench, tasks, work, task)


def _check_work(bench: Bench, send_welcome: Callable[[int], None]) -> None:
    ada = bench.member("Ada")
    try:
        send_welcome(ada.pk)
    except NotImplementedError:
        raise NotYet(
            "`send_welcome` in members/work.py is not written yet.",
            "Move the lines that send the mail there. Look the member up first: Member.objects.get(pk=member_pk).",
        ) from None
    except (AttributeError, TypeError) as error:
        raise NotYet(
            f"`send_welcome({ada.pk})` failed: {error}.",
            "It is given a primary key, not a member. A message in Redis is JSON text: a number fits into it, a "
            "member does not. And the worker looks the member up anew, so it never works with an old copy.",
        ) from None
    if bench.waiting():
        raise NotYet(
            "`send_welcome` sent no mail; it left a message in Redis.",
            "It is the work itself, so it must not hand the work on. Call send_mail in it. The task is what calls it.",
        )
    if bench.mails_to("Ada") != 1:
        raise NotYet(
            f"`send_welcome` returned, and {bench.mails_to('Ada')} mails arrived for ada@example.org.",
            "Let it send one mail to the member's address, as the view does now.",
        )


def _check_task(task: Any) -> None:
    if task is None:
        raise NotYet(
            "members/tasks.py has no `welcome` yet.",
            "Write a function `welcome(member_pk)` there with @shared_task above it (from celery import shared_task).",
        )
    if not isinstance(task, Task):
        raise NotYet(
            "`welcome` in members/tasks.py is a plain function, and Celery does not know it.",
            "Put @shared_task above it. That gives it a name that a worker knows, and .delay() to ask for it.",
        )


def _check_door(bench: Bench, tasks: Any, work: Any, task: Any) -> None:
    """With the work taken out, the task must send nothing: it is a door, not a second copy."""
    called: list[Any] = []
    with patch.object(work, "send_welcome", called.append):
        if hasattr(tasks, "send_welcome"):
            with patch.object(tasks, "send_welcome", called.append):
                task(bench.member("Bob").pk)
        else:
            task(bench.member("Bob").pk)
    if bench.mails_to("Bob"):
        raise NotYet(
            "The task sends the mail with code of its own.",
            "Two copies of the work drift apart. Let the task do one thing: call send_welcome(member_pk).",
        )
    if len(called) != 1:
        raise NotYet(
            f"The task called `send_welcome` {len(called)} times.",
            "Let it call send_welcome(member_pk) from members/work.py, once.",
        )
