"""Ada has never been here. Within three clicks she has measured what a queue does, and then what it does not do."""

import time

import pytest
from playwright.sync_api import expect

from tests.e2e.steps import INSIDE, QUEUED, run

pytestmark = pytest.mark.browser


def test_three_clicks_to_the_comparison_in_under_twenty_seconds(visit):
    page = visit("/")
    began = time.monotonic()
    page.get_by_label("about 300 ms sooner").check()
    run(page, INSIDE)
    run(page, QUEUED)
    verdict = page.locator("[data-swap=verdict]")
    expect(verdict).to_contain_text("ms sooner.")
    assert time.monotonic() - began < 20
    expect(verdict).to_contain_text("You guessed about 300 ms sooner.")
    expect(verdict).to_contain_text("Network")
    for condition in ("inside", "queued"):
        figure = page.locator(f"[data-swap=figure-{condition}]").get_by_role("img")
        assert "mail" in (figure.get_attribute("aria-label") or "")


def test_the_queue_button_opens_only_after_the_first_run_and_both_only_after_a_guess(visit):
    page = visit("/")
    expect(page.get_by_role("button", name=INSIDE)).to_be_disabled()
    expect(page.get_by_role("button", name=QUEUED)).to_be_disabled()
    page.get_by_label("no sooner", exact=True).check()
    expect(page.get_by_role("button", name=INSIDE)).to_be_enabled()
    expect(page.get_by_role("button", name=QUEUED)).to_be_disabled()


def test_then_inp_guess_surprise_and_why(visit):
    page = visit("/")
    page.get_by_label("about 300 ms sooner").check()
    run(page, INSIDE)
    run(page, QUEUED)
    page.get_by_label("falls by 100 ms or more").check()
    verdict = page.locator("[data-swap=inp-verdict]")
    expect(verdict).to_contain_text("You guessed: it falls by 100 ms or more.")
    expect(verdict).to_contain_text("The next frame is painted long before any answer comes")
    verdict.get_by_role("link", name="Why?").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Redis as a message broker")


def test_a_reload_keeps_guess_and_runs(visit):
    page = visit("/")
    page.get_by_label("about 50 ms sooner").check()
    run(page, INSIDE)
    page.reload()
    expect(page.get_by_label("about 50 ms sooner")).to_be_checked()
    expect(page.locator("[data-swap=wait-inside]")).to_contain_text("ms.")
    expect(page.get_by_role("button", name=QUEUED)).to_be_enabled()


def test_by_keyboard_alone(visit):
    page = visit("/")
    page.wait_for_selector("[data-ready]", state="attached")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "choice":
            break
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name=INSIDE)).to_be_enabled()
    for name, done in ((INSIDE, "wait-inside"), (QUEUED, "wait-queued")):
        for _ in range(30):
            if name in (page.evaluate("document.activeElement.textContent") or ""):
                break
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator(f"[data-swap={done}]")).to_contain_text("ms.", timeout=20_000)
        expect(page.get_by_role("button", name=QUEUED)).to_be_enabled()
    expect(page.locator("[data-swap=verdict]")).to_contain_text("ms sooner.")


def test_who_is_quicker_than_the_script_loses_nothing(visit):
    page = visit("/", java_script_enabled=False)  # as good as a script that has not arrived yet
    page.get_by_label("about 300 ms sooner").check()
    page.get_by_role("button", name=INSIDE).click()
    expect(page.get_by_label("about 300 ms sooner")).to_be_checked()
    expect(page.locator("[data-swap=wait-inside]")).to_contain_text("ms.")


def test_without_javascript_the_same_page_works_by_plain_forms(visit):
    page = visit("/", java_script_enabled=False)
    page.get_by_label("about 300 ms sooner").check()
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_label("about 300 ms sooner")).to_be_checked()
    page.get_by_role("button", name=INSIDE).click()
    page.get_by_role("button", name=QUEUED).click()
    for _ in range(40):  # the queued run finishes after its answer, and a plain page shows it at the next look
        if "sooner" in page.locator("[data-swap=verdict]").inner_text():
            break
        page.reload()
    expect(page.locator("[data-swap=verdict]")).to_contain_text("You guessed about 300 ms sooner.")
