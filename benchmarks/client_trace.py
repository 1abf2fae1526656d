"""One recorded click with fetch: how often the browser laid out, and how long it painted, until the final text."""

import json
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page

from benchmarks.client_clicks import learner, open_page, script_click

# The panel's own categories for what the main thread does, and for the page's marks.
CATEGORIES = ["devtools.timeline", "blink.user_timing"]


@dataclass(frozen=True)
class Traced:
    """Layouts, and time of all paints in ms, on the page's main thread."""

    reflows: int
    paint_ms: float


def traced_click(browser: Browser, url: str, condition: str) -> Traced:
    """Click once while Chromium records. The page's animation is off, as it would paint frames of its own."""
    with learner(browser, url) as context:
        page = context.new_page()
        open_page(page, url, "fetch", condition, quiet="1")
        return record_click(browser, page)


def record_click(browser: Browser, page: Page) -> Traced:
    """Record one click on a page that is open."""
    browser.start_tracing(page=page, categories=CATEGORIES)
    page.locator("button").click(no_wait_after=True)
    script_click(page)
    return read_trace(json.loads(browser.stop_tracing())["traceEvents"])


def read_trace(events: list[dict[str, Any]]) -> Traced:
    """Count between the click's event and the mark that the page sets when the text was painted."""
    click = next(
        event for event in events if event["name"] == "EventDispatch" and event["args"]["data"]["type"] == "click"
    )
    painted = next(event for event in events if event["name"] == "painted" and event["pid"] == click["pid"])
    within = [
        event
        for event in events
        if (event["pid"], event["tid"]) == (click["pid"], click["tid"]) and click["ts"] <= event["ts"] <= painted["ts"]
    ]
    paints_us = [event.get("dur", 0) for event in within if event["name"] == "Paint"]
    return Traced(sum(event["name"] == "Layout" for event in within), round(sum(paints_us) / 1000, 3))
