"""What every page must be in whatever state: clean for axe by day and by night, and never wider than its screen."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Only findings are wanted, of all rules; the colours of the scheme are all that changes with it.
EVERYTHING = {"resultTypes": ["violations"], "preload": False}
COLOURS = EVERYTHING | {"runOnly": ["color-contrast", "link-in-text-block"]}


def assert_sound(page: Page) -> None:
    """Both."""
    assert overflow_px(page) == 0
    assert_accessible(page)


def assert_accessible(page: Page) -> None:
    """Axe finds nothing, in the light scheme and in the dark one."""
    page.emulate_media(color_scheme="light")
    found = Axe().run(page, options=EVERYTHING)
    assert found.violations_count == 0, found.generate_report()
    page.emulate_media(color_scheme="dark")
    found = Axe().run(page, options=COLOURS)
    assert found.violations_count == 0, f"in the dark scheme\n{found.generate_report()}"


def overflow_px(page: Page) -> int:
    """How far the page reaches past the screen's side."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
