"""The command: starts the parts, asks the steps one by one, says what it found."""

import argparse
import io
import os
import signal
import sys
import textwrap
import traceback
from collections.abc import Callable, Sequence

import redis

from checking.bench import Bench
from checking.mail_server import MailServer
from checking.processes import Children
from checking.redis_server import celery_url, empty, start_redis
from checking.steps import Step, read_steps
from checking.verdict import CannotCheck, NotYet

DONE, NOT_YET, NOT_CHECKED = 0, 1, 2
WIDTH = 96


def main(arguments: Sequence[str], about: str) -> int:
    """Run the checks that were asked for; the exit code."""
    wanted = _options(arguments, about)
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(NOT_CHECKED))
    signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever started this may have ignored it
    try:
        with Children() as children, MailServer() as mail:
            url = start_redis(children)
            with redis.Redis.from_url(url) as client:
                _open_project(children, mail, url)
                try:
                    return _check(wanted, Bench(children, mail, client))
                finally:
                    empty(client)
    except CannotCheck as reason:
        print(f"\nThe check could not be made. {reason}", file=sys.stderr)
        return NOT_CHECKED
    except KeyboardInterrupt:
        print("\nStopped. Nothing is left running.", file=sys.stderr)
        return NOT_CHECKED


def _options(arguments: Sequence[str], about: str) -> argparse.Namespace:
    numbers = [step.number for step in read_steps()]
    parser = argparse.ArgumentParser(
        "check.py", description=about, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("step", type=int, choices=numbers, nargs="?", help="check this step only")
    parser.add_argument("--all", action="store_true", help="go on after a step that is not done")
    return parser.parse_args(arguments)


def _open_project(children: Children, mail: MailServer, url: str) -> None:
    """Load your project with a database, a mail server and a broker of its own. Raises CannotCheck."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "choir.settings",
        "DATABASE": str(children.folder / "choir.sqlite3"),
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(mail.port),
        "BROKER_URL": celery_url(url),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    import django
    from django.core.management import call_command

    try:
        django.setup()
        call_command("migrate", verbosity=0)
        call_command("check", stdout=io.StringIO())
        import members.tasks
        import members.views
        import members.work  # noqa: F401
    except Exception:
        raise CannotCheck(f"Your project does not start:\n{traceback.format_exc(limit=-3)}") from None
    _check_nothing_else_is_touched(mail, url)


def _check_nothing_else_is_touched(mail: MailServer, url: str) -> None:
    from choir.celery import app
    from django.conf import settings

    ours = {
        "CELERY_BROKER_URL": (app.conf.broker_url, celery_url(url)),
        "EMAIL_PORT": (settings.EMAIL_PORT, mail.port),
        "DATABASES": (str(settings.DATABASES["default"]["NAME"]), os.environ["DATABASE"]),
    }
    for name, (set_to, wanted) in ours.items():
        if set_to != wanted:
            raise CannotCheck(
                f"{name} in choir/settings.py no longer comes from the environment, so the check would touch what is "
                "yours. Write that line as it was in the starter."
            )


def _check(wanted: argparse.Namespace, bench: Bench) -> int:
    steps = [step for step in read_steps() if wanted.step in (None, step.number)]
    code = DONE
    for step in steps:
        if not _is_done(step, bench):
            code = NOT_YET
            if not wanted.all:
                break
    if code == DONE:
        print("\nType the codes into the lesson's page; they are a note for you, not a grade.")
    return code


def _is_done(step: Step, bench: Bench) -> bool:
    print(f"\nStep {step.number}: {step.title}", flush=True)
    _clear(bench)
    try:
        _check_of(step)(bench)
    except NotYet as reason:
        _say("not yet", reason.seen)
        _say("", reason.remedy)
        return False
    except CannotCheck:
        raise
    except Exception:
        raise CannotCheck(f"Something failed that should not:\n{traceback.format_exc(limit=-4)}") from None
    finally:
        for worker in bench.workers.copy():
            bench.kill_worker(worker)
    _say("done", f"Code: {step.code}")
    return True


def _check_of(step: Step) -> Callable[[Bench], None]:
    from checking import step_1, step_2, step_3, step_4, step_5

    checks: list[Callable[[Bench], None]] = [module.check for module in (step_1, step_2, step_3, step_4, step_5)]
    return checks[step.number - 1]


def _clear(bench: Bench) -> None:
    from members.models import Member

    Member.objects.all().delete()
    empty(bench.redis)
    bench.mail.mails.clear()
    bench.mail.is_away = False


def _say(mark: str, text: str) -> None:
    for number, paragraph in enumerate(text.split("\n")):
        begin = f"  {mark if number == 0 else '':9}"
        print(textwrap.fill(paragraph, WIDTH, initial_indent=begin, subsequent_indent=" " * 11), flush=True)
