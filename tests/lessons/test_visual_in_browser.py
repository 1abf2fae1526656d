"""Ada walks through a recorded run, in a real browser: by mouse, by keyboard, on a phone, and without a script."""

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.lessons.browsing import PHONE, WIDE, new_page
from tests.quizzes import test_in_browser
from tests.soundness import assert_accessible, overflow_px

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
chromium = test_in_browser.chromium
ADDRESS = "/lessons/redis-as-a-message-broker/visual/"


def open_page(browser: Browser, live_server, size: ViewportSize, *, has_own_clock=False, **more) -> Iterator[Page]:
    """The mode Visual, where nothing moves by itself."""
    with new_page(browser, live_server.url, size, reduced_motion="reduce", **more) as page:
        if has_own_clock:
            page.clock.install()
        page.goto(ADDRESS, wait_until="networkidle")
        yield page


@pytest.fixture
def ada(chromium: Browser, live_server) -> Iterator[Page]:
    """Ada at her desk."""
    yield from open_page(chromium, live_server, WIDE)


@pytest.fixture
def phone(chromium: Browser, live_server) -> Iterator[Page]:
    """Ada's telephone: narrow, and used with a finger."""
    yield from open_page(chromium, live_server, PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def plain(chromium: Browser, live_server) -> Iterator[Page]:
    """Ada's browser without scripts."""
    yield from open_page(chromium, live_server, PHONE, java_script_enabled=False)


def stepper(page: Page, number: int = 1) -> Locator:
    """The stepper with this number on the page, near the screen and brought to life."""
    part = page.locator(".runs").nth(number - 1)
    part.scroll_into_view_if_needed()
    expect(part).to_have_class(re.compile("stepping"))
    return part


def pass_on_guesses(page: Page) -> None:
    """Open what stands behind each prediction."""
    for asked in page.locator(".asked").all():
        asked.scroll_into_view_if_needed()
        asked.get_by_role("button", name="Just show me").click()


def at(part: Locator, row: str, title: str) -> None:
    """The stepper says that it is at this row, and marks it in the table."""
    expect(part.locator("[aria-live=polite]")).to_contain_text(f"Row {row}")
    expect(part.locator(".said")).to_have_text(title)
    expect(part.locator("tr[aria-current=step]:visible")).to_have_count(1)
    expect(part.locator("tr[aria-current=step]:visible th")).to_contain_text(title)


def test_next_and_previous_move_the_message_through_its_places(ada: Page) -> None:
    part = stepper(ada)
    place = part.get_by_role("heading", name="Where the message is").locator("+ p")
    at(part, "1 of 12", "The browser posts the form")
    expect(place).to_have_text("There is no message yet.")
    expect(part.locator(".letter.there")).to_have_count(0)
    following = part.get_by_role("button", name="Next")
    for _ in range(3):
        following.click()
    at(part, "4 of 12", "The view publishes the message")
    expect(place).to_have_text("In the list.")
    expect(part.get_by_role("status")).to_have_text("In the list.")
    for _ in range(4):
        following.click()
    at(part, "8 of 12", "Worker 1 leaves a copy")
    expect(place).to_have_text(re.compile("^In the hash unacked and a worker.s memory.$"))
    expect(part.locator(".letter.there")).to_have_count(2)
    expect(part.locator("pre")).to_have_text("MULTI\nZADD unacked_index time tag-1\nHSET unacked tag-1 message-1\nEXEC")
    expect(part.locator(".tracker:visible thead .now")).to_have_text("8")
    part.get_by_role("button", name="Previous").click()
    at(part, "7 of 12", "Worker 1 takes the message")
    expect(place).to_have_text(re.compile("^In a worker.s memory.$"))


def test_the_same_row_of_the_other_run_is_a_click_away_and_says_what_differs(ada: Page) -> None:
    part = stepper(ada)
    for _ in range(8):
        part.get_by_role("button", name="Next").click()
    at(part, "9 of 12", "Worker 1 acknowledges")
    expect(part.locator(".differs")).to_have_text(
        "≠ Acknowledged late: the mail server greets the task, the three keys hold 0 1 1."
    )
    part.get_by_role("button", name="Acknowledged late").click()
    at(part, "9 of 12", "The mail server greets the task")
    expect(part.get_by_role("button", name="Acknowledged late")).to_have_attribute("aria-pressed", "true")
    part.locator("tr#late-4").click()
    at(part, "4 of 12", "The view publishes the message")
    expect(part.locator(".differs")).to_have_count(0)


def test_by_keyboard_alone(ada: Page) -> None:
    part = stepper(ada)
    part.get_by_role("slider", name="Row").focus()
    ada.keyboard.press("ArrowRight")
    at(part, "2 of 12", "The view writes a row")
    ada.keyboard.press("End")
    at(part, "12 of 12", "Worker 1 reports success")
    expect(part.get_by_role("button", name="Next")).to_have_attribute("aria-disabled", "true")
    for button in ("Previous", "Next"):
        ada.keyboard.press("Tab")
        expect(part.get_by_role("button", name=button)).to_be_focused()
    ada.keyboard.press("ArrowLeft")
    at(part, "11 of 12", "The mail server accepts the mail")
    ada.keyboard.press("Home")
    at(part, "1 of 12", "The browser posts the form")
    ada.keyboard.press("Enter")
    at(part, "2 of 12", "The view writes a row")
    ada.keyboard.press("Alt+ArrowRight")  # the browser's own, as is Alt with the left arrow
    at(part, "2 of 12", "The view writes a row")


def test_a_link_in_the_text_leads_to_its_row_and_steps_to_it(ada: Page) -> None:
    part = stepper(ada)
    ada.get_by_role("link", name="Row 3", exact=True).click()
    at(part, "3 of 12", "The view commits")
    expect(part.locator(".said")).to_be_in_viewport()
    expect(part.get_by_role("img", name="Acknowledged early")).to_be_in_viewport()
    ada.keyboard.press("ArrowRight")
    at(part, "4 of 12", "The view publishes the message")
    ada.get_by_role("link", name="Row 3", exact=True).click()
    at(part, "3 of 12", "The view commits")
    expect(part.locator(".said")).to_be_in_viewport()
    ada.goto(f"{ADDRESS}#late-9", wait_until="networkidle")
    ada.reload(wait_until="networkidle")
    at(stepper(ada), "9 of 12", "The mail server greets the task")


def test_play_goes_on_by_itself_until_it_is_paused_or_at_the_end(chromium: Browser, live_server) -> None:
    for page in open_page(chromium, live_server, WIDE, has_own_clock=True):
        part = stepper(page)
        page.clock.pause_at(time.time() + 3600)
        part.get_by_role("button", name="Play").click()
        page.clock.run_for(3500)
        at(part, "3 of 12", "The view commits")
        part.get_by_role("button", name="Pause").click()
        page.clock.run_for(5000)
        at(part, "3 of 12", "The view commits")
        part.get_by_role("button", name="Play").click()
        page.clock.run_for(30_000)
        at(part, "12 of 12", "Worker 1 reports success")
        expect(part.get_by_role("button", name="Play")).to_be_visible()


def test_a_crash_on_a_phone_with_a_finger(phone: Page) -> None:
    pass_on_guesses(phone)
    part = stepper(phone, 2)
    part.locator("summary:visible", has_text="All 12 rows as a table").tap()
    place = part.get_by_role("heading", name="Where the message is").locator("+ p")
    for _ in range(10):
        part.get_by_role("button", name="Next").tap()
    at(part, "11 of 12", "Worker 1 is killed")
    expect(place).to_have_text("Nowhere.")
    part.get_by_role("button", name="Killed, acknowledged late").tap()
    part.locator("summary:visible", has_text="All 18 rows as a table").tap()
    at(part, "11 of 18", "Worker 2 puts the message back")
    expect(place).to_have_text("In the list.")
    part.locator("tr#killed-late-18").tap()
    part.get_by_role("button", name="Killed, acknowledged early").tap()
    at(part, "12 of 12", "Worker 2 is ready")


def test_on_paper_stands_every_recording_and_nothing_to_press(ada: Page) -> None:
    pass_on_guesses(ada)
    part = stepper(ada, 2)
    ada.emulate_media(media="print")
    for run in ("Killed, acknowledged early", "Killed, acknowledged late"):
        expect(part.get_by_role("img", name=run)).to_be_visible()
    for row in ("killed-early-12", "killed-late-18"):
        expect(ada.locator(f"#{row}")).to_be_visible()
    expect(part.get_by_role("button")).to_have_count(0)
    expect(part.get_by_role("slider")).to_have_count(0)


def test_on_paper_what_is_closed_is_open(plain: Page) -> None:
    expect(plain.locator("#killed-late-18")).to_be_hidden()
    plain.emulate_media(media="print")
    expect(plain.locator("#killed-late-18")).to_be_visible()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(chromium: Browser, live_server, size: ViewportSize) -> None:
    for page in open_page(chromium, live_server, size):
        pass_on_guesses(page)
        for number in (1, 2):
            stepper(page, number).get_by_role("button", name="Next").click()
        assert_accessible(page)
        for width in (size["width"], 320, 768):
            page.set_viewport_size({"width": width, "height": 800})
            assert overflow_px(page) == 0, width


def test_without_a_script_every_row_can_be_read_and_nothing_waits_to_be_pressed(plain: Page) -> None:
    expect(plain.get_by_role("button", name=re.compile("Next|Previous|Play"))).to_have_count(0)
    expect(plain.get_by_role("slider")).to_have_count(0)
    for summary in plain.locator("main summary").all():
        summary.scroll_into_view_if_needed()
        if not summary.evaluate("summary => summary.parentElement.open"):
            summary.click()
    for row in ("early-12", "late-12", "killed-early-12", "killed-late-18"):
        expect(plain.locator(f"#{row}")).to_be_visible()
    expect(plain.get_by_text("Copy and time are struck out.").first).to_be_visible()
    expect(plain.get_by_role("table", name="Variables, acknowledged late")).to_be_visible()
    assert overflow_px(plain) == 0
