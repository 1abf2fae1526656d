"""Step 2: the view publishes on commit and answers at once."""

from typing import Any

from django.db import transaction
from django.test import Client

from checking.bench import Bench, address_of
from checking.verdict import NotYet

DELAY = "transaction.on_commit(lambda: welcome.delay(member.pk))"


class _SomethingFailed(Exception):
    """What goes wrong after the view, before the commit."""


def check(bench: Bench) -> None:
    """Sign Ada up inside a transaction, and look at Redis and the mailbox before and after its end. Raises NotYet."""
    with transaction.atomic():
        answer = _sign_up("Ada")
        _check_before_commit(bench, answer)
    _check_after_commit(bench, answer)
    _check_rollback(bench)
    _check_worker(bench)


def _sign_up(name: str) -> Any:
    try:
        return Client(HTTP_HOST="127.0.0.1").post("/", {"name": name, "email": address_of(name)})
    except TypeError as error:
        if "on_commit" not in str(error):
            raise NotYet(f"The view failed: {error!r}.", "See what it says when you sign up by hand.") from None
        raise NotYet(
            "The view called the task while it wrote the line, and gave on_commit what came back.",
            f"on_commit wants something to call later. Wrap it in a lambda: {DELAY}",
        ) from None
    except Exception as error:
        raise NotYet(f"The view failed: {error!r}.", "Every sign-up must be answered. Mend this first.") from None


def _check_before_commit(bench: Bench, answer: Any) -> None:
    if answer.status_code != 302:
        raise NotYet(
            f"The sign-up was answered with {answer.status_code}, not with a redirect.",
            'Keep the end of the view as it was: return redirect("welcome").',
        )
    if bench.mail.mails:
        raise NotYet(
            "The mail was sent while the visitor waited, before the member was stored for good.",
            f"Calling the task as a function runs it here. Its .delay() leaves a message in Redis instead: {DELAY}",
        )
    if bench.waiting():
        raise NotYet(
            "The message was in Redis before the member was stored for good.",
            "A worker is quick: it looks for a member who is not there yet, and if the request fails after that, "
            f"for one who never will be. Publish when the transaction commits: {DELAY}",
        )


def _check_after_commit(bench: Bench, answer: Any) -> None:
    from members.models import Member

    if bench.mail.mails:
        raise NotYet(
            "The mail was sent on commit, but still inside the request: the visitor waits for it.",
            f"on_commit only chooses the moment. What it calls runs in the web process. Let it publish: {DELAY}",
        )
    messages = bench.waiting()
    if len(messages) != 1:
        raise NotYet(
            f"After the sign-up {len(messages)} messages wait in Redis, not one.",
            f"In the view, in place of the mail: {DELAY}",
        )
    if [*messages[0].args, *messages[0].kwargs.values()] != [Member.objects.get(name="Ada").pk]:
        raise NotYet(
            f"The message carries {messages[0].args} {messages[0].kwargs}, readable for everybody who can read Redis.",
            "Send the primary key alone. The worker looks up what it needs.",
        )


def _check_rollback(bench: Bench) -> None:
    before = len(bench.waiting())
    try:
        with transaction.atomic():
            _sign_up("Bob")
            raise _SomethingFailed
    except _SomethingFailed:
        pass
    if len(bench.waiting()) != before:
        raise NotYet("A sign-up that failed left a message in Redis.", f"Publish on commit: {DELAY}")


def _check_worker(bench: Bench) -> None:
    task_id = bench.waiting()[0].task_id
    outcome = bench.outcome(bench.start_worker(), task_id)
    if bench.mails_to("Ada") != 1:
        raise NotYet(
            f"The worker took the message ({outcome}), and {bench.mails_to('Ada')} mails arrived.",
            "Check step 1 again: python check.py 1",
        )
