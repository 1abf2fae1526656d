"""Ada in a real browser puts lines in order: by click, key, mouse and finger."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from quizzes.models import Answer
from tests.quizzes.asked_in_browser import PHONE, ask
from tests.quizzes.test_in_browser import ada, chromium, is_same_document, mark_document
from tests.quizzes.test_types_order import CODE, INDENTED, RECIPE
from tests.soundness import overflow_px

__all__ = ["ada", "chromium"]  # fixtures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def phone(chromium: Browser, live_server) -> Iterator[Page]:
    """Ada's telephone: narrow, and used with a finger."""
    context = chromium.new_context(base_url=live_server.url, viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def left(page: Page) -> Locator:
    return page.get_by_role("list", name="Lines left")


def program(page: Page) -> Locator:
    return page.get_by_role("list", name="Your program")


def line(where: Locator, words: str) -> Locator:
    """The button that is a line."""
    return where.locator("button.line", has_text=words)


def lines(where: Locator) -> list[str]:
    """What stands in a list, each line with its depth."""
    items = where.locator("[data-line]").all()
    return [f"{item.get_attribute('data-line')}:{item.get_attribute('data-level')}" for item in items]


def status(page: Page) -> Locator:
    """What a screen reader is told of a move."""
    return page.locator("[data-module*='order'] [role=status]")


def middle(locator: Locator) -> tuple[float, float]:
    box = locator.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_lines_are_clicked_into_their_order_and_stay_where_they_are_after_a_miss(ada: Page, weather: Path) -> None:
    ask(ada, weather, "order", RECIPE)
    mark_document(ada)
    assert lines(program(ada)) == []
    for words in ("Boil", "Wait", "Put in", "Pour"):
        line(left(ada), words).click()
    expect(status(ada)).to_have_text("Pour it out: line 4 of 4")
    ada.get_by_role("button", name="Answer").click()
    expect(ada.get_by_text("Line 1 is right. Line 2 is the first out of place")).to_be_visible()
    expect(program(ada).locator(".wrong")).to_have_text("Wait for three minutes")
    assert lines(program(ada)) == ["boil:0", "wait:0", "leaves:0", "pour:0"]
    line(program(ada), "Put in").click()
    program(ada).get_by_role("button", name="Move up").click()
    ada.get_by_role("button", name="Answer").click()
    expect(ada.get_by_text("Right, at the second try.")).to_be_visible()
    assert is_same_document(ada)
    assert [one.given for one in Answer.objects.order_by("pk")] == ["boil wait leaves pour", "boil leaves wait pour"]


def test_a_program_is_built_by_keyboard_alone_and_every_move_is_told(ada: Page, weather: Path) -> None:
    ask(ada, weather, "order", CODE, INDENTED)
    for words in ("answer", "def", "row", "atomic", "commit", "sleep"):
        left(ada).locator(f"[data-line={words}] button.line").focus()
        ada.keyboard.press("Enter")
    expect(status(ada)).to_have_text("sleep(1): line 6 of 6, depth 0")
    line(program(ada), "sleep(1)").focus()
    ada.keyboard.press("Delete")
    expect(status(ada)).to_have_text("sleep(1): taken out, 5 lines in your program")
    line(program(ada), "return ok()").focus()
    for _ in range(4):
        ada.keyboard.press("ArrowDown")
    ada.keyboard.press("ArrowDown")  # it cannot go further
    ada.keyboard.press("ArrowRight")
    expect(line(program(ada), "return ok()")).to_be_focused()
    expect(status(ada)).to_have_text("return ok(): line 5 of 5, depth 1")
    line(program(ada), "order = create()").focus()
    ada.keyboard.press("ArrowDown")
    for words, depth in (("order = create()", 2), ("with atomic()", 1), ("on_commit(send)", 3)):
        line(program(ada), words).focus()
        for _ in range(depth):
            ada.keyboard.press("ArrowRight")
    ada.keyboard.press("ArrowLeft")
    expect(status(ada)).to_have_text("on_commit(send): line 4 of 5, depth 2")
    assert lines(program(ada)) == ["def:0", "atomic:1", "row:2", "commit:2", "answer:1"]
    ada.get_by_role("button", name="Answer").focus()
    ada.keyboard.press("Enter")
    expect(ada.get_by_text("Right, at the first try.")).to_be_visible()


def test_a_line_that_is_put_in_leaves_the_focus_with_those_that_are_left(ada: Page, weather: Path) -> None:
    ask(ada, weather, "order", RECIPE)
    first, second = lines(left(ada))[:2]
    left(ada).locator(f"[data-line={first.split(':')[0]}] button.line").focus()
    ada.keyboard.press("ArrowDown")
    ada.keyboard.press("ArrowUp")
    ada.keyboard.press("Enter")
    expect(left(ada).locator(f"[data-line={second.split(':')[0]}] button.line")).to_be_focused()


def test_a_mouse_drags_a_line_into_the_program_to_its_place_and_depth(ada: Page, weather: Path) -> None:
    ada.emulate_media(reduced_motion="reduce")  # a line that glides is not yet where it will be
    ask(ada, weather, "order", CODE, INDENTED)
    for words in ("def buy", "return ok"):
        line(left(ada), words).click()
    ada.mouse.move(*middle(line(left(ada), "with atomic()")))
    ada.mouse.down()
    x, y = middle(line(program(ada), "return ok"))
    for step in range(1, 11):  # over everything between, as a hand does
        ada.mouse.move(x + 4 * step, y + 5 + step, steps=2)
    expect(ada.locator(".held")).to_have_count(1)
    ada.mouse.up()
    expect(ada.locator(".held")).to_have_count(0)
    placed = lines(program(ada))
    assert [one.split(":")[0] for one in placed] == ["def", "atomic", "answer"]
    assert placed[1] != "atomic:0"
    expect(status(ada)).to_contain_text("with atomic():: line 2 of 3, depth")


def test_escape_lays_a_dragged_line_back(ada: Page, weather: Path) -> None:
    ada.emulate_media(reduced_motion="reduce")
    ask(ada, weather, "order", RECIPE)
    before = lines(left(ada))
    ada.mouse.move(*middle(line(left(ada), "Boil")))
    ada.mouse.down()
    ada.mouse.move(*middle(program(ada)), steps=8)
    assert lines(program(ada)) == ["boil:0"]
    ada.keyboard.press("Escape")
    ada.mouse.up()
    assert lines(program(ada)) == []
    assert lines(left(ada)) == before


def test_a_finger_taps_lines_in_moves_one_by_its_buttons_and_drags_one_by_its_grip(phone: Page, weather: Path) -> None:
    phone.emulate_media(reduced_motion="reduce")
    ask(phone, weather, "order", CODE, INDENTED)
    for words in ("def buy", "order =", "with atomic"):
        line(left(phone), words).tap()
    line(program(phone), "with atomic").tap()
    program(phone).get_by_role("button", name="Move up").tap()
    program(phone).get_by_role("button", name="Deeper").tap()
    assert lines(program(phone)) == ["def:0", "atomic:1", "row:0"]
    x, y = middle(left(phone).locator("[data-line=commit] .grip"))
    _, below = middle(program(phone).locator("[data-line=row]"))
    touch = phone.context.new_cdp_session(phone)
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 11):
        point = {"x": x + 4 * step, "y": y + (below + 70 - y) * step / 10}
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(program(phone).locator("[data-line]")).to_have_count(4)
    assert lines(program(phone)) == ["def:0", "atomic:1", "row:0", "commit:2"]
    assert overflow_px(phone) == 0


@pytest.mark.parametrize(("motion", "glides"), [("no-preference", True), ("reduce", False)])
def test_lines_glide_only_where_motion_is_welcome(ada: Page, weather: Path, motion, glides: bool) -> None:
    ada.emulate_media(reduced_motion=motion)
    ask(ada, weather, "order", RECIPE)
    moving = ada.evaluate(
        "() => { document.querySelector('[data-line=boil] .line').click(); return document.getAnimations().length }"
    )
    assert (moving > 0) is glides


def test_an_order_that_was_not_sent_survives_a_reload(ada: Page, weather: Path) -> None:
    ask(ada, weather, "order", CODE, INDENTED)
    line(left(ada), "def buy").click()
    line(left(ada), "with atomic").click()
    line(program(ada), "with atomic").focus()
    ada.keyboard.press("ArrowRight")
    ada.reload(wait_until="networkidle")
    expect(program(ada).locator("[data-line]")).to_have_count(2)
    assert lines(program(ada)) == ["def:0", "atomic:1"]
