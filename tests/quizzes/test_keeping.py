"""What Ada has written stays: over a reload, the back button, a dead network and a server that was away."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from quizzes.models import Answer, Attempt, Star
from tests.quizzes.conftest import WEATHER, address
from tests.quizzes.test_in_browser import ada, choose, chromium, is_same_document, mark_document, visit

__all__ = ["ada", "chromium"]  # fixtures
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def weather_with_a_hint_and_a_test(weather: Path) -> None:
    text = WEATHER.replace("lab: open-window\n", "lab: open-window\nmodes: check, test\n")
    weather.write_text(text.replace("level: easy\n", "level: easy\nhint: Look closely.\n", 1))


def dust(page: Page) -> Locator:
    """The first option."""
    return page.get_by_label("dust from the clouds")


def test_a_choice_not_sent_yet_survives_reload_and_back(ada: Page) -> None:
    visit(ada, address())
    dust(ada).check()
    visit(ada, address())
    expect(dust(ada)).to_be_checked()

    visit(ada, "/quizzes/")
    ada.go_back()
    expect(dust(ada)).to_be_checked()


def test_a_sent_answer_leaves_no_draft_behind(ada: Page) -> None:
    visit(ada, address())
    choose(ada, "dust from the clouds")
    expect(ada.locator("#verdict-snow")).to_be_focused()
    assert ada.evaluate("Object.keys(localStorage).filter(key => key.startsWith('answer ')).length") == 0


def test_without_a_network_the_answer_stays_and_can_be_sent_later(ada: Page) -> None:
    visit(ada, address())
    mark_document(ada)
    ada.context.set_offline(True)
    choose(ada, "dust from the clouds")
    expect(ada.get_by_role("alert")).to_contain_text("There is no network.")
    expect(dust(ada)).to_be_checked()
    assert not Answer.objects.exists()

    ada.context.set_offline(False)
    ada.get_by_role("button", name="Answer").click()
    expect(ada.locator("#verdict-snow")).to_be_focused()
    assert is_same_document(ada)
    assert [answer.given for answer in Answer.objects.all()] == ["dye"]


def test_a_server_that_is_away_loses_nothing(ada: Page) -> None:
    visit(ada, address())
    dust(ada).check()
    ada.route(f"**{address()}", lambda route: route.abort("connectionrefused"))
    ada.get_by_role("button", name="Answer").click()
    expect(ada.get_by_role("alert")).to_contain_text("The course did not answer.")
    ada.unroute(f"**{address()}")

    visit(ada, address())
    expect(dust(ada)).to_be_checked()
    assert not Answer.objects.exists()


def test_a_hint_keeps_the_choice_and_a_star_can_be_taken_back(ada: Page) -> None:
    visit(ada, address())
    mark_document(ada)
    dust(ada).check()
    ada.get_by_role("button", name="Show a hint").click()
    expect(ada.get_by_text("Look closely.")).to_be_visible()
    expect(dust(ada)).to_be_checked()

    ada.get_by_role("button", name="Star").click()
    expect(ada.get_by_role("button", name="Starred")).to_be_visible()
    expect(ada.get_by_text("Look closely.")).to_be_visible()
    assert Star.objects.count() == 1
    ada.get_by_role("button", name="Starred").click()
    expect(ada.get_by_role("button", name="Star", exact=False)).to_have_attribute("aria-pressed", "false")
    assert not Star.objects.exists()
    assert is_same_document(ada)
    assert not Answer.objects.exists()


def test_a_test_goes_on_from_question_to_question_by_keyboard(ada: Page) -> None:
    visit(ada, "/quizzes/weather/test/")
    ada.get_by_role("button", name="Begin the test").press("Enter")
    for number in (1, 2, 3):
        expect(ada.get_by_text(f"Question {number} of 3")).to_be_visible()
        ada.wait_for_load_state("networkidle")
        ada.get_by_role("radio").first.press("Space")
        ada.get_by_role("button", name="Save this answer").press("Enter")
    ada.get_by_role("button", name="Hand in").press("Enter")
    expect(ada.get_by_role("heading", name="Your result")).to_be_visible()
    assert Attempt.objects.get().finished_at is not None
    assert all(answer.took_ms for answer in Answer.objects.all())


def test_a_saved_answer_of_a_test_is_not_overwritten_by_an_old_draft(ada: Page) -> None:
    visit(ada, "/quizzes/weather/test/")
    ada.get_by_role("button", name="Begin the test").click()
    ada.get_by_role("radio").nth(0).check()
    place = ada.url
    ada.get_by_role("button", name="Save this answer").click()
    ada.wait_for_url("**/2/")
    visit(ada, place)
    expect(ada.get_by_role("radio").nth(0)).to_be_checked()

    ada.get_by_role("radio").nth(1).check()
    ada.get_by_role("button", name="Save this answer").click()
    ada.wait_for_url("**/2/")
    visit(ada, place)
    expect(ada.get_by_role("radio").nth(1)).to_be_checked()
