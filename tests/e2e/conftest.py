"""A real browser: one that is installed, else Playwright's own. A missing browser is a failure, never a skip."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from apparatus.browser import find_browser

# Without these, Chromium talks to hosts of its own while a learner's milliseconds are measured.
QUIET = [
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One browser for all tests here; Playwright's event loop must be gone before Django's test client runs again."""
    arguments = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=find_browser(), args=arguments)
        except Error as error:
            pytest.fail(f"No browser to test with: apt-get install chromium, or playwright install chromium.\n{error}")
        yield started
        started.close()


@pytest.fixture
def visit(browser: Browser, live_course) -> Iterator[Callable[..., Page]]:
    """Open a new person's browser at a path. Whatever the page complains about in the console fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_at(path: str = "/", **options) -> Page:
        context = browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | options))
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(live_course.url + path)
        return page

    open_at.complaints = complaints  # type: ignore[attr-defined]
    yield open_at
    for context in contexts:
        context.close()
    assert complaints == []
