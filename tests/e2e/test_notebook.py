"""Ada explains, looks inside Redis and reads her notebook, in a real browser: with JavaScript and without."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.steps import INSIDE, LAB, QUEUED, predict, run
from tests.soundness import assert_sound

pytestmark = pytest.mark.browser

SENTENCE = "The browser no longer waits for the mail server, the worker does."


def explain(page: Page) -> None:
    page.get_by_role("textbox", name="where did the time go").fill(SENTENCE)
    page.get_by_role("button", name="Keep it").click()
    page.get_by_label("The worker waits instead").check()
    page.get_by_role("button", name="Keep my ticks").click()


@pytest.fixture
def lab(visit) -> Page:
    """The lab on a phone, after a prediction and one run of each."""
    page = visit(LAB, viewport={"width": 390, "height": 800})
    predict(page)
    run(page, INSIDE)
    run(page, QUEUED)
    return page


def test_a_lab_explained_is_in_the_notebook_with_its_calibration(lab):
    explain(lab)
    expect(lab.locator("#steps")).to_contain_text("3 Explain done")
    question = lab.get_by_role("textbox", name="how many ms lie between")
    question.fill("1")
    question.press("Enter")
    expect(lab.locator("#explain")).to_contain_text("Your runs say")
    lab.get_by_role("link", name="Notebook", exact=True).click()
    expect(lab.locator("main")).to_contain_text(SENTENCE)
    expect(lab.locator("main")).to_contain_text("2 predictions measured")
    assert_sound(lab)


def test_what_is_written_but_not_sent_outlives_a_run(lab):
    field = lab.get_by_role("textbox", name="where did the time go")
    field.fill("Half a sen")
    run(lab, INSIDE)
    expect(field).to_have_value("Half a sen")


def test_a_look_inside_is_shown_in_place_and_outlives_a_run(lab):
    lab.get_by_role("heading", name="Inside Redis").click()
    lab.get_by_role("button", name="Look inside").click()
    look = lab.locator("#inside-look")
    expect(look).to_contain_text("A consumer has it")
    expect(look).to_contain_text("BRPOP")
    assert_sound(lab)
    run(lab, INSIDE)
    expect(look).to_contain_text("BRPOP")
    lab.evaluate("document.querySelector('#inside form').submit()")  # as a browser without scripts would
    expect(lab.get_by_role("heading", level=1)).to_contain_text("Inside Redis")
    assert_sound(lab)


def test_redis_away_is_told_where_the_look_was_asked_for(lab, live_course, visit):
    lab.get_by_role("heading", name="Inside Redis").click()
    with live_course.without("redis"):
        lab.get_by_role("button", name="Look inside").click()
        expect(lab.locator("#inside-look").get_by_role("alert")).to_contain_text("refuses connections", timeout=5000)
    visit.complaints.clear()  # the browser logs every answer of 503


def test_without_javascript_all_of_it_is_plain_forms(visit):
    page = visit(LAB, java_script_enabled=False)
    page.get_by_role("button", name="Go on without predicting").click()
    page.get_by_role("button", name=INSIDE).click()
    page.get_by_role("button", name=QUEUED).click()
    for _ in range(40):  # the queued run finishes after its answer, and a plain page shows it at the next look
        if page.get_by_role("button", name="Keep it").is_visible():
            break
        page.reload()
    explain(page)
    expect(page.locator("#explain")).to_contain_text("Read it off your own runs")
    page.get_by_role("heading", name="Inside Redis").click()
    page.get_by_role("button", name="Look inside").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Inside Redis")
    expect(page.locator("main")).to_contain_text("BRPOP")


def test_deleting_is_asked_about_and_takes_everything(visit):
    page = visit(LAB)
    predict(page)
    page.goto(page.url.partition("/labs/")[0] + "/notebook/")
    page.get_by_role("link", name="Delete all of it").click()
    assert_sound(page)
    page.get_by_role("button", name="Delete all of it").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("All of it is deleted")
    page.get_by_role("link", name="Notebook", exact=True).click()
    expect(page.get_by_role("link", name="Make your first prediction")).to_be_visible()
    assert_sound(page)
