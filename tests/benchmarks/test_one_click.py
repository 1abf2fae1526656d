"""One counted click of two cells, in a real browser against real parts: the benchmark's pages and probe still work."""

from collections.abc import Iterator

import pytest

from benchmarks.client_clicks import MAIL_MS, click_once
from benchmarks.client_styles import chromium
from tests.benchmarks.site import with_benchmarks
from tests.live import LiveCourse

pytestmark = [pytest.mark.browser, pytest.mark.alone]


@pytest.fixture(scope="module")
def site_url(live_course: LiveCourse) -> Iterator[str]:
    with with_benchmarks(live_course) as course:
        yield course.url


def test_a_click_is_measured_by_the_browser_itself(site_url: str) -> None:
    with chromium() as browser:
        fetched = click_once(browser, site_url, "fetch", "inside")
        posted = click_once(browser, site_url, "form", "queued")
    assert MAIL_MS <= fetched["mail_ms"] <= fetched["waiting_ms"] < fetched["final_text_ms"]
    assert fetched["inp_ms"] < fetched["final_text_ms"]
    assert fetched["dom_operations"] == 1
    assert posted["post_ms"] < posted["ttfb_ms"] <= posted["fcp_ms"] <= posted["lcp_ms"]
    assert posted["state"]["condition"] == "queued"
