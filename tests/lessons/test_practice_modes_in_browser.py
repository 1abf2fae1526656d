"""Ada tries, is challenged and recalls, in a real browser: by mouse, by keyboard, on a phone, and without a script."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from quizzes.models import Answer
from tests.lessons.browsing import PHONE, WIDE, new_page
from tests.quizzes import test_in_browser
from tests.soundness import assert_accessible, assert_sound, overflow_px

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
chromium = test_in_browser.chromium
LESSON = "/lessons/redis-as-a-message-broker"
MODES = ("try", "challenge", "recall")
OWED = (("order", 2), ("owe", 2), ("answer", 1), ("each", 1), ("publish", 2), ("forget", 2), ("block", 1))


def open_page(browser: Browser, live_server, size: ViewportSize, **more) -> Iterator[Page]:
    """A page where nothing moves by itself."""
    with new_page(browser, live_server.url, size, reduced_motion="reduce", **more) as page:
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


def visit(page: Page, mode: str) -> None:
    page.goto(f"{LESSON}/{mode}/", wait_until="networkidle")


def asked(page: Page, number: int) -> Locator:
    """The question with this number on the page."""
    part = page.locator(".yours").nth(number - 1)
    part.scroll_into_view_if_needed()
    return part


def opened(page: Page, number: int) -> Locator:
    """The same, its form brought into the lesson."""
    part = asked(page, number)
    part.locator("[data-answer-here]").click()
    expect(part.locator("form")).to_be_visible()
    return part


def verdict(part: Locator) -> Locator:
    return part.locator("[id^=verdict]")


def answer(part: Locator) -> None:
    part.get_by_role("button", name="Answer", exact=True).click()


def test_three_tries_with_tiles_clicked_dragged_and_a_gap_that_is_typed(ada: Page) -> None:
    visit(ada, "try")
    task = opened(ada, 1)
    task.get_by_role("button", name="rpop", exact=True).click()
    answer(task)
    expect(verdict(task)).to_contain_text("You have two more tries.")
    expect(verdict(task)).to_contain_text("it does not wait")
    task.get_by_role("button", name="blpop", exact=True).drag_to(task.get_by_label("Blank 1 of 1"))
    answer(task)
    expect(verdict(task)).to_contain_text("You have one more try.")
    task.get_by_label("Blank 1 of 1").fill("brpop")
    answer(task)
    expect(verdict(task)).to_contain_text("Right, at the third try.")
    expect(task.get_by_text("first in, first out")).to_be_visible()
    assert ada.url.endswith("/try/")
    assert [one.correct for one in Answer.objects.order_by("pk")] == [False, False, True]


def test_a_task_by_keyboard_alone_with_its_hint(ada: Page) -> None:
    visit(ada, "try")
    task = asked(ada, 2)
    task.locator("[data-answer-here]").focus()
    ada.keyboard.press("Enter")
    expect(task.get_by_label("Blank 1 of 2")).to_be_focused()
    ada.keyboard.type("shared_task")
    task.get_by_role("button", name="delay", exact=True).focus()
    ada.keyboard.press("Enter")
    expect(task.get_by_label("Blank 2 of 2")).to_have_value("")  # the gap that had the focus is filled: the first
    expect(task.get_by_label("Blank 1 of 2")).to_have_value("delay")
    task.get_by_role("button", name="shared_task", exact=True).focus()
    ada.keyboard.press("Space")
    task.get_by_role("button", name="Show a hint").press("Enter")
    expect(task.get_by_role("heading", name="Hint")).to_be_visible()
    answer(task)


def test_a_task_on_a_phone_with_a_finger(phone: Page) -> None:
    visit(phone, "try")
    task = opened(phone, 3)
    task.get_by_role("button", name="Order.objects.get(pk=order_pk)").tap()
    task.get_by_role("button", name="partial(receipt.delay, order.pk)").tap()
    task.get_by_role("button", name="Answer", exact=True).tap()
    expect(verdict(task)).to_contain_text("Right, at the first try.")
    assert overflow_px(phone) == 0


def test_all_five_right_earn_the_stamp(ada: Page) -> None:
    visit(ada, "challenge")
    program, choice, repair, line, order = (opened(ada, number) for number in range(1, 6))
    program.get_by_label("What it prints").fill("1\nmail to Ines\n1\nmail to Otto\n1")
    choice.get_by_label("A channel to which all four subscribe").check()
    repair.get_by_label("Blank 1 of 1").fill("list(people)")
    line.get_by_label("each lambda looks up").check()
    build_the_view_and_its_job(ada, order)
    for part in (program, choice, repair, line, order):
        answer(part)
        expect(verdict(part)).to_contain_text("Right, at the first try.")
    ada.get_by_role("link", name="page of your result").click()
    expect(ada.get_by_text("All five right", exact=True)).to_be_visible()
    assert_accessible(ada)


def build_the_view_and_its_job(page: Page, part: Locator) -> None:
    """Lines are pressed in order, then moved to their depth by the arrow keys."""
    for name in ("view", "block", "order", "owe", "answer", "job", "each", "publish", "forget"):
        part.locator(f"[data-line={name}] button.line").click()
    for name, depth in OWED:
        part.locator(f"[data-line={name}] button.line").focus()
        for _ in range(depth):
            page.keyboard.press("ArrowRight")


def test_a_problem_by_keyboard_alone(ada: Page) -> None:
    visit(ada, "challenge")
    part = asked(ada, 2)
    part.locator("[data-answer-here]").focus()
    ada.keyboard.press("Enter")
    expect(part.get_by_role("radio").first).to_be_focused()
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "Tab", "Enter"):
        ada.keyboard.press(key)
    expect(verdict(part)).to_contain_text("Right, at the first try.")
    expect(verdict(part)).to_be_focused()


def test_the_clock_comes_when_asked_for_counts_up_and_is_remembered(ada: Page) -> None:
    visit(ada, "challenge")
    clock = ada.get_by_role("timer", name="Time so far")
    expect(clock).to_have_count(0)
    ada.clock.install()
    visit(ada, "challenge")
    ada.get_by_role("button", name="Show a clock").press("Enter")
    expect(clock).to_have_text("0:00")
    ada.clock.run_for(65_000)
    expect(clock).to_have_text(re.compile(r"1:0\d"))
    ada.reload(wait_until="networkidle")
    expect(clock).to_have_text(re.compile(r"1:\d\d"))
    ada.get_by_role("button", name="Take the clock away").click()
    expect(clock).to_have_count(0)
    ada.reload(wait_until="networkidle")
    expect(ada.get_by_role("button", name="Show a clock")).to_be_visible()
    expect(clock).to_have_count(0)


def test_cards_are_turned_and_graded_and_a_miss_waits_in_the_review(ada: Page) -> None:
    visit(ada, "recall")
    for number, word in ((1, "I knew it"), (2, "I did not know it")):
        card = opened(ada, number)
        card.get_by_role("button", name="Turn the card over").press("Enter")
        card.get_by_role("button", name=word, exact=True).press("Enter")
        expect(verdict(card)).to_contain_text("Noted")
    part = opened(ada, 6)
    part.get_by_label("Your answer").fill("2")
    part.get_by_label("Your answer").press("Enter")
    expect(verdict(part)).to_contain_text("Right, at the first try.")
    ada.get_by_role("main").get_by_role("link", name="review", exact=True).click()
    expect(ada.get_by_role("heading", name="Review", level=1)).to_be_visible()
    expect(ada.get_by_text("2 items in all.")).to_be_visible()


@pytest.mark.parametrize("mode", MODES)
def test_a_mode_is_accessible_and_fits_a_phone_before_and_after_questions_are_opened(phone: Page, mode: str) -> None:
    visit(phone, mode)
    for opens in (False, True):
        if opens:
            for number in range(1, phone.locator(".yours").count() + 1):
                opened(phone, number)
        assert_sound(phone)


@pytest.mark.parametrize("mode", MODES)
def test_without_scripts_everything_can_be_read_and_each_question_is_a_link(plain: Page, mode: str) -> None:
    visit(plain, mode)
    links = plain.locator(".yours [data-answer-here]")
    assert links.count() >= 5
    expect(plain.get_by_role("timer")).to_have_count(0)
    if mode == "try":
        links.first.click()
        plain.get_by_label("Blank 1 of 1").fill("brpop")
        plain.get_by_role("button", name="Answer", exact=True).click()
        expect(plain.get_by_text("Right, at the first try.")).to_be_visible()
