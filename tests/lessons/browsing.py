"""A new person's browser at the lessons of a test, in whose console nothing may be complained about."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, ViewportSize

WIDE: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 800}


@contextmanager
def new_page(browser: Browser, base_url: str, size: ViewportSize, *, expected: str = "", **more) -> Iterator[Page]:
    """A page of a browser that has never been here; `expected` is the one complaint that may stand in its console."""
    context = browser.new_context(base_url=base_url, viewport=size, **more)
    page = context.new_page()
    page.set_default_timeout(10_000)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert [complaint for complaint in complaints if complaint != expected] == []
    context.close()
