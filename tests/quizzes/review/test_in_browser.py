"""Ada reviews on her phone with a keyboard: space, 1 to 4, u. At 390 px, and nothing stands in the way of axe."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect
from pytest_django import Settings

from learners.models import Learner
from quizzes import catalog
from quizzes.review.models import Card, ReviewLog
from tests.quizzes.conftest import WEATHER
from tests.quizzes.review.stories import IDEAS, Travel, answered, cookie_of, explained, time_machine
from tests.quizzes.test_in_browser import chromium
from tests.soundness import assert_sound

__all__ = ["chromium"]  # a fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def travel(monkeypatch: pytest.MonkeyPatch) -> Travel:
    """Time stands still where every story begins."""
    return time_machine(monkeypatch)


@pytest.fixture
def learner() -> Learner:
    """Ada, as the database knows her: sure of one wrong answer, and with a gap in an explanation."""
    learner = Learner.objects.create()
    answered(learner, "snow", "dye", certainty=3)
    explained(learner, IDEAS[2:])
    return learner


def phone_of(
    learner: Learner, chromium: Browser, url: str, settings: Settings, *, script: bool = True
) -> BrowserContext:
    """A browser of this learner, as wide as a phone."""
    phone = ViewportSize(width=390, height=800)
    context = chromium.new_context(base_url=url, viewport=phone, java_script_enabled=script)
    context.add_cookies([{"name": settings.LEARNER_COOKIE, "value": cookie_of(learner), "url": url}])
    return context


@pytest.fixture
def ada(chromium: Browser, live_server, settings, learner: Learner) -> Iterator[Page]:
    """Ada's page, as wide as a phone. Whatever it complains about in the console fails the test."""
    context = phone_of(learner, chromium, live_server.url, settings)
    page = context.new_page()
    page.set_default_timeout(10_000)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert [complaint for complaint in complaints if "400" not in complaint] == []


def open_review(page: Page) -> None:
    """Go there and wait until keys are heard."""
    page.goto("/review/")
    page.wait_for_selector("[data-review][data-ready]")
    page.evaluate("document.documentElement.dataset.sameDocument = 'yes'")


def is_same_document(page: Page) -> bool:
    """Whether no page was loaded since."""
    return bool(page.evaluate("document.documentElement.dataset.sameDocument === 'yes'"))


def expect_verdict(page: Page, words: str) -> None:
    """The verdict says so, and has the focus."""
    expect(page.locator("[data-says]")).to_contain_text(words)
    expect(page.locator("[data-says]")).to_be_focused()


def test_all_that_is_due_by_keyboard(ada: Page) -> None:
    open_review(ada)
    expect(ada.get_by_role("heading", name="Why snow is white")).to_be_visible()
    assert_sound(ada)
    ada.keyboard.press("3")  # no rating is asked for yet
    ada.keyboard.press("Space")
    expect(ada.get_by_role("radio").first).to_be_focused()
    ada.get_by_label("scatter light").focus()
    ada.keyboard.press("Space")
    ada.keyboard.press("Enter")
    expect_verdict(ada, "Right. How well did you know it?")
    expect(ada.get_by_role("button", name="Good 10 min")).to_be_visible()
    assert_sound(ada)
    ada.keyboard.press("3")

    expect(ada.get_by_role("heading", name="Open window")).to_be_visible()
    expect(ada.get_by_text(IDEAS[2])).to_have_count(0)
    ada.keyboard.press("Space")
    expect(ada.get_by_text(IDEAS[2])).to_be_visible()
    ada.keyboard.press("4")
    expect(ada.get_by_text("Nothing is due")).to_be_visible()
    expect(ada.get_by_text("Come back in 10 minutes")).to_be_visible()
    assert_sound(ada)

    assert is_same_document(ada)
    assert list(ReviewLog.objects.order_by("pk").values_list("rating", flat=True)) == [3, 4]


def test_u_takes_back_the_rating_then_the_answer(ada: Page) -> None:
    open_review(ada)
    ada.get_by_label("dust from the clouds").check()
    ada.get_by_role("button", name="Answer").click()
    expect_verdict(ada, "Not that one.")
    ada.keyboard.press("1")
    expect(ada.get_by_role("heading", name="Open window")).to_be_visible()

    ada.keyboard.press("u")
    expect_verdict(ada, "Not that one.")
    ada.keyboard.press("u")
    expect(ada.get_by_role("radio")).to_have_count(3)
    expect(ada.get_by_role("radio", disabled=True)).to_have_count(0)
    assert ReviewLog.objects.count() == 0


def test_two_presses_in_a_row_rate_once(ada: Page) -> None:
    open_review(ada)
    ada.get_by_label("scatter light").check()
    ada.get_by_role("button", name="Answer").click()
    good = ada.get_by_role("button", name="Good")
    expect(good).to_be_visible()
    sent: list[str] = []
    ada.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    ada.evaluate("for (const _ of [1, 2, 3]) document.querySelector('[data-key=\"3\"]').click()")
    expect(ada.get_by_role("heading", name="Open window")).to_be_visible()
    assert [card.reviews for card in Card.objects.all()] == [1]
    assert len(sent) == 1


def test_keys_in_a_field_are_text_and_keys_elsewhere_are_the_readers_own(ada: Page) -> None:
    open_review(ada)
    ada.locator("#retention summary").click()
    field = ada.get_by_label("Of what comes back, I want to know")
    field.press("ControlOrMeta+a")
    field.press_sequentially("91")
    ada.get_by_role("button", name="Keep it").click()
    expect(ada.locator("#retention summary")).to_contain_text("91 %")
    ada.get_by_role("link", name="Quizzes").focus()
    ada.keyboard.press("u")
    ada.keyboard.press("Space")
    expect(ada.get_by_role("heading", name="Why snow is white")).to_be_visible()
    assert ReviewLog.objects.count() == 0


STEPS = """
## steps
type: order
topic: How it comes to rain
level: easy

In which order does it happen?

- up: Water goes up
- cloud: A cloud forms
- down: Drops fall

> Up before down.
"""


def test_a_type_with_a_module_of_its_own_lives_in_review_too(ada: Page, learner: Learner, weather: Path) -> None:
    weather.write_text(WEATHER + STEPS, encoding="utf-8")
    catalog._read.cache_clear()
    answered(learner, "steps", "x")
    open_review(ada)
    ada.get_by_label("scatter light").check()
    ada.get_by_role("button", name="Answer").click()
    expect_verdict(ada, "Right.")
    ada.keyboard.press("4")

    expect(ada.get_by_role("heading", name="How it comes to rain")).to_be_visible()
    expect(ada.locator("[data-plain]").first).to_be_hidden()
    ada.keyboard.press("Space")
    expect(ada.locator("[data-answer] button:focus")).to_have_count(1)
    assert_sound(ada)


def test_a_target_out_of_bounds_takes_the_focus_to_what_is_wrong(ada: Page) -> None:
    ada.goto("/review/")
    ada.wait_for_selector("[data-review][data-ready]")
    ada.evaluate("document.querySelector('#percent').form.noValidate = true")
    ada.locator("#retention summary").click()
    ada.get_by_label("Of what comes back, I want to know").fill("30")
    with ada.expect_response("**/review/retention/") as answer:
        ada.get_by_role("button", name="Keep it").click()
    assert answer.value.status == 400
    expect(ada.get_by_role("alert")).to_be_focused()
    expect(ada.get_by_role("alert")).to_contain_text("30 % is too little")


def test_without_script_the_same_forms_do_it(chromium: Browser, live_server, settings, learner: Learner) -> None:
    context = phone_of(learner, chromium, live_server.url, settings, script=False)
    page = context.new_page()
    page.goto("/review/")
    page.get_by_label("scatter light").check()
    page.get_by_role("button", name="Answer").click()
    page.get_by_role("button", name="Easy").click()
    page.get_by_role("button", name="Show the answer").click()
    page.get_by_role("button", name="Again").click()
    expect(page.get_by_text("Come back in 1 minute")).to_be_visible()
    page.get_by_role("button", name="Undo the rating").click()
    page.get_by_role("button", name="Hard").click()
    expect(page.get_by_text("Come back in 6 minutes")).to_be_visible()
    assert list(ReviewLog.objects.order_by("pk").values_list("rating", flat=True)) == [4, 2]
    context.close()
