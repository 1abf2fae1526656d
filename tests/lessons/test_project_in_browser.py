"""Ada notes a step without leaving the project's text, in a real browser: by mouse, by keyboard, on a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from learners.models import Entry
from tests.lessons.browsing import PHONE, WIDE, new_page
from tests.quizzes import test_in_browser
from tests.soundness import assert_sound

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
chromium = test_in_browser.chromium
ADDRESS = "/lessons/redis-as-a-message-broker/project/"
# The browser itself says that a form was sent back with 400.
EXPECTED = "Failed to load resource: the server responded with a status of 400 (Bad Request)"


@pytest.fixture(params=[WIDE, PHONE], ids=["wide", "phone"])
def ada(request: pytest.FixtureRequest, chromium: Browser, live_server) -> Iterator[Page]:
    """Ada at the text, on her machine and on her phone. Nothing else may be complained about in the console."""
    with new_page(chromium, live_server.url, request.param, expected=EXPECTED) as page:
        page.goto(ADDRESS, wait_until="networkidle")
        yield page


def open_form(page: Page) -> None:
    """Press the button, once its module is there to hear it."""
    button = page.get_by_role("link", name="Note a step that is done")
    button.scroll_into_view_if_needed()
    page.wait_for_selector("[data-module$='project.js'][data-ready]")
    button.click()
    expect(page.get_by_label("Codes that the checker printed")).to_be_focused()


def test_a_step_is_noted_in_place_by_mouse(ada: Page):
    open_form(ada)
    assert ada.url.endswith(ADDRESS)
    ada.get_by_label("Codes that the checker printed").fill("heron-41")
    ada.get_by_role("button", name="Note it").click()
    expect(ada.get_by_role("status")).to_have_text("1 of 5 steps done.")
    assert ada.url.endswith(ADDRESS)
    assert Entry.objects.count() == 1


def test_a_step_is_noted_by_keyboard_and_a_slip_is_told(ada: Page):
    open_form(ada)
    ada.keyboard.type("heron-4")
    ada.keyboard.press("Tab")
    ada.keyboard.press("Enter")
    expect(ada.get_by_role("alert")).to_contain_text("No code of this project is in that.")
    expect(ada.get_by_label("Codes that the checker printed")).to_have_value("heron-4")
    ada.keyboard.press("End")
    ada.keyboard.type("1")
    ada.keyboard.press("Tab")
    ada.keyboard.press("Enter")
    expect(ada.get_by_role("status")).to_have_text("1 of 5 steps done.")


def test_axe_finds_nothing_and_nothing_scrolls_sideways(ada: Page):
    for hint in ada.locator("details.hint > summary").all():
        hint.click()
    open_form(ada)
    assert_sound(ada)


def test_the_starter_is_downloaded(ada: Page):
    with ada.expect_download() as begun:
        ada.get_by_role("link", name="Download the starter and its checker").click()
    assert begun.value.suggested_filename == "redis-as-a-message-broker-project.zip"


def test_without_javascript_the_same_form_has_a_page_of_its_own(chromium: Browser, live_server):
    with chromium.new_context(base_url=live_server.url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(ADDRESS)
        page.get_by_role("link", name="Note a step that is done").click()
        page.get_by_label("Codes that the checker printed").fill("heron-41, barge-72")
        page.get_by_role("button", name="Note it").click()
        expect(page.get_by_role("status")).to_have_text("2 of 5 steps done.")
