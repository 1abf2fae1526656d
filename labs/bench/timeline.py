"""A run as spans on the five lanes, in milliseconds since the browser sent its request."""

from dataclasses import dataclass

from authoring.figures import Hop, Span
from labs.bench.models import Run


@dataclass(frozen=True)
class Moment:
    """Something that happened on a lane, `at_ms` after the browser sent its request."""

    lane: str
    what: str
    at_ms: float


@dataclass(frozen=True)
class Timeline:
    """Everything known of one run in time. `uncertainty_ms`: how far the browser's lane may be off the others."""

    spans: tuple[Span, ...]
    hops: tuple[Hop, ...]
    moments: tuple[Moment, ...]
    uncertainty_ms: float | None

    @property
    def longest_ms(self) -> float:
        """Where the last bar ends."""
        return max((span.end_ms for span in self.spans), default=0.0)


MAIL_ARRIVED = "the mail has arrived"

WHAT_HAPPENED = (
    ("web", "web_stamps", "arrived", "the view begins"),
    ("redis", "web_stamps", "publish_started", "the message is handed to Redis"),
    ("redis", "web_stamps", "published", "Redis has confirmed it"),
    ("web", "web_stamps", "left", "the view has answered"),
    ("worker", "worker_stamps", "received", "the worker has received it"),
    ("worker", "worker_stamps", "started", "the task starts"),
    ("mail", "mail_stamps", "connected", "the mail server is called"),
    ("mail", "mail_stamps", "arrived", MAIL_ARRIVED),
    ("worker", "worker_stamps", "finished", "the task is finished"),
)


def timeline_of(run: Run) -> Timeline:
    """Place all stamps of a run on one axis.

    Browser and server clocks are joined by the run's own four stamps (sent, arrived, left, received), as NTP does:
    the server's time is centred in the browser's wait, so the error is at most half of the time on the way.
    Without a browser's stamps the axis begins when the view does.
    """
    zero_s = _zero(run)
    at = {f"{part}.{name}": 1000 * (value - zero_s) for part, name, value in _server_stamps(run)}
    spans = tuple(span for span in _spans(run, at) if span)
    hops = tuple(_hops(run, at))
    moments = tuple(
        Moment(lane, what, at[f"{column.removesuffix('_stamps')}.{name}"])
        for lane, column, name, what in WHAT_HAPPENED
        if f"{column.removesuffix('_stamps')}.{name}" in at
    )
    if run.response_ms is not None:
        moments = (*moments, Moment("browser", "the answer is here", run.response_ms))
    return Timeline(spans, hops, tuple(sorted(moments, key=lambda moment: moment.at_ms)), _uncertainty_ms(run))


def _zero(run: Run) -> float:
    arrived, left = run.web_stamps.get("arrived", 0.0), run.web_stamps.get("left", 0.0)
    if run.response_ms is None:
        return float(arrived)
    return float((arrived + left) / 2 - run.response_ms / 2000)


def _uncertainty_ms(run: Run) -> float | None:
    if run.response_ms is None or run.view_ms is None:
        return None
    return max(0.0, (run.response_ms - run.view_ms) / 2)


def _server_stamps(run: Run) -> list[tuple[str, str, float]]:
    columns = (("web", run.web_stamps), ("worker", run.worker_stamps), ("mail", run.mail_stamps))
    return [(part, name, at) for part, stamps in columns for name, at in stamps.items()]


def _spans(run: Run, at: dict[str, float]) -> list[Span | None]:
    browser = Span("browser", 0, run.response_ms, said(run.response_ms), waiting=True) if run.response_ms else None
    taken = at.get("worker.received")
    return [
        browser,
        _span("web", at, "web.arrived", "web.left"),
        _span("redis", at, "web.publish_started", "worker.received") if taken is not None else None,
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
        ("web.publish_started", "web", "redis"),
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
