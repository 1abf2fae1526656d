"""Ada comes back: her place in each mode, how far she is, her four words; by keyboard, on a phone."""

import re
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.steps import LESSON
from tests.soundness import assert_sound

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 800}}
DONE = "I have worked through this"


def tab_to(page: Page, name: str, role: Literal["link", "button"] = "link") -> None:
    """Press Tab until the control with this name has the focus."""
    wanted = page.get_by_role(role, name=name, exact=True).last
    expect(wanted).to_be_visible()
    for _ in range(150):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return
    pytest.fail(f"Tab never reaches {name}")


def guess(page: Page) -> None:
    """Make the browser known, as a first guess does."""
    with page.expect_response("**/guesses/"):
        page.get_by_label("about 300 ms sooner").check()


def test_by_keyboard_on_a_phone_she_says_she_is_done_and_the_switch_and_the_map_show_it(visit, live_course):
    page = visit(LESSON, **PHONE)
    tab_to(page, DONE)
    page.keyboard.press("Enter")
    says = page.locator("[data-says]")
    expect(says).to_contain_text("Perf is done.")
    expect(says).to_be_focused()
    assert_sound(page)
    page.reload()
    expect(page.locator(".modes [aria-current]")).to_contain_text("done")
    page.goto(live_course.url)
    expect(page.locator(".map")).to_contain_text("Done: Perf.")
    assert_sound(page)
    page.goto(live_course.url + LESSON)
    page.locator("[data-module*=done]").scroll_into_view_if_needed()
    page.get_by_role("button", name="Not yet after all").click()
    expect(page.get_by_role("button", name=DONE)).to_be_focused()
    page.reload()
    expect(page.locator(".modes [aria-current]")).to_contain_text("begun")


def test_opening_a_mode_begins_it_for_somebody_who_is_known(visit, live_course):
    page = visit("/")
    guess(page)
    with page.expect_response("**/progress/") as noted:
        page.goto(live_course.url + LESSON)
    assert noted.value.status == 204
    expect(page.locator(".modes [aria-current]")).to_contain_text("min, begun")
    page.goto(live_course.url)
    expect(page.locator(".map")).to_contain_text("Begun: Perf.")


def test_a_newcomer_who_reads_to_the_end_is_asked_for_nothing(visit):
    page = visit(LESSON)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    page.get_by_role("link", name=DONE).scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert asked
    assert [url for url in asked if "me.json" in url or "/progress/" in url] == []
    assert page.context.cookies() == []


def other_mode(page: Page) -> str:
    """Another mode of the lesson that is written."""
    link = page.locator(".modes a:not([aria-current])").first
    return link.get_attribute("href") or ""


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_the_switch_leads_back_to_where_she_was(visit, motion):
    page = visit(LESSON, reduced_motion=motion)
    heading = page.locator("main h2[id]").nth(3)
    heading.evaluate("one => scrollTo(0, one.getBoundingClientRect().top + scrollY + 90)")
    page.wait_for_selector("[data-returning][data-ready]")
    name = heading.get_attribute("id")
    switch = ".modes a[href='{}']"
    other = other_mode(page)
    page.locator(switch.format(other)).evaluate("one => one.click()")
    expect(page).to_have_url(re.compile(re.escape(other)))
    assert page.evaluate("scrollY") == 0, "a mode not yet read begins at its top"
    page.locator(switch.format(LESSON)).click()
    expect(page.locator(f"[id='{name}']")).to_be_focused()
    past = page.locator(f"[id='{name}']").evaluate("one => one.getBoundingClientRect().top")
    assert -140 < past < -40
    page.evaluate("scrollTo(0, 0)")
    page.locator(switch.format(other)).click()
    page.locator(switch.format(LESSON)).click()
    page.wait_for_load_state()
    assert page.evaluate("scrollY") == 0, "who left at the top comes back to the top"


def test_four_words_carry_her_to_another_browser_by_keyboard_on_a_phone(visit):
    page = visit("/", **PHONE)
    guess(page)
    tab_to(page, "All that is kept of you")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("All that is kept of you")
    assert_sound(page)
    page.get_by_text("What you predicted, explained and read off").click()
    expect(page.locator("main")).to_contain_text("about 300 ms sooner")
    assert_sound(page)
    tab_to(page, "Make a code", "button")
    page.keyboard.press("Enter")
    words = page.locator(".yours.big").inner_text()
    assert len(words.split()) == 4
    assert_sound(page)

    other = visit("/me/", **PHONE)
    assert_sound(other)
    field = other.get_by_label("The four words")
    field.fill("abandon ability able abot")
    field.press("Enter")
    expect(other.get_by_role("alert")).to_contain_text("Did you mean “about”?")
    expect(field).to_have_value("abandon ability able abot")
    assert_sound(other)
    field.fill(words)
    field.press("Enter")
    other.get_by_text("What you predicted, explained and read off").click()
    expect(other.locator("main")).to_contain_text("about 300 ms sooner")
    visit.complaints.clear()  # the browser logs the answer of 400


def test_deleting_takes_what_scripts_noted_too(visit, live_course):
    page = visit("/")
    guess(page)
    page.evaluate("localStorage.setItem('answer x', '1')")
    page.goto(live_course.url + "/me/delete/")
    assert_sound(page)
    page.get_by_role("button", name="Delete all of it").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("All of it is deleted")
    assert page.evaluate("localStorage.length") == 0
    assert [cookie["name"] for cookie in page.context.cookies() if cookie["name"].startswith("learner")] == []


@pytest.mark.parametrize("script", [True, False])
def test_a_problem_is_reported_by_keyboard_with_and_without_javascript(visit, script):
    page = visit(LESSON, java_script_enabled=script, **PHONE)
    link = page.get_by_role("link", name="Was this helpful? Report a problem")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("(Perf)")
    page.get_by_role("button", name="Send it").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Nothing is said yet")
    page.get_by_label("no", exact=True).check()
    page.get_by_role("textbox").fill("The third figure has no unit.")
    if script:
        assert_sound(page)
    page.get_by_role("button", name="Send it").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("It is kept. Thank you.")
    page.get_by_role("link", name="Back to the page").click()
    expect(page).to_have_url(re.compile(f"{LESSON}$"))
    visit.complaints.clear()  # the browser logs the answer of 400


def test_without_javascript_she_says_she_is_done_on_a_page_of_its_own(visit, live_course):
    page = visit(LESSON, java_script_enabled=False, **PHONE)
    page.get_by_role("link", name=DONE).click()
    page.get_by_role("button", name=DONE).click()
    expect(page.locator("main")).to_contain_text("Perf is done.")
    page.goto(live_course.url)
    expect(page.locator(".map")).to_contain_text("Done: Perf.")
