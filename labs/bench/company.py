"""Who else is served while a run is timed, as far as this web process knows.

People who read, click and stand in line use the same processor cores and threads as the run. The middleware knows each
request while it is under way; a run watches how many of other people there are. Of two web processes, each knows its
own; runs that overlap are found in the database (labs.bench.crowd).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]


@dataclass(eq=False)
class Visit:
    """One request under way. `who` is the learner's cookie as it came; empty for somebody without one."""

    who: str


@dataclass(eq=False)
class Watch:
    """What is seen during one run: `others` counts requests of other people, also those that had begun before."""

    own: Visit | None
    others: int = 0

    def is_of_others(self, visit: Visit) -> bool:
        """Whether a visit is somebody else's: without a cookie, nobody can say that it is not."""
        if self.own is None or visit is self.own:
            return self.own is None
        return not visit.who or visit.who != self.own.who


_lock = Lock()
_under_way: set[Visit] = set()
_watches: set[Watch] = set()
_own: ContextVar[Visit | None] = ContextVar("own visit", default=None)


def middleware(get_response: GetResponse) -> GetResponse:
    """Note every request while it is under way."""

    def serve(request: HttpRequest) -> HttpResponse:
        with visiting(request.COOKIES.get(settings.LEARNER_COOKIE, "")):
            return get_response(request)

    return serve


@contextmanager
def visiting(who: str) -> Iterator[Visit]:
    """One request, from its beginning to its end."""
    visit = Visit(who)
    token = _own.set(visit)
    with _lock:
        _under_way.add(visit)
        for watch in _watches:
            watch.others += watch.is_of_others(visit)
    try:
        yield visit
    finally:
        with _lock:
            _under_way.discard(visit)
        _own.reset(token)


@contextmanager
def watching() -> Iterator[Watch]:
    """Count the requests of other people while the block runs."""
    watch = Watch(_own.get())
    with _lock:
        watch.others = sum(watch.is_of_others(visit) for visit in _under_way)
        _watches.add(watch)
    try:
        yield watch
    finally:
        with _lock:
            _watches.discard(watch)
