"""Every page: accessible, on a phone's width, light and dark, without a request to another host."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.steps import INSIDE, LAB, LESSON, QUEUED, QUIZ, predict, run

pytestmark = pytest.mark.browser

TOPIC = "/quizzes/topics/redis-as-a-message-broker/"
PAGES = [
    *("/", "/labs/", LAB, "/labs/who-freezes-the-page/", "/labs/when-the-queue-loses/", LESSON),
    *("/claims/", "/claims/answer-sooner/", "/notebook/", "/quizzes/", QUIZ, "/no/such/page/"),
    *(f"{QUIZ}test/", "/quizzes/certainty/", "/quizzes/starred/", TOPIC, "/review/", "/staff/"),
    *("/me/", "/feedback/?about=/labs/", f"{LESSON}progress/"),
]
WIDTHS = [320, 390, 1280]


def overflow_px(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_in_light_and_dark_and_nothing_scrolls_sideways(visit, path):
    page = visit(path)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
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
    assert overflow_px(page) == 0
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def test_a_home_page_with_results_is_accessible_and_fits_a_phone(visit):
    page = visit("/", viewport={"width": 390, "height": 800})
    page.get_by_label("about 300 ms sooner").check()
    run(page, INSIDE)
    run(page, QUEUED)
    page.get_by_label("stays where it was").check()
    page.wait_for_selector("[data-swap=inp-verdict] strong")
    assert overflow_px(page) == 0
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("path", ["/", LAB, LESSON, QUIZ])
def test_no_request_leaves_for_another_host(visit, path, live_course):
    page = visit("/labs/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(live_course.url + path)
    page.wait_for_load_state("networkidle")
    assert asked
    assert [url for url in asked if not url.startswith(live_course.url)] == []
