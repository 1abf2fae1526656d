"""One real click on one of the five pages, measured by the browser itself (pages/probe.js)."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Browser, BrowserContext, Page

from apparatus.probe import wait_until

STYLES = ("form", "fetch", "optimistic", "xhr", "htmx")
CONDITIONS = ("inside", "queued")
MAIL_MS = 300
LAB = "/labs/email-in-request/"
MAIL_ARRIVED = "the mail has arrived"
PROBE = "/benchmarks/pages/probe.js"
NEXT_PAGE = (Path(__file__).parent / "pages" / "next_page.js").read_text()

Click = dict[str, Any]  # what pages/probe.js or pages/next_page.js report, and the state of the run as `state`


def click_once(browser: Browser, url: str, style: str, condition: str) -> Click:
    """Click once in a new browser context as a new learner, and wait until the mail has arrived."""
    with learner(browser, url) as context:
        page = context.new_page()
        if style == "form":
            page.goto(f"{url}{LAB}")  # its files are in the cache, as they are for somebody who comes from there
        open_page(page, url, style, condition)
        page.locator("button").click(no_wait_after=True)
        return form_click(page) if style == "form" else script_click(page)


@contextmanager
def learner(browser: Browser, url: str) -> Iterator[BrowserContext]:
    """A new browser context whose learner has chosen to go on without a prediction."""
    context = browser.new_context(base_url=url)
    try:
        skipped = context.request.post(f"{LAB}predict/", form={"csrfmiddlewaretoken": token(context), "skip": "1"})
        assert skipped.ok, skipped.text()
        yield context
    finally:
        context.close()


def token(context: BrowserContext) -> str:
    """The CSRF token of this context."""
    return str(context.request.get("/me.json").json()["csrf"])


def open_page(page: Page, url: str, style: str, condition: str, **more: str) -> None:
    """Open the page of one style and wait until its observers watch."""
    query = urlencode({"condition": condition, "mail_wait_ms": MAIL_MS} | more)
    page.goto(f"{url}/benchmarks/pages/{style}.html?{query}")
    page.evaluate(f"async () => (await import('{PROBE}')).ready")


def form_click(page: Page) -> Click:
    """What the next page and the one before it saw."""
    page.wait_for_url(re.compile(re.escape(LAB)))
    click: Click = page.evaluate(NEXT_PAGE)
    assert click["run"], "The lab's page names no run."
    return click | {"state": final_state(page.context, f"{LAB}runs/{click['run']}.json")}


def script_click(page: Page) -> Click:
    """What the page saw; the lab is told its share, so that the run's clocks are joined."""
    click: Click = page.evaluate(f"async () => (await import('{PROBE}')).report()")
    answer = click["answer"]
    assert "run" in answer, answer
    if click["sent_ms"] is not None:
        tell_browser_side(page.context, click)
    return click | {"state": final_state(page.context, answer["data"])}


def tell_browser_side(context: BrowserContext, click: Click) -> None:
    """What the lab's own page sends after a run: when the request was sent and its answer received."""
    form = {"csrfmiddlewaretoken": token(context), "sent": click["sent_s"], "received": click["received_s"]}
    told = context.request.post(click["answer"]["browser_side"], form=form)
    assert told.ok, told.text()


def final_state(context: BrowserContext, address: str) -> dict[str, Any]:
    """The run's state once its mail has arrived and nothing more will happen to it."""

    def state() -> dict[str, Any] | None:
        now: dict[str, Any] = context.request.get(address).json()
        return now if now["final"] and arrived_ms(now) is not None else None

    found = wait_until(state, what="the mail", timeout_s=20, interval_s=0.05)
    assert not found["crowded"], "Somebody else was measuring."
    return found


def arrived_ms(state: dict[str, Any]) -> float | None:
    """When the mail had arrived, in ms since the browser sent its request; None before that."""
    return next((moment["at_ms"] for moment in state["moments"] if moment["what"] == MAIL_ARRIVED), None)
