"""What a browser that has never been here transfers for each mode of the lesson: at most 5 requests and 25 KB."""

import pytest
from playwright.sync_api import Browser

from benchmarks.first_view import first_view
from benchmarks.lesson_page import LESSON_BYTES, LESSON_REQUESTS, SCRIPT_BYTES
from lessons.modes import MODES
from tests.e2e.steps import LESSON
from tests.live import LiveCourse

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("mode", [mode.slug for mode in MODES])
def test_the_first_view_of_a_mode_stays_small(browser: Browser, live_course: LiveCourse, mode: str) -> None:
    view = first_view(browser, live_course.url, LESSON.replace("/perf/", f"/{mode}/"))
    assert view.requests <= LESSON_REQUESTS, view.files
    assert view.bytes <= LESSON_BYTES, view.files
    assert view.script_bytes <= SCRIPT_BYTES, view.files
    assert view.strangers == 0
