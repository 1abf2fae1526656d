"""Ada measures a claim in her own browser; the course measures its own, and a saboteur is found out."""

import os
import re
import subprocess
import sys

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from course.preparation import ROOT
from tests.e2e.steps import LESSON

pytestmark = pytest.mark.browser

SOONER, INP = "/claims/answer-sooner/", "/claims/inp-fetch/"
MEASURED_WITHIN_MS = 60_000
RUNS_BY_HAND = 8


def measure_here(page: Page) -> dict[str, float]:
    """Press the button and wait for all runs. The medians in ms by the arm's label."""
    page.wait_for_selector("[data-claim-measure][data-ready]")
    page.locator("[data-claim-measure] button").first.click()
    expect(page.locator("[data-status]")).to_have_text("8 of 8 runs made.", timeout=MEASURED_WITHIN_MS)
    expect(page.locator("[data-claim-measure]")).not_to_have_attribute("data-busy", "", timeout=MEASURED_WITHIN_MS)
    return medians(page)


def medians(page: Page) -> dict[str, float]:
    text = page.locator("[data-yours]").inner_text()
    return {label: float(value) for label, value in re.findall(r"(?m)^(.+): ([\d.]+)\s?ms", text)}


def test_the_claim_is_measured_in_ones_own_browser_and_follows_the_mail_server(visit):
    page = visit(SOONER)
    once = measure_here(page)
    expect(page.get_by_text("It holds here too.")).to_be_visible()
    page.get_by_label("The mail server takes about").fill("600")
    twice = measure_here(page)
    assert twice["inside the request"] > 1.5 * once["inside the request"]
    assert twice["inside the request"] > 2 * twice["through Redis"]


def test_what_one_reader_measured_is_on_no_other_page(visit):
    measure_here(visit(SOONER))
    other = visit(SOONER)
    expect(other.locator("[data-yours]")).to_be_hidden()
    assert other.locator("[data-yours]").inner_text() == ""


def test_without_a_worker_the_page_says_so_and_measures_what_there_is(visit, live_course):
    page = visit(SOONER)
    page.wait_for_selector("[data-claim-measure][data-ready]")
    with live_course.without("worker"):
        page.locator("[data-claim-measure] button").first.click()
        expect(page.locator("[data-status]")).to_contain_text("no worker is running", timeout=MEASURED_WITHIN_MS)
        page.get_by_role("button", name="Stop").click()
        expect(page.locator("[data-yours]")).to_contain_text("no worker is running", timeout=MEASURED_WITHIN_MS)


def test_inp_is_measured_click_by_click(visit):
    page = visit(INP)
    page.wait_for_selector("[data-claim-measure][data-ready]")
    button = page.locator("[data-claim-measure] button").first
    for number in range(1, RUNS_BY_HAND + 1):
        expect(button).to_have_text(f"Click for run {number}")
        button.click()
        expect(page.locator("[data-status]")).to_have_text(f"{number} of 8 runs made.", timeout=MEASURED_WITHIN_MS)
        expect(page.locator("[data-claim-measure]")).not_to_have_attribute("data-busy", "", timeout=MEASURED_WITHIN_MS)
    found = medians(page)
    assert set(found) == {"inside the request", "through Redis"}
    assert max(found.values()) < 200, "the mail takes 300 ms, and none of it is in these"


def test_a_lesson_leads_from_its_sentence_to_measuring_it(visit):
    page = visit(LESSON)
    guess = page.locator("[data-slug$='/perf/sooner']")
    guess.scroll_into_view_if_needed()
    guess.get_by_role("button", name="Just show me").click()
    page.locator("#claim-answer-sooner summary", has_text="Measure here").click()
    page.locator("#claim-answer-sooner").get_by_role("link", name="Measure here").first.click()
    expect(page).to_have_url(re.compile("/claims/answer-sooner/#here$"))
    expect(page.get_by_role("heading", name="Measure here")).to_be_visible()


def test_claims_are_filtered_by_links(visit):
    page = visit("/claims/")
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Claims").click()
    page.get_by_role("navigation", name="Filters").get_by_role("link", name="Worker").click()
    expect(page.get_by_role("link", name="The worker needs as long")).to_be_visible()
    expect(page.get_by_role("link", name="Hand the mail to a worker")).to_have_count(0)


def test_without_javascript_the_lab_and_the_record_are_there(visit):
    page = visit(SOONER, java_script_enabled=False)
    page.get_by_role("link", name="The lab", exact=True).click()
    expect(page).to_have_url(re.compile("/labs/email-in-request/"))


@pytest.mark.parametrize("path", [INP, "/claims/pool-requests/"])
def test_the_pages_are_accessible_and_fit_a_phone(visit, path):
    page = visit(path, viewport={"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def claims(*options: str) -> subprocess.CompletedProcess[str]:
    """`manage.py claims` with few measurements, and no record."""
    command = [sys.executable, "manage.py", "claims", "--quick", "--dry", *options]
    return subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, timeout=300, check=False)


LIVE = ("--only", "answer-sooner", "--only", "dom-operations", "--only", "first-publish")


def test_the_course_measures_its_claims_with_real_parts():
    done = claims(*LIVE)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.findall(r"(?m)^holds +([\w-]+):", done.stdout) == ["answer-sooner", "dom-operations", "first-publish"]


def test_a_saboteur_is_found_out_with_real_parts():
    done = claims(*LIVE, "--sabotage")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("DOES NOT HOLD") == 3


def test_an_unknown_claim_is_told():
    done = claims("--only", "answer-soner")
    assert done.returncode == 1
    assert "There is no claim answer-soner. Known: answer-sooner" in done.stderr
