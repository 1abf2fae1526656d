"""The sources of claims, done for real: a course of its own, a real Chromium, gunicorn. For `manage.py claims`."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Browser, Page

from apparatus.probe import wait_until
from benchmarks.client_clicks import LAB, Click, form_click, learner, open_page, script_click
from benchmarks.client_figures import mail_arrived_ms
from benchmarks.client_styles import HTMX, chromium
from benchmarks.client_trace import record_click
from benchmarks.measuring import broker, live_course, machine, packages
from labs.bench.claims import sources
from labs.bench.claims.claim import Claim
from labs.bench.claims.measuring import Sample
from labs.bench.claims.record import Measured
from labs.bench.claims.registry import all_claims
from labs.bench.experiments.line import LONGEST_S
from tests.live import LiveCourse
from tests.visitor import Visitor

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
    _rows: dict[tuple[str, tuple[tuple[str, int], ...]], list[dict[str, Any]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _taken: Counter[sources.Rows] = field(default_factory=Counter)

    def sample(self, source: sources.Source) -> Sample:
        """One measurement of a source."""
        if isinstance(source, sources.Recorded):
            return self._recorded(source)
        if isinstance(source, sources.Click):
            return self._click(source)
        return self._row(source)

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

    def _row(self, source: sources.Rows) -> Sample:
        """The next row that nobody has had for this source; when there is none, the experiment is carried out again."""
        rows = self._rows[source.experiment, source.parameters]
        if sum(map(source.has, rows)) == self._taken[source]:
            rows += self._experiment(source)
        row: Sample = list(filter(source.has, rows))[self._taken[source]]
        self._taken[source] += 1
        return row

    def _experiment(self, source: sources.Rows) -> list[dict[str, Any]]:
        """All rows of one experiment. It may be too slow for this machine once, not twice. Raises AssertionError."""
        state = self._carried_out(source)
        if state["state"] != "done":
            state = self._carried_out(source)
        assert state["state"] == "done", state["error"]
        rows: list[dict[str, Any]] = state["result"]["rows"]
        return rows

    def _carried_out(self, source: sources.Rows) -> dict[str, Any]:
        """How one experiment ended, asked for as a new reader asks on a claim's page. Raises NotYet."""
        claim = next(one for one in all_claims().values() if source.experiment in experiments_of(one))
        reader = Visitor(self.course.url)
        page = reader.post(f"/claims/{claim.id}/measure/", dict(source.parameters), script=False).text
        watched = re.search(r'data-watch="([^"]+)"', page)
        assert watched, page

        def ended() -> dict[str, Any] | None:
            state: dict[str, Any] = reader.get(watched[1]).json
            return state if state["final"] else None

        return wait_until(ended, what="the end of the experiment", timeout_s=2 * LONGEST_S, interval_s=0.5)


@contextmanager
def real_parts() -> Iterator[Parts]:
    """A course and a browser for as long as claims are measured; afterwards nothing of them is left."""
    with live_course() as course, chromium() as browser:
        yield Parts(course, browser)


def experiments_of(claim: Claim) -> set[str]:
    """The slugs of the experiments that a claim's rows come from."""
    return {arm.source.experiment for arm in claim.arms if isinstance(arm.source, sources.Rows)}


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
