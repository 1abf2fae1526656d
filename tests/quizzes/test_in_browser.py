"""Ada in a real browser: the same questions with JavaScript, and by keyboard alone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from quizzes.models import Answer
from tests.browsers import start_chromium
from tests.quizzes.conftest import address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def chromium(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """One browser for all stories. Playwright keeps an event loop in this very thread, which Django takes for async."""
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        browser = start_chromium(playwright, request.config)
        yield browser
        browser.close()
    monkeypatch.undo()


@pytest.fixture
def ada(chromium: Browser, live_server) -> Iterator[Page]:
    """Ada's page, in a browser that has never been here."""
    context = chromium.new_context(base_url=live_server.url)
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def choose(page: Page, words: str) -> None:
    """Choose an option and press Answer."""
    page.get_by_label(words).check()
    page.get_by_role("button", name="Answer").click()


def visit(page: Page, where: str) -> None:
    """Go there and wait until its modules are loaded: before that, links and forms are plain ones."""
    page.goto(where, wait_until="networkidle")


def mark_document(page: Page) -> None:
    """Leave a sign that a page load would wipe out."""
    page.evaluate("document.documentElement.dataset.sameDocument = 'yes'")


def is_same_document(page: Page) -> bool:
    """Whether the sign is still there."""
    return bool(page.evaluate("document.documentElement.dataset.sameDocument === 'yes'"))


def test_feedback_comes_without_a_page_load_and_takes_the_focus(ada: Page) -> None:
    visit(ada, address())
    mark_document(ada)
    ada.get_by_role("button", name="Answer").click()
    expect(ada.get_by_role("alert")).to_be_focused()
    choose(ada, "dust from the clouds")
    expect(ada.locator("#verdict-snow")).to_be_focused()
    expect(ada.get_by_text("why-not-dye")).to_be_visible()
    choose(ada, "scatter light")
    expect(ada.get_by_text("Right, at the second try.")).to_be_visible()

    assert is_same_document(ada)
    assert ada.get_by_role("progressbar").get_attribute("value") == "1"


def test_the_whole_quiz_by_keyboard(ada: Page) -> None:
    visit(ada, "/quizzes/weather/")
    ada.get_by_role("link", name="Begin").focus()
    ada.keyboard.press("Enter")
    for downs in (1, 0, 2):
        expect(ada.get_by_role("button", name="Answer")).to_be_visible()
        ada.get_by_role("radio").first.focus()
        ada.keyboard.press("Space")
        for _ in range(downs):
            ada.keyboard.press("ArrowDown")
        ada.keyboard.press("Tab")
        expect(ada.get_by_role("button", name="Answer")).to_be_focused()
        ada.keyboard.press("Enter")
        expect(ada.locator("[id^=verdict]")).to_be_focused()
        expect(ada.get_by_text("Right, at the first try.")).to_be_visible()
        ada.keyboard.press("Tab")
        ada.keyboard.press("Enter")
    expect(ada.get_by_text("3 of 3 right at the first try")).to_be_visible()


def test_a_double_click_in_the_browser_counts_once(ada: Page) -> None:
    visit(ada, address())
    ada.get_by_label("dust from the clouds").check()
    ada.get_by_role("button", name="Answer").dblclick()
    expect(ada.get_by_text("one more try")).to_be_visible()
    assert Answer.objects.count() == 1


def test_when_script_cannot_send_the_form_does(ada: Page) -> None:
    def break_fetch(route: Route) -> None:
        if route.request.resource_type == "fetch":
            route.abort()
        else:
            route.continue_()

    ada.route("**/snow/", break_fetch)
    visit(ada, address())
    mark_document(ada)
    choose(ada, "scatter light")
    expect(ada.get_by_role("alert")).to_contain_text("press the button again")
    ada.get_by_role("button", name="Answer").click()
    expect(ada.get_by_text("Right, at the first try.")).to_be_visible()
    assert not is_same_document(ada)


def test_a_checkpoint_is_answered_inside_the_lesson(ada: Page) -> None:
    visit(ada, "/lessons/weather/")
    assert ada.context.cookies() == []
    mark_document(ada)
    ada.get_by_role("link", name="Answer this question").click()
    expect(ada.get_by_role("radio").first).to_be_focused()
    choose(ada, "scatter light")
    expect(ada.locator("[id^=verdict]")).to_be_focused()
    expect(ada.get_by_text("Right, at the first try.")).to_be_visible()

    assert is_same_document(ada)
    assert ada.url.endswith("/lessons/weather/")
    assert Answer.objects.get().given == "scatter"


def test_a_checkpoint_brings_its_script_when_somebody_comes_to_it(ada: Page) -> None:
    asked_for: list[str] = []
    ada.on("request", lambda request: asked_for.append(request.url.rpartition("/")[2]))
    visit(ada, "/lessons/weather/")
    assert "checkpoint.js" not in asked_for
    with ada.expect_request("**/checkpoint.js"):
        ada.get_by_role("link", name="Answer this question").focus()
    ada.keyboard.press("Enter")
    expect(ada.get_by_role("radio").first).to_be_focused()


def test_an_impatient_click_on_a_checkpoint_waits_for_its_script(ada: Page) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    ada.route("**/checkpoint.js", hold)
    visit(ada, "/lessons/weather/")
    link = ada.get_by_role("link", name="Answer this question")
    link.dblclick()
    expect(ada.locator(".yours")).to_have_attribute("aria-busy", "true")
    held.pop().continue_()
    expect(ada.get_by_role("radio").first).to_be_focused()
    assert ada.url.endswith("/lessons/weather/")


def test_a_checkpoint_whose_script_cannot_be_fetched_is_a_plain_link(ada: Page) -> None:
    ada.route("**/checkpoint.js", lambda route: route.abort())
    visit(ada, "/lessons/weather/")
    ada.get_by_role("link", name="Answer this question").click()
    ada.wait_for_url(f"**{address()}")


def test_a_checkpoint_whose_page_cannot_be_fetched_is_a_plain_link(ada: Page) -> None:
    ada.route("**/snow/", lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_())
    visit(ada, "/lessons/weather/")
    ada.get_by_role("link", name="Answer this question").click()
    ada.wait_for_url(f"**{address()}")
    expect(ada.get_by_role("radio").first).to_be_visible()
