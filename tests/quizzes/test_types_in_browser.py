"""Ada in a real browser chooses several and types: with script, by keyboard alone, and on a narrow screen."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from quizzes.models import Answer
from tests.quizzes import test_in_browser
from tests.quizzes.test_in_browser import is_same_document, mark_document, visit
from tests.quizzes.test_types_number import TIME
from tests.quizzes.test_types_output import PROGRAM, TWO_LINES
from tests.quizzes.test_types_several import THREE_OF_FIVE
from tests.quizzes.test_types_short import COMMAND
from tests.soundness import assert_sound

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
chromium, ada = test_in_browser.chromium, test_in_browser.ada
KINDS = {"several": THREE_OF_FIVE, "short": COMMAND, "number": TIME, "output": TWO_LINES}
PHONE_PX = 390


@pytest.fixture(autouse=True)
def four(weather: Path) -> None:
    """A quiz with one question of each of these types, under the name of its type."""
    (weather.parent / "programs").mkdir()
    (weather.parent / "programs" / "two.py").write_text(PROGRAM, encoding="utf-8")
    text = "---\ntitle: Four types\nlesson: first-weather\n---\n"
    for kind, answer in KINDS.items():
        program = "program: two.py\n" if kind == "output" else ""
        head = f"\n## {kind}-one\ntype: {kind}\ntopic: Type {kind}\nlevel: easy\n{program}\nWhat is it?\n"
        text += f"{head}{answer}\n> It is so: the-solution.\n"
    (weather.parent / "four.md").write_text(text, encoding="utf-8")


def open_question(page: Page, kind: str) -> None:
    """Go to the question of this type, and leave a sign that a page load would wipe out."""
    visit(page, f"/quizzes/four/{kind}-one/")
    mark_document(page)


def press_answer(page: Page) -> None:
    """By keyboard: from where the focus is on to the button Answer, and press it."""
    button = page.get_by_role("button", name="Answer", exact=True)
    for _ in range(9):
        if button.evaluate("button => button === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def expect_verdict(page: Page, words: str) -> None:
    """The feedback has come into this same page, and has the focus."""
    verdict = page.locator("[id^=verdict]")
    expect(verdict).to_contain_text(words)
    expect(verdict).to_be_focused()
    assert is_same_document(page)


def test_several_by_keyboard_alone(ada: Page) -> None:
    open_question(ada, "several")
    ada.get_by_label("A list").focus()
    ada.keyboard.press("Space")
    ada.keyboard.press("Tab")
    ada.keyboard.press("Tab")
    ada.keyboard.press("Space")
    press_answer(ada)
    expect_verdict(ada, "Not that one")
    expect(ada.get_by_text("Of the 2 you chose, 1 holds.")).to_be_visible()
    expect(ada.get_by_label("A list")).to_be_checked()
    expect(ada.get_by_label("A stream")).to_be_disabled()
    expect(ada.get_by_text("why-not-stream")).to_be_visible()
    ada.get_by_label("A hash").focus()
    ada.keyboard.press("Space")
    ada.keyboard.press("Tab")
    ada.keyboard.press("Space")
    press_answer(ada)
    expect_verdict(ada, "Right, at the second try.")


def test_nothing_chosen_is_said_beside_the_boxes_and_counts_nothing(ada: Page) -> None:
    open_question(ada, "several")
    ada.get_by_role("button", name="Answer", exact=True).click()
    expect(ada.get_by_role("alert")).to_contain_text("Nothing is chosen.")
    expect(ada.get_by_role("alert")).to_be_focused()
    assert is_same_document(ada)
    assert Answer.objects.count() == 0


def test_a_word_is_sent_with_enter(ada: Page) -> None:
    open_question(ada, "short")
    ada.get_by_label("Your answer").focus()
    ada.keyboard.type("rpush")
    ada.keyboard.press("Enter")
    expect_verdict(ada, "why-right")
    ada.get_by_label("Your answer").focus()
    ada.keyboard.type("lpush")
    ada.keyboard.press("Enter")
    expect_verdict(ada, "Right, at the second try.")
    expect(ada.get_by_text("Also accepted: redis.lpush")).to_be_visible()


def test_a_number_that_means_two_things_stays_to_be_corrected(ada: Page) -> None:
    open_question(ada, "number")
    field = ada.get_by_label("Your answer")
    field.fill("1,300 ms")
    field.press("Enter")
    alert = ada.get_by_role("alert")
    expect(alert).to_contain_text("can mean 1300 or 1.3")
    expect(alert).to_be_focused()
    expect(field).to_have_value("1,300 ms")
    expect(field).to_have_accessible_description(alert.inner_text())
    field.fill("0.3 s")
    field.press("Enter")
    expect_verdict(ada, "Right, at the first try.")
    assert Answer.objects.get().given == "0.3 s"


def test_an_output_of_two_lines_by_keyboard_alone(ada: Page) -> None:
    open_question(ada, "output")
    ada.get_by_label("What it prints").focus()
    ada.keyboard.type("['a', 1]")
    ada.keyboard.press("Enter")
    ada.keyboard.type("x")
    press_answer(ada)
    expect_verdict(ada, "why-bytes")
    expect(ada.get_by_label("What it prints")).to_have_value("['a', 1]\nx")
    ada.get_by_label("What it prints").focus()
    ada.keyboard.press("Control+End")
    ada.keyboard.press("Backspace")
    ada.keyboard.type("b'x'")
    press_answer(ada)
    expect_verdict(ada, "Right, at the second try.")


def test_what_is_typed_and_not_sent_survives_a_reload(ada: Page) -> None:
    for kind, label in (("short", "Your answer"), ("output", "What it prints")):
        open_question(ada, kind)
        ada.get_by_label(label).fill("half an ans")
        ada.reload(wait_until="networkidle")
        expect(ada.get_by_label(label)).to_have_value("half an ans")
    open_question(ada, "several")
    ada.get_by_label("A hash").check()
    ada.reload(wait_until="networkidle")
    expect(ada.get_by_label("A hash")).to_be_checked()


WRONG = {
    "several": lambda page: page.get_by_label("A bitmap").check(),
    "short": lambda page: page.get_by_label("Your answer").fill("a word far too long to be a command of Redis"),
    "number": lambda page: page.get_by_label("Your answer").fill("1.3 s"),
    "output": lambda page: page.get_by_label("What it prints").fill("x" * 90),
}
AGAIN = WRONG | {"several": lambda page: page.get_by_label("A list").check()}


@pytest.mark.parametrize("kind", KINDS)
def test_on_a_phone_nothing_sticks_out_and_axe_finds_nothing(chromium: Browser, live_server, kind: str) -> None:
    context = chromium.new_context(base_url=live_server.url, viewport={"width": PHONE_PX, "height": 800})
    page = context.new_page()
    open_question(page, kind)
    for fill_in in (WRONG[kind], AGAIN[kind]):
        fill_in(page)
        page.get_by_role("button", name="Answer", exact=True).click()
        expect_verdict(page, "Not that one")
        assert_sound(page)
    expect(page.get_by_text("the-solution")).to_be_visible()
    context.close()
