"""Step 4: Redis is away, and the visitor is answered all the same."""

import io
import socket
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from http.cookiejar import CookieJar
from typing import Any

from django.core.management import CommandError, call_command
from django.utils import timezone

from checking.bench import Bench, address_of
from checking.processes import Child
from checking.verdict import NotYet

# Far more than a site needs that gives up after about a second: it keeps this on a very busy machine, too.
DEADLINE_S = 8.0
OWED_FOR = timedelta(days=1)  # so long that no attempt of a worker is still under way
SETTINGS = (
    'CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 1, "socket_connect_timeout": 1, "max_retries": 1}, '
    "CELERY_BROKER_CONNECTION_TIMEOUT = 1, CELERY_TASK_PUBLISH_RETRY = False."
)


@dataclass(frozen=True)
class Away:
    """One way for Redis to be away: who signs up then, the socket that stands in its place, and what is seen."""

    name: str
    place: socket.socket
    state: str

    @property
    def broker_url(self) -> str:
        """Where the site looks for its Redis."""
        return f"redis://127.0.0.1:{self.place.getsockname()[1]}/0"


def check(bench: Bench) -> None:
    """Sign up while Redis is closed, and while it is frozen; then ask for the mails that are owed. Raises NotYet."""
    with socket.socket() as closed, socket.socket() as frozen:
        closed.bind(("127.0.0.1", 0))  # taken, but nobody listens: connections are refused
        frozen.bind(("127.0.0.1", 0))
        frozen.listen()  # connections are taken by the system, and nobody ever answers
        ways = [Away("Ada", closed, "closed"), Away("Bob", frozen, "frozen (connected, and silent)")]
        sites = [bench.start_site(way.broker_url) for way in ways]
        with ThreadPoolExecutor(len(ways)) as visitors:
            statuses = [visitors.submit(_sign_up, bench, *pair) for pair in zip(ways, sites, strict=True)]
        for way, status, site in zip(ways, statuses, sites, strict=True):
            _check_answer(bench, way, status.result())
            bench.children.kill(site)
    _check_owed(bench)


def _sign_up(bench: Bench, way: Away, site: Child) -> int:
    """Fill in the form of a site that has just started; the status of the answer, 0 when none came in time."""
    address = f"http://127.0.0.1:{bench.site_port(site)}/"
    cookies = CookieJar()
    browser = urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(cookies), _NoRedirect
    )
    browser.open(address).read()
    token = next(cookie.value for cookie in cookies if cookie.name == "csrftoken")
    form = {"csrfmiddlewaretoken": token or "", "name": way.name, "email": address_of(way.name)}
    try:
        with browser.open(address, urllib.parse.urlencode(form).encode(), timeout=DEADLINE_S) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code
    except OSError:
        return 0


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments: Any) -> None:
        """The answer itself is wanted."""


def _check_answer(bench: Bench, way: Away, status: int) -> None:
    from members.models import Member

    if bench.mails_to(way.name):
        raise NotYet(
            f"While Redis was {way.state.split()[0]} the view sent the mail itself.",
            "Then the visitor waits for the mail server again. Leave the mail owed: `welcomed_at` is empty, and "
            "send_owed asks for it later.",
        )
    if status == 0:
        raise NotYet(
            f"Redis was {way.state}, and {way.name} had no answer after {DEADLINE_S:.0f} seconds.",
            f"Without limits a publish waits, and tries again. Set them in choir/settings.py: {SETTINGS}",
        )
    if not Member.objects.filter(name=way.name).exists():
        raise NotYet(
            f"Redis was {way.state}, and {way.name} was not stored as a member (the answer was {status}).",
            "A mail that cannot be asked for now is no reason to turn somebody away. Keep the member; the mail is "
            "owed, and `welcomed_at` says so.",
        )
    if status != 302:
        raise NotYet(
            f"Redis was {way.state}: {way.name} is stored as a member, and sees an answer {status}.",
            "Publishing raised an error and nobody caught it. Around .delay(), which runs after the commit: "
            "except OperationalError (from kombu.exceptions), log it, and go on.",
        )


def _check_owed(bench: Bench) -> None:
    from members.models import Member

    owed = set(Member.objects.values_list("pk", flat=True))
    welcomed = bench.member("Cleo")
    Member.objects.filter(pk=welcomed.pk).update(welcomed_at=timezone.now())
    Member.objects.update(joined_at=timezone.now() - OWED_FOR)
    try:
        call_command("send_owed", stdout=io.StringIO())
    except (NotImplementedError, CommandError) as error:
        raise NotYet(f"`manage.py send_owed` failed: {error!r}.", _WRITE_IT) from None
    asked_for = {argument for message in bench.waiting() for argument in [*message.args, *message.kwargs.values()]}
    if not owed <= asked_for:
        raise NotYet(
            f"Redis is back, {len(owed)} mails are owed, and `manage.py send_owed` asked for {len(owed & asked_for)} "
            "of them. The others are lost, and nobody knows.",
            _WRITE_IT,
        )
    if welcomed.pk in asked_for:
        raise NotYet(
            "`manage.py send_owed` asked for the mail of a member who has it.",
            "Step 3 keeps that harmless, but each run fills the queue with every member there is. "
            "Ask only for those whose `welcomed_at` is empty: filter(welcomed_at=None).",
        )


_WRITE_IT = (
    "Let handle() in members/management/commands/send_owed.py call welcome.delay(member.pk) for every member "
    "whose `welcomed_at` is empty."
)
