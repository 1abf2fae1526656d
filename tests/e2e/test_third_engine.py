"""Safari's engine: Ada guesses and runs, follows a recording, answers inside a lesson, and freezes a page."""

from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from selenium.common.exceptions import WebDriverException
from selenium.webdriver import WebKitGTK
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from apparatus.browser import find_webkit, is_debian
from apparatus.probe import wait_until
from tests.e2e.steps import INSIDE, QUEUED
from tests.e2e.webkit import ANSWER_WITHIN_S, webkit
from tests.live import LiveCourse

pytestmark = pytest.mark.browser

T = TypeVar("T")
LESSON = "/lessons/redis-as-a-message-broker"
FREEZES = "/labs/who-freezes-the-page/"


@pytest.fixture(scope="module")
def driver() -> Iterator[WebKitGTK]:
    """WebKit as Debian has it; other systems have none to drive."""
    program = find_webkit()
    if not program and not is_debian():
        pytest.skip("WebKit is driven on Debian only: its packages webkit2gtk-driver and xvfb.")
    assert program, "No WebKit to test with: apt-get install webkit2gtk-driver xvfb."
    with webkit(program) as driver:
        yield driver


class Safari:
    """Ada's window on the course."""

    def __init__(self, driver: WebKitGTK, url: str) -> None:
        self.driver, self.url = driver, url

    def visit(self, path: str) -> None:
        """Go there."""
        self.driver.get(self.url + path)

    def all(self, selector: str) -> list[WebElement]:
        """The elements that are there now."""
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector: str) -> WebElement:
        """The first of them, once it is there; in the middle of the window."""
        return self.until(lambda: self.all(selector)[0], what=selector)

    def click(self, element: WebElement) -> None:
        """A real click, in the middle of the window."""
        self.driver.execute_script("arguments[0].scrollIntoView({ block: 'center' })", element)
        element.click()

    def press(self, name: str, where: str = "main") -> None:
        """Click the button with this name once it can be pressed."""

        def ready() -> WebElement | None:
            buttons = [button for button in self.all(f"{where} button") if button.text.startswith(name)]
            usable = [one for one in buttons if one.is_enabled() and one.get_attribute("aria-disabled") != "true"]
            return usable[0] if usable else None

        self.click(self.until(ready, what=f"the button {name}"))

    def reads(self, selector: str, words: str) -> None:
        """Wait until an element says these words."""
        self.until(lambda: words in self.one(selector).text, what=f"{words!r} in {selector}")

    def until(self, found: Callable[[], T | None], what: str) -> T:
        """What is found, once there is something."""

        def there() -> T | None:
            try:
                return found()
            except (IndexError, WebDriverException):  # not there yet, or replaced at this moment
                return None

        return wait_until(there, what=what, timeout_s=ANSWER_WITHIN_S, interval_s=0.05)


@pytest.fixture
def ada(driver: WebKitGTK, live_course: LiveCourse) -> Safari:
    """Ada, who has never been here."""
    safari = Safari(driver, live_course.url)
    safari.visit("/")
    driver.delete_all_cookies()
    return safari


def test_a_guess_two_runs_and_the_verdict(ada: Safari) -> None:
    ada.visit("/")
    ada.click(next(label for label in ada.all("#experiment label") if "about 300 ms sooner" in label.text))
    for name, way in ((INSIDE, "inside"), (QUEUED, "queued")):
        ada.press(name)
        ada.reads(f"[data-swap=wait-{way}]", " ms.")
    ada.reads("[data-swap=verdict]", "You guessed about 300 ms sooner.")
    assert len(ada.all("[data-swap=results] svg, .tl svg")) >= 2


LINE = "text-decoration-line"


def test_links_can_be_told_from_text_and_the_page_from_other_pages(ada: Safari) -> None:
    ada.visit(f"{LESSON}/perf/")
    assert ada.one("main p a").value_of_css_property(LINE) == "underline"
    assert ada.one(".top [aria-current]").value_of_css_property(LINE) == "underline"
    assert ada.one(".top nav a:not([aria-current])").value_of_css_property(LINE) == "none"


def test_a_recorded_run_is_walked_through(ada: Safari) -> None:
    ada.visit(f"{LESSON}/visual/")
    ada.driver.execute_script("document.querySelector('.runs').scrollIntoView()")
    ada.one(".runs.stepping")
    for _ in range(7):
        ada.press("Next", ".runs")
    ada.reads(".said", "Worker 1 leaves a copy")
    assert len(ada.all(".runs.stepping .letter.there")) == 2
    assert ada.one(".flipped").value_of_css_property("rotate") == "180deg"


def test_a_gap_is_filled_inside_the_lesson(ada: Safari) -> None:
    ada.visit(f"{LESSON}/try/")
    ada.click(ada.one("[data-answer-here]"))
    ada.press("brpop", ".yours")
    ada.press("Answer", ".yours")
    ada.reads("[id^=verdict]", "Right, at the first try.")
    assert ada.driver.current_url.endswith("/try/")


def test_a_frozen_page_is_told_without_the_figure_that_this_engine_lacks(ada: Safari) -> None:
    ada.visit(FREEZES)
    ada.press("Go on without predicting")
    ada.until(lambda: ada.all("[data-ready]") and not ada.all("[name=skip]"), what="the stage where it runs")
    ada.click(ada.one("#b-xhr-slow"))
    ada.reads("[data-status]", "Synchronous XHR, slow server: INP not reported, text painted after ")
    ada.reads("main", "INP of the click: your browser does not report this.")
