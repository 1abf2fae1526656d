"""One counted click of two cells, in a real browser against real parts: the benchmark's pages and probe still work."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from apparatus.ports import free_port
from apparatus.probe import answers
from benchmarks.client_clicks import MAIL_MS, click_once
from benchmarks.client_styles import chromium
from benchmarks.measuring import SETTINGS
from course.address import Address
from course.startup import start_web
from tests.live import LiveCourse

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site_url(live_course: LiveCourse) -> Iterator[str]:
    """The live course once more, with the addresses that benchmarks ask for."""
    address = Address("127.0.0.1", free_port())
    environment = live_course.startup.environment | {"DJANGO_SETTINGS_MODULE": SETTINGS}
    web = start_web(replace(live_course.startup, address=address, environment=environment))
    live_course.group.wait_for(web, lambda: answers(f"{address.url}/healthz", timeout_s=5), timeout_s=60)
    yield address.url
    live_course.group.kill(web)


def test_a_click_is_measured_by_the_browser_itself(site_url: str) -> None:
    with chromium() as browser:
        fetched = click_once(browser, site_url, "fetch", "inside")
        posted = click_once(browser, site_url, "form", "queued")
    assert MAIL_MS <= fetched["mail_ms"] <= fetched["waiting_ms"] < fetched["final_text_ms"]
    assert fetched["inp_ms"] < fetched["final_text_ms"]
    assert fetched["dom_operations"] == 1
    assert posted["post_ms"] < posted["ttfb_ms"] <= posted["fcp_ms"] <= posted["lcp_ms"]
    assert posted["state"]["condition"] == "queued"
