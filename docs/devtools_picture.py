"""Makes the guide's picture of the Performance panel: `.venv/bin/python -m docs.devtools_picture http://127.0.0.1:8000`.

A real recording of both buttons of the first lab, shown by the front end that this machine's Chromium brings along and
serves at its remote debugging port.
"""

import base64
import os
import sys
from pathlib import Path

from playwright.sync_api import Browser, BrowserType, FloatRect, Page, Position, ViewportSize, sync_playwright

from apparatus.browser import find_browser
from apparatus.ports import free_port
from tests.e2e.steps import INSIDE, LAB, QUEUED, predict, run

PICTURE = Path(__file__).parent.parent / "labs/bench/static/bench/devtools-tracks.webp"
# What the Performance panel itself records, as far as it shows in the picture.
CATEGORIES = [
    "devtools.timeline",
    "disabled-by-default-devtools.timeline",
    "disabled-by-default-devtools.timeline.frame",
    "blink.user_timing",
    "latencyInfo",
    "loading",
    "toplevel",
]
PANEL: ViewportSize = {"width": 900, "height": 720}
GROUP: Position = {"x": 10, "y": 73}  # where the closed group Brokered stands in the flame chart, below Interactions
SHOWN: FloatRect = {"x": 0, "y": 54, "width": 900, "height": 276}
ROOM_MS = 300  # before the first click, so that no bar lies below the names of the tracks
SETTLE_MS = 1000
AS_WEBP = """async png => {
    const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob())
    const canvas = Object.assign(document.createElement("canvas"), { width: picture.width, height: picture.height })
    canvas.getContext("2d").drawImage(picture, 0, 0)
    return canvas.toDataURL("image/webp", 0.85).split(",")[1]
}"""


def start_inspectable(engine: BrowserType) -> tuple[Browser, int]:
    """Chromium with its remote debugging port open, and that port. Playwright's small headless one has no front end."""
    port, path = free_port(), find_browser()
    arguments = [f"--remote-debugging-port={port}", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    return engine.launch(executable_path=path, channel=None if path else "chromium", args=arguments), port


def record(browser: Browser, address: str) -> bytes:
    """Click both buttons of the first lab while the browser records. Returns the trace as JSON.

    The queued one first: the panel puts tracks in the order in which it meets them.
    """
    page = browser.new_page(viewport={"width": 1120, "height": 740})
    page.goto(address + LAB)
    predict(page)
    for button in (INSIDE, QUEUED):
        run(page, button)  # warm-up, not in the picture
    browser.start_tracing(page=page, categories=CATEGORIES)
    page.wait_for_timeout(ROOM_MS)
    for button in (QUEUED, INSIDE):
        run(page, button)
    trace = browser.stop_tracing()
    page.close()
    return trace


def open_in_devtools(browser: Browser, port: int, trace: bytes) -> Page:
    """The Performance panel with this trace in it. Its own policy lets it read a trace from its own address only."""
    context = browser.new_context(viewport=PANEL, bypass_csp=True, color_scheme="light")
    page = context.new_page()
    own = f"http://127.0.0.1:{port}"
    page.route(f"{own}/recorded.json", lambda route: route.fulfill(body=trace, content_type="application/json"))
    page.goto(f"{own}/devtools/trace_app.html?traceURL={own}/recorded.json")
    close = page.get_by_role("button", name="Close", exact=True)
    page.add_locator_handler(close, close.click)  # what it shows at first are its keyboard shortcuts
    page.get_by_text("Range: ").wait_for()
    return page


def picture_of_tracks(page: Page) -> bytes:
    """The panel from its overview to the five tracks, as WebP."""
    page.get_by_role("button", name="Hide sidebar").click()
    page.locator(".flame-chart-canvas").first.click(position=GROUP)
    page.mouse.move(0, 0)
    page.wait_for_timeout(SETTLE_MS)
    png = page.screenshot(clip=SHOWN)
    return base64.b64decode(page.evaluate(AS_WEBP, base64.b64encode(png).decode()))


def main(address: str) -> None:
    """Record at `address`, and picture the recording."""
    with sync_playwright() as playwright:
        browser, port = start_inspectable(playwright.chromium)
        trace = record(browser, address)
        page = open_in_devtools(browser, port, trace)
        PICTURE.write_bytes(picture_of_tracks(page))
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
