"""Ada in a real browser turns a card over and says herself how it went."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from quizzes.models import Answer
from tests.quizzes.asked_in_browser import ask
from tests.quizzes.test_in_browser import ada, chromium, is_same_document, mark_document

__all__ = ["ada", "chromium"]  # fixtures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_card_is_turned_and_graded_without_a_page_load(ada: Page, weather: Path) -> None:
    ask(ada, weather, "card", "= To **low** pressure: the-back.")
    mark_document(ada)
    expect(ada.get_by_role("button", name="Answer", exact=True)).to_have_count(0)
    ada.get_by_role("button", name="Turn the card over").press("Enter")
    expect(ada.get_by_text("the-back")).to_be_visible()
    expect(ada.locator("[data-says]")).to_be_focused()
    ada.get_by_role("button", name="I knew it").press("Enter")
    expect(ada.get_by_text("Noted: you knew it.")).to_be_visible()
    assert is_same_document(ada)
    assert Answer.objects.get().given == "knew"
