"""The labs in Firefox: what it measures is shown, and what it does not report is said."""

from collections.abc import Iterator

import pytest

from tests.e2e.firefox import Firefox, firefox
from tests.e2e.test_who_freezes import LAB, MAIL_MS, PATH
from tests.live import LiveCourse

pytestmark = [pytest.mark.browser, pytest.mark.alone]

STATUS = "document.querySelector('[data-status]').textContent"
IS_FREE = "!document.querySelector('[data-run-form]').hasAttribute('data-busy')"


@pytest.fixture(scope="module")
def fox(tmp_path_factory: pytest.TempPathFactory, live_course: LiveCourse) -> Iterator[Firefox]:
    """Firefox at the lab, of somebody who went on without a prediction."""
    with firefox(tmp_path_factory.mktemp("firefox")) as browser:
        browser.go(live_course.url + PATH)
        browser.click("[name=skip]")
        browser.until(
            "document.querySelector('[data-ready]') !== null && document.querySelector('[name=skip]') === null",
            what="the run stage",
        )
        yield browser


def run(fox: Firefox, slug: str) -> dict:
    """Press one way's button and wait until the page has told its run."""
    said = LAB.condition(slug).label
    fox.value("document.querySelector('[data-status]').textContent = ''")
    fox.click(f"#b-{slug}")
    fox.until(f"{STATUS}.includes('{said}: INP') && {IS_FREE}", what=f"the run {slug}")
    own = f"fetch('{PATH}runs.json?mail_wait_ms={MAIL_MS}').then(answer => answer.json())"
    newest = fox.value(own)["runs"][-1]
    assert newest["condition"] == slug
    return newest


def test_a_synchronous_request_freezes_this_engine_too_and_the_frames_show_it(fox):
    frozen, painting = run(fox, "xhr-slow"), run(fox, "fetch-slow")
    assert frozen["frame_gap_ms"] > 250
    assert painting["frame_gap_ms"] < 100
    assert painting["feedback_ms"] > 0.9 * MAIL_MS


def test_optimistic_text_and_the_queue_shorten_what_they_shorten_here_too(fox):
    slow, fast, first = run(fox, "swap-slow"), run(fox, "swap-fast"), run(fox, "optimistic-slow")
    assert slow["feedback_ms"] > 2 * fast["feedback_ms"]
    assert slow["feedback_ms"] > 2 * first["feedback_ms"]


def test_a_form_tells_first_byte_and_largest_paint_of_the_next_page(fox):
    slow, fast = run(fox, "form-slow"), run(fox, "form-fast")
    assert slow["ttfb_ms"] > 2 * fast["ttfb_ms"]
    assert slow["feedback_ms"] > slow["ttfb_ms"]


def test_what_it_does_not_report_is_said(fox):
    run(fox, "fetch-fast")
    page = fox.value("document.querySelector('[data-swap=results]').parentElement.parentElement.textContent")
    for missing in ("Long task", "Long animation frame", "Paint that the click caused"):
        assert f"{missing}: your browser does not report this." in page
