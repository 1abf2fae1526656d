"""Ada measures a claim in her own browser; the course measures its own, and a saboteur is found out."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.claims import Parts
from labs.bench.claims.measuring import measure
from labs.bench.claims.registry import all_claims
from labs.bench.claims.report import in_words
from tests.benchmarks.site import with_benchmarks
from tests.e2e.steps import LESSON
from tests.live import LiveCourse
from tests.soundness import assert_sound

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
    return medians(page.locator("[data-yours]").inner_text())


def medians(text: str) -> dict[str, float]:
    """The medians in ms that a page prints as the reader's own, by the arm's label."""
    return {label: float(value) for label, value in re.findall(r"(?m)^(.+): ([\d.]+)\s?ms", text)}


@pytest.mark.alone
def test_the_claim_is_measured_in_ones_own_browser_alone_and_follows_the_mail_server(visit):
    page = visit(SOONER)
    once = measure_here(page)
    expect(page.get_by_text("It holds here too.")).to_be_visible()
    assert visit(SOONER).locator("[data-yours]").inner_text() == "", "what one reader measured is on no other page"
    page.get_by_label("The mail server takes about").fill("600")
    twice = measure_here(page)
    assert twice["inside the request"] > 1.5 * once["inside the request"]
    assert twice["inside the request"] > 2 * twice["through Redis"]


@pytest.mark.alone
@pytest.mark.parametrize("claim_id", ["swap-answer-sooner", "form-answer-sooner"])
def test_a_page_that_is_swapped_or_left_with_each_run_is_measured_too(visit, claim_id):
    page = visit(f"/claims/{claim_id}/")
    page.get_by_label("The mail server takes about").fill("700")
    found = measure_here(page)
    assert found["inside the request"] > found["through Redis"] + 150
    expect(page.get_by_text("It holds here too.")).to_be_visible()


def test_runs_that_leave_the_page_by_hand_are_counted_on_and_left_for_later(visit):
    page = visit("/claims/inp-form/")
    for number in (1, 2):
        page.wait_for_selector("[data-claim-measure][data-ready]:not([data-busy])")
        page.get_by_role("button", name=f"Click for run {number}").click()
        expect(page.locator("[data-status]")).to_contain_text(f"{number} of 8 runs made.", timeout=MEASURED_WITHIN_MS)
        expect(page.locator("#measure")).to_be_focused()
    page.goto(page.url.partition("?")[0])
    expect(page.locator("[data-status]")).to_have_text("2 of 8 runs made. Press to go on.")
    expect(page.get_by_role("button", name="Click for run 3")).to_be_visible()


@pytest.mark.alone
def test_the_server_measures_what_needs_processes_of_its_own(visit):
    page = visit("/claims/publish-warm/")
    page.get_by_label("The mail server takes about").fill("600")
    page.get_by_role("button", name="Measure here").click()
    expect(page.locator("[data-said]")).to_contain_text("Fresh process", timeout=MEASURED_WITHIN_MS)
    page.get_by_role("heading", name="Yours, on this site").wait_for(timeout=MEASURED_WITHIN_MS)
    found = medians(page.locator("[data-swap=findings]").inner_text())
    assert found["the mail"] >= 600
    assert found["the mail"] > 50 * found["a warm publish"]
    expect(page.get_by_text("It holds here too.")).to_be_visible()


def test_without_a_worker_the_page_says_so_and_measures_what_there_is(visit, live_course):
    page = visit(SOONER)
    page.wait_for_selector("[data-claim-measure][data-ready]")
    with live_course.without("worker"):
        page.locator("[data-claim-measure] button").first.click()
        expect(page.locator("[data-status]")).to_contain_text("no worker is running", timeout=MEASURED_WITHIN_MS)
        page.get_by_role("button", name="Stop").click()
        expect(page.locator("[data-yours]")).to_contain_text("no worker is running", timeout=MEASURED_WITHIN_MS)


@pytest.mark.alone
def test_inp_is_measured_click_by_click(visit):
    page = visit(INP)
    page.wait_for_selector("[data-claim-measure][data-ready]")
    button = page.locator("[data-claim-measure] button").first
    for number in range(1, RUNS_BY_HAND + 1):
        expect(button).to_have_text(f"Click for run {number}")
        button.click()
        expect(page.locator("[data-status]")).to_have_text(f"{number} of 8 runs made.", timeout=MEASURED_WITHIN_MS)
        expect(page.locator("[data-claim-measure]")).not_to_have_attribute("data-busy", "", timeout=MEASURED_WITHIN_MS)
    found = medians(page.locator("[data-yours]").inner_text())
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


@pytest.mark.parametrize("path", [INP, "/claims/pool-requests/", "/claims/reflows/"])
def test_the_pages_are_accessible_and_fit_a_phone(visit, path):
    page = visit(path, viewport={"width": 320, "height": 800})
    assert_sound(page)


@pytest.fixture(scope="module")
def parts(browser: Browser, live_course: LiveCourse) -> Iterator[Parts]:
    """What `manage.py claims` measures with."""
    with with_benchmarks(live_course) as course:
        yield Parts(course, browser)


LIVE = [replace(all_claims()[claim_id], n=3) for claim_id in ("answer-sooner", "dom-operations")]


@pytest.mark.alone
def test_the_course_measures_its_claims_with_real_parts(parts):
    found = measure(LIVE, parts.sample, progress=lambda *_: None)
    assert [one.verdict.holds for one in found] == [True, True], "\n".join(map(in_words, found))


@pytest.mark.alone
def test_a_saboteur_is_found_out_with_real_parts(parts):
    found = measure([claim.sabotaged() for claim in LIVE], parts.sample, progress=lambda *_: None, expected=False)
    assert [one.verdict.holds for one in found] == [False, False], "\n".join(map(in_words, found))
