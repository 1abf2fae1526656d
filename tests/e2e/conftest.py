"""A real browser: one that is installed, else Playwright's own."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browsers import start_chromium


@pytest.fixture(scope="package")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """One browser for all tests here; Playwright's event loop must be gone before Django's test client runs again."""
    with sync_playwright() as playwright:
        started = start_chromium(playwright, request.config)
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
