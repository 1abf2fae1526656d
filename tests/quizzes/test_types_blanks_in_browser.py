"""Ada in a real browser fills blanks: from tiles by click, key and mouse, and by typing."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.quizzes.asked_in_browser import ask
from tests.quizzes.test_in_browser import ada, chromium, is_same_document, mark_document
from tests.quizzes.test_types_blanks import CODE as BLANKS

__all__ = ["ada", "chromium"]  # fixtures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_tiles_fill_blanks_by_click_by_key_and_by_mouse_and_typing_still_works(ada: Page, weather: Path) -> None:
    ask(ada, weather, "blanks", BLANKS, "tiles: yes")
    mark_document(ada)
    ada.get_by_role("button", name="atomic").click()
    expect(ada.locator("[data-module*='blanks'] [role=status]")).to_have_text("atomic is in blank 1 of 3")
    ada.get_by_role("button", name="delay").focus()
    ada.keyboard.press("Enter")
    ada.get_by_label("Blank 3 of 3").fill("mail")
    assert [one.input_value() for one in ada.locator("input.blank").all()] == ["atomic", "delay", "mail"]
    ada.get_by_role("button", name="Answer").click()
    expect(ada.get_by_text("why-not-atomic")).to_be_visible()
    expect(ada.get_by_label("Blank 1 of 3, not right yet")).to_have_value("atomic")
    expect(ada.get_by_label("Blank 2 of 3, right")).to_have_value("delay")
    ada.get_by_role("button", name="on_commit").drag_to(ada.get_by_label("Blank 1 of 3"))
    expect(ada.get_by_label("Blank 1 of 3")).to_have_value("on_commit")
    ada.get_by_role("button", name="Answer").click()
    expect(ada.get_by_text("Right, at the second try.")).to_be_visible()
    assert is_same_document(ada)


def test_a_tile_goes_into_the_blank_that_was_last_in_focus(ada: Page, weather: Path) -> None:
    ask(ada, weather, "blanks", BLANKS, "tiles: yes")
    ada.get_by_label("Blank 2 of 3").click()
    ada.get_by_role("button", name="send").click()
    expect(ada.get_by_label("Blank 2 of 3")).to_have_value("send")
    expect(ada.get_by_label("Blank 1 of 3")).to_have_value("")
