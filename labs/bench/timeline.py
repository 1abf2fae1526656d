"""A run as spans on the five lanes, in milliseconds since the browser sent its request."""

from dataclasses import dataclass

from authoring.figures import Hop, Span
from labs.bench.clock import Joined, joined
from labs.bench.models import Run


@dataclass(frozen=True)
class Moment:
    """Something that happened on a lane, `at_ms` after the browser sent its request."""

    lane: str
    what: str
    at_ms: float


@dataclass(frozen=True)
class Timeline:
    """Everything known of one run in time. `clock`: how the browser's lane was joined to the others."""

    spans: tuple[Span, ...]
    hops: tuple[Hop, ...]
    moments: tuple[Moment, ...]
    clock: Joined

    @property
    def uncertainty_ms(self) -> float | None:
        """How far the browser's lane may be off the others; None when no browser measured."""
        return self.clock.error_ms

    @property
    def doubt(self) -> str:
        """The same as a sentence; empty when no browser measured."""
        return "" if self.clock.error_ms is None else f"The browser's lane may be off by ±{said(self.clock.error_ms)}."

    @property
    def longest_ms(self) -> float:
        """Where the last bar ends."""
        return max((span.end_ms for span in self.spans), default=0.0)


NOTHING_YET = Timeline((), (), (), Joined(0.0, None))
MAIL_ARRIVED = "the mail has arrived"

WHAT_HAPPENED = (
    ("web", "web_stamps", "arrived", "the view begins"),
    ("web", "web_stamps", "publish_started", "Celery makes and sends the message"),
    ("redis", "web_stamps", "published", "Redis has confirmed it"),
    ("web", "web_stamps", "left", "the view has answered"),
    ("worker", "worker_stamps", "received", "the worker has received it"),
    ("worker", "worker_stamps", "started", "the task starts"),
    ("mail", "mail_stamps", "connected", "the mail server is called"),
    ("mail", "mail_stamps", "arrived", MAIL_ARRIVED),
    ("worker", "worker_stamps", "finished", "the task is finished"),
)


def timeline_of(run: Run) -> Timeline:
    """Place all stamps of a run on one axis: milliseconds since the browser sent its request, see clock.joined.

    Without a browser's stamps the axis begins when the view does.
    """
    clock = joined(run)
    at = {f"{part}.{name}": 1000 * (value - clock.zero_s) for part, name, value in _server_stamps(run)}
    if "web.published" in at:
        # The confirmation may reach the view after the message has reached the worker.
        at["redis.has_it"] = min(at["web.published"], at.get("worker.received", at["web.published"]))
    spans = tuple(span for span in _spans(run, at, clock) if span)
    hops = tuple(_hops(run, at))
    moments = tuple(
        Moment(lane, what, at[f"{column.removesuffix('_stamps')}.{name}"])
        for lane, column, name, what in WHAT_HAPPENED
        if f"{column.removesuffix('_stamps')}.{name}" in at
    )
    if run.response_ms is not None:
        moments = (*moments, Moment("browser", "the answer is here", run.response_ms))
    return Timeline(spans, hops, tuple(sorted(moments, key=lambda moment: moment.at_ms)), clock)


def _server_stamps(run: Run) -> list[tuple[str, str, float]]:
    columns = (("web", run.web_stamps), ("worker", run.worker_stamps), ("mail", run.mail_stamps))
    return [(part, name, at) for part, stamps in columns for name, at in stamps.items()]


def _spans(run: Run, at: dict[str, float], clock: Joined) -> list[Span | None]:
    wait_ms = run.response_ms
    return [
        Span("browser", 0, wait_ms, said(wait_ms), waiting=True, off_ms=clock.error_ms or 0.0) if wait_ms else None,
        _span("web", at, "web.arrived", "web.left"),
        _span("redis", at, "redis.has_it", "worker.received"),
        _span("worker", at, "worker.started", "worker.finished"),
        _span("mail", at, "mail.connected", "mail.closed"),
    ]


def _span(lane: str, at: dict[str, float], start: str, end: str) -> Span | None:
    if start not in at or end not in at:
        return None
    return Span(lane, at[start], at[end], said(at[end] - at[start]))


def _hops(run: Run, at: dict[str, float]) -> list[Hop]:
    caller = "worker" if run.was_queued else "web"
    wanted = (
        ("web.arrived", "browser", "web"),
        ("redis.has_it", "web", "redis"),
        ("worker.received", "redis", "worker"),
        ("mail.connected", caller, "mail"),
        ("mail.closed", "mail", caller),
        ("web.left", "web", "browser"),
    )
    hops = [Hop(at[stamp], source, target) for stamp, source, target in wanted if stamp in at]
    return [hop for hop in hops if run.response_ms is not None or "browser" not in {hop.source, hop.target}]


def said(value_ms: float) -> str:
    """A duration as it is printed: whole milliseconds, one decimal below ten."""
    return f"{value_ms:.1f} ms" if value_ms < 10 else f"{value_ms:,.0f} ms"
