"""When the queue loses, in a real browser: guess, run, watch, read; and on a phone, for everyone."""

import pytest
from playwright.sync_api import Page, expect

from tests.soundness import assert_accessible, assert_sound, overflow_px

pytestmark = pytest.mark.browser

LAB = "/labs/when-the-queue-loses/"
RESULT_WITHIN_MS = 90_000  # it shares this machine with the browser, and stands in line


@pytest.fixture
def lab(visit) -> Page:
    page = visit(LAB)
    page.wait_for_selector("[data-ready]")
    page.get_by_role("textbox", name="Up to how much work does the answer").fill("3")
    page.get_by_role("textbox", name="And up to how much work is the result").fill("20")
    page.get_by_role("button", name="Write it down").click()
    page.wait_for_selector("[data-ready]")
    return page


def test_guess_run_watch_and_read_what_was_found(lab, visit):
    lab.get_by_label("Runs of each size").fill("2")
    lab.get_by_role("button", name="Run the experiment").click()
    status = lab.get_by_role("status")
    expect(status).to_contain_text("s more.", timeout=20_000)
    expect(lab.get_by_role("button", name="Stop")).to_be_visible()
    headline = lab.get_by_role("heading", name="came sooner")
    expect(headline).to_be_visible(timeout=RESULT_WITHIN_MS)
    expect(headline).to_be_focused()
    expect(lab.get_by_role("img", name="both axes logarithmic")).to_be_visible()
    expect(lab.locator("main")).to_contain_text("you: 3")
    expect(lab.locator("main")).to_contain_text("Where the queue wins")
    lab.get_by_text("All figures as tables").click()
    assert lab.get_by_role("region", name="Medians in ms").get_by_role("row").count() == 11
    expect(lab.get_by_role("heading", name="Explain it")).to_be_visible()
    lab.set_viewport_size({"width": 390, "height": 800})
    assert_sound(lab)
    stranger = visit(lab.get_by_role("link", name="own page").get_attribute("href"))
    expect(stranger.get_by_role("heading", name="came sooner")).to_be_visible()
    assert "you: 3" not in stranger.content()


def test_a_guess_can_be_dragged_on_its_logarithmic_axis(visit):
    page = visit(LAB)
    page.wait_for_selector("[data-ready]")
    assert_accessible(page)
    slider = page.get_by_role("slider").first
    slider.focus()
    for _ in range(3):
        page.keyboard.press("PageUp")
    dragged = float(page.get_by_role("textbox").first.input_value())
    assert 0.1 < dragged < 500
    page.get_by_role("textbox").first.fill("500")
    assert slider.input_value() == "1000"


def test_who_presses_stop_is_back_at_the_button(lab):
    lab.get_by_role("button", name="Run the experiment").click()
    lab.get_by_role("button", name="Stop").or_(lab.get_by_role("button", name="Leave the line")).click()
    expect(lab.get_by_role("alert")).to_contain_text("Stopped.", timeout=20_000)
    expect(lab.get_by_role("button", name="Run the experiment")).to_be_visible()


def test_without_javascript_a_plain_form_starts_it_and_the_page_says_to_reload(visit):
    page = visit(LAB, java_script_enabled=False, viewport={"width": 320, "height": 800})
    page.get_by_role("button", name="Go on without predicting").click()
    page.get_by_label("Runs of each size").fill("15")
    page.get_by_role("button", name="Run the experiment").click()
    expect(page.locator("main")).to_contain_text("Without JavaScript this page stands still")
    assert overflow_px(page) == 0
    page.get_by_role("button", name="Stop").or_(page.get_by_role("button", name="Leave the line")).click()
    assert "Traceback" not in page.content()
