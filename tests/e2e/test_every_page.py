"""Every page: accessible, on a phone's width, light and dark, without a request to another host."""

import pytest

from tests.e2e.steps import INSIDE, LAB, LESSON, QUEUED, QUIZ, predict, run
from tests.soundness import assert_accessible, assert_sound, overflow_px

pytestmark = pytest.mark.browser

TOPIC = "/quizzes/topics/redis-as-a-message-broker/"
PAGES = [
    *("/", "/labs/", LAB, "/labs/who-freezes-the-page/", "/labs/when-the-queue-loses/", LESSON),
    *("/claims/", "/claims/answer-sooner/", "/notebook/", "/quizzes/", QUIZ, "/no/such/page/"),
    *(f"{QUIZ}test/", "/quizzes/certainty/", "/quizzes/starred/", TOPIC, "/review/", "/staff/"),
    *("/me/", "/feedback/?about=/labs/", f"{LESSON}progress/"),
]
WIDTHS = [320, 390, 1280]


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_in_light_and_dark_and_nothing_scrolls_sideways(visit, path):
    page = visit(path)
    assert_accessible(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert overflow_px(page) == 0, f"at {width} px"
    visit.complaints[:] = [complaint for complaint in visit.complaints if "404" not in complaint]


def test_a_lab_with_results_is_accessible_and_fits_a_phone(visit):
    page = visit(LAB, viewport={"width": 390, "height": 800})
    predict(page)
    run(page, INSIDE)
    run(page, QUEUED)
    for part in page.locator("details > summary").all():
        part.click()
    assert_sound(page)


def test_a_home_page_with_results_is_accessible_and_fits_a_phone(visit):
    page = visit("/", viewport={"width": 390, "height": 800})
    page.get_by_label("about 300 ms sooner").check()
    run(page, INSIDE)
    run(page, QUEUED)
    page.get_by_label("stays where it was").check()
    page.wait_for_selector("[data-swap=inp-verdict] strong")
    assert_sound(page)


@pytest.mark.parametrize("path", ["/", LAB, LESSON, QUIZ])
def test_no_request_leaves_for_another_host(visit, path, live_course):
    page = visit("/labs/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(live_course.url + path)
    page.wait_for_load_state("networkidle")
    assert asked
    assert [url for url in asked if not url.startswith(live_course.url)] == []
