"""Ada guesses before she reads on: with JavaScript, without it, and when the guess cannot be kept."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.steps import INSIDE, LAB, LESSON, predict, run

pytestmark = pytest.mark.browser


def first_guess(page: Page):
    """The block of the first guess on the page, scrolled to: what is not near the screen has no script yet."""
    guess = page.locator("[data-slug$='/perf/inp']")
    guess.scroll_into_view_if_needed()
    return guess


def test_a_first_visit_asks_nothing_and_a_guess_is_kept_for_the_next(visit):
    page = visit(LESSON)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.split("/", 3)[3]))
    page.reload()
    guess = first_guess(page)
    refutation = page.get_by_role("heading", name="Does not hold for a form")
    expect(guess.get_by_role("button", name="Note it and show")).to_be_visible()
    expect(refutation).to_be_hidden()
    assert "me.json" not in asked
    assert page.context.cookies() == []

    guess.get_by_label("stays where it was").check()
    with page.expect_response("**/guesses/") as kept:
        guess.get_by_role("button", name="Note it and show").click()
    assert kept.value.status == 201
    expect(refutation).to_be_visible()
    expect(guess.locator("p:focus")).to_have_text("You guessed: stays where it was.")

    page.reload()
    guess.scroll_into_view_if_needed()
    expect(guess.get_by_text("You guessed: stays where it was.")).to_be_visible()
    expect(refutation).to_be_visible()


def test_who_passes_sees_it_too_and_guesses_are_not_sent_empty(visit):
    guess = first_guess(visit(LESSON))
    guess.get_by_role("button", name="Note it and show").click()
    expect(guess.get_by_role("group", name="Your guess first")).to_be_visible()  # the browser asks for a choice
    guess.get_by_role("button", name="Just show me").click()
    expect(guess.get_by_text("You passed on the guess.")).to_be_visible()


def test_without_javascript_the_options_are_read_and_the_rest_is_behind_a_summary(visit):
    page = visit(LESSON, java_script_enabled=False)
    guess = first_guess(page)
    expect(guess.get_by_text("stays where it was", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="Does not hold for a form")).to_be_hidden()
    guess.get_by_text("Just show me").click()
    expect(page.get_by_role("heading", name="Does not hold for a form")).to_be_visible()


def test_a_guess_that_cannot_be_kept_is_still_shown_with_the_reason(visit):
    page = visit(LESSON)
    page.route("**/guesses/", lambda route: route.abort())
    guess = first_guess(page)
    guess.get_by_label("rises").check()
    guess.get_by_role("button", name="Note it and show").click()
    expect(guess.get_by_text("You guessed: rises.")).to_be_visible()
    expect(guess.get_by_role("alert")).to_contain_text("could not be kept")
    visit.complaints.clear()  # the browser reports the request that was cut off


def test_who_has_measured_it_in_the_lab_is_not_asked_any_more(visit):
    page = visit(LAB)
    predict(page)
    run(page, INSIDE)
    page.goto(page.url.partition("/labs")[0] + LESSON)
    guess = page.locator("[data-slug$='/perf/sooner']")
    guess.scroll_into_view_if_needed()
    expect(guess.get_by_text("You have measured this in its lab.")).to_be_visible()
    expect(page.get_by_role("heading", name="Holds, measured here")).to_be_visible()
