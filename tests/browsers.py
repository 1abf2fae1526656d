"""The Chromium that tests drive. A missing browser is a failure, never a skip."""

import os

import pytest
from playwright.sync_api import Browser, Error, Playwright

from apparatus.browser import find_browser, find_headless_shell

# Without these, Chromium talks to hosts of its own while a learner's milliseconds are measured.
QUIET = (
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def start_chromium(playwright: Playwright, config: pytest.Config) -> Browser:
    """The browser that people use; for what measures no time its shell without windows, a third of the work."""
    measures_nothing = config.getoption("markexpr") == "not alone"
    path = find_headless_shell() if measures_nothing else find_browser()
    arguments = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    try:
        return playwright.chromium.launch(executable_path=path, args=arguments)
    except Error as error:
        pytest.fail(f"No browser to test with: apt-get install chromium, or playwright install chromium.\n{error}")
