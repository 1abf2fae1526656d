"""The sources of claims, done for real: a course of its own, a real Chromium, gunicorn. For `manage.py claims`."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from playwright.sync_api import Browser, Page

from benchmarks.client_clicks import LAB, Click, form_click, learner, open_page, script_click
from benchmarks.client_figures import mail_arrived_ms
from benchmarks.client_styles import HTMX, chromium
from benchmarks.client_trace import record_click
from benchmarks.measuring import broker, child, live_course, machine, packages, summary
from benchmarks.pool import Times, forget_queue, measure, start_pool
from labs.bench.claims import sources
from labs.bench.claims.measuring import Sample
from labs.bench.claims.record import Measured
from tests.live import LiveCourse

POOL_S = 3.0
WARM_PUBLISHES = 100
OF_THE_PAGE = (
    "inp_ms",
    "final_text_ms",
    "freeze_ms",
    "long_task_ms",
    "processing_ms",
    "dom_operations",
    "waiting_ms",
    "mail_ms",
    "publish_ms",
    "ttfb_ms",
    "lcp_ms",
)


@dataclass
class Parts:
    """The real parts, started once for all claims."""

    course: LiveCourse
    browser: Browser
    pool_url: str = ""
    warm_publishes_ms: list[float] = field(default_factory=list)

    def sample(self, source: sources.Source) -> Sample:
        """One measurement of a source."""
        if isinstance(source, sources.Recorded):
            return self._recorded(source)
        if isinstance(source, sources.Click):
            return self._click(source)
        if isinstance(source, sources.Publish):
            return {"took_ms": self._first_publish_ms() if source.is_first else self._warm_publish_ms()}
        return self._pool(source)

    def session(self) -> Measured:
        """Now, this machine, and what is installed on it."""
        own = {"Chromium": self.browser.version, "htmx": HTMX, **packages("Django", "Celery", "gunicorn")}
        where = machine("everything on one machine")
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M")
        return Measured(now, where, {**own, **broker(self.course.binary)}, False, {}, {})

    def _click(self, source: sources.Click) -> Sample:
        with learner(self.browser, self.course.url) as context:
            page = context.new_page()
            if source.client == "form":
                page.goto(f"{self.course.url}{LAB}")  # its files are in the cache, as for somebody who comes from there
            self._open(page, source)
            page.locator("button").click(no_wait_after=True)
            return figures(form_click(page) if source.client == "form" else script_click(page))

    def _recorded(self, source: sources.Recorded) -> Sample:
        with learner(self.browser, self.course.url) as context:
            page = context.new_page()
            self._open(page, source, quiet="1")
            traced = record_click(self.browser, page)
            return {"reflows": traced.reflows, "paint_ms": traced.paint_ms}

    def _open(self, page: Page, source: sources.Click, **more: str) -> None:
        wait = str(source.mail_wait_ms)
        open_page(page, self.course.url, source.client, source.condition, mail_wait_ms=wait, **more)

    def _first_publish_ms(self) -> float:
        found = child("benchmarks.publishing", "first", environment=self.course.startup.environment)
        return float(found["first_ms"][0])

    def _warm_publish_ms(self) -> float:
        if not self.warm_publishes_ms:
            how = ("benchmarks.publishing", "warm", str(WARM_PUBLISHES))
            self.warm_publishes_ms = child(*how, environment=self.course.startup.environment)["warm_ms"]
        return self.warm_publishes_ms.pop()

    def _pool(self, source: sources.Pool) -> Sample:
        self.pool_url = self.pool_url or start_pool(self.course)
        people, neighbour = measure(self.course, self.pool_url, source.condition, POOL_S)
        forget_queue(self.course)
        return {
            "requests_per_s": len(people["response_ms"]) / POOL_S,
            "response_ms": _median(people),
            "neighbour_ms": _median(neighbour),
        }


@contextmanager
def real_parts() -> Iterator[Parts]:
    """A course and a browser for as long as claims are measured; afterwards nothing of them is left."""
    with live_course() as course, chromium() as browser:
        yield Parts(course, browser)


def figures(click: Click) -> Sample:
    """Every figure of one click that a claim may name, None for what was not reported."""
    found: dict[str, float | None] = {name: click.get(name) for name in OF_THE_PAGE}
    spans = {span["lane"]: span["end_ms"] - span["start_ms"] for span in click["state"]["spans"]}
    found |= {"redis_ms": spans.get("redis"), "worker_ms": spans.get("worker"), "mail_span_ms": spans.get("mail")}
    if click.get("sent_ms") is not None:
        found["mail_arrived_ms"] = mail_arrived_ms(click)
    found["waiting_rest_ms"] = _difference(found["waiting_ms"], found["mail_ms"])
    found["all_else_ms"] = _difference(found["final_text_ms"], found["mail_span_ms"])
    return found


def _difference(whole: float | None, part: float | None) -> float | None:
    return None if whole is None or part is None else whole - part


def _median(times: Times) -> float | None:
    return summary(times["response_ms"])["median"]
