"""The Web Vitals of a whole visit, by the library that analytics services use, beside the figures of single clicks."""

import hashlib
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from labs.bench.registry import all_labs
from tests.e2e import steps
from tests.soundness import assert_accessible

pytestmark = pytest.mark.browser

LAB = all_labs()["who-freezes-the-page"]
VENDOR = Path(__file__).resolve().parents[2] / "labs/bench/static/bench/vendor"
FROZEN_MS = 250  # of a synchronous request to a server that needs 300 ms


@pytest.fixture
def lab(visit) -> Page:
    """The lab's page with everything open, and a list of what it has loaded."""
    page = visit(f"/labs/{LAB.slug}/")
    page.get_by_role("button", name="Go on without predicting").click()
    page.wait_for_selector("[data-ready]")
    page.get_by_role("button", name="Show everything").click()
    return page


def loaded(page: Page) -> list[str]:
    names: list[str] = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    return [name for name in names if "vital" in name]


def row(page: Page, name: str) -> Locator:
    return page.locator("[data-vitals]").get_by_role("row", name=name)


def value_ms(page: Page, name: str) -> float:
    cell = row(page, name).get_by_role("cell").first
    expect(cell).to_have_text(re.compile(r"\d ms"), timeout=steps.RUN_WITHIN_MS)
    return float(cell.inner_text().removesuffix(" ms"))


def test_they_are_loaded_when_asked_for_and_one_slow_click_is_the_whole_visits_inp(lab):
    assert loaded(lab) == []
    lab.get_by_role("button", name="Web Vitals").click()
    assert value_ms(lab, "TTFB") > 0
    assert value_ms(lab, "LCP") > 0
    expect(row(lab, "CLS")).to_contain_text(re.compile(r"0\.\d{3}"))
    assert len(loaded(lab)) == 2
    steps.run(lab, LAB.condition("xhr-slow").button)
    frozen_ms = value_ms(lab, "INP")
    assert frozen_ms > FROZEN_MS
    expect(row(lab, "INP")).to_contain_text(re.compile("needs improvement|poor"))
    quick = steps.run(lab, LAB.condition("fetch-slow").button)
    assert (quick["event_ms"] or 0) < FROZEN_MS
    assert value_ms(lab, "INP") == frozen_ms, "the table outlives the page's new parts, and INP is the worst click"
    last = "not a click, or under 16 ms" if quick["event_ms"] is None else f"{quick['event_ms']:.0f} ms"
    expect(row(lab, "Last click")).to_contain_text(last)
    assert_accessible(lab)


def test_the_vendored_library_is_the_published_one():
    listed = re.findall(r"\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|", (VENDOR / "VENDORED.md").read_text())
    assert listed
    assert {name: hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() for name, _ in listed} == dict(listed)
