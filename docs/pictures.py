"""Takes the pictures of the README from the running course: `.venv/bin/python -m docs.pictures http://127.0.0.1:8000`."""

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from apparatus.browser import find_browser

FOLDER = Path(__file__).parent
INSIDE, QUEUED = "Send the mail inside the request", "Hand it to the queue"


VISUAL = "/lessons/redis-as-a-message-broker/visual/"
ROW = 8  # the message is in two places: in a worker's memory, and as a copy in Redis


def main(address: str) -> None:
    """Use the course at `address`, and picture it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        for picture in (first_experiment, recorded_run):
            page = browser.new_page(base_url=address, viewport={"width": 1120, "height": 740}, reduced_motion="reduce")
            picture(page)
        browser.close()


def first_experiment(page: Page) -> None:
    """The home page, both runs made."""
    page.goto("/")
    page.get_by_label("about 300 ms sooner").check()
    page.get_by_role("button", name=INSIDE).click()
    page.wait_for_selector("[data-swap=wait-inside] strong")
    page.locator("[data-condition=queued]:not([disabled]):not([aria-disabled=true])").click()
    page.wait_for_selector("[data-swap=verdict] strong")
    page.mouse.move(0, 0)
    page.screenshot(path=FOLDER / "first-experiment.png")


def recorded_run(page: Page) -> None:
    """The mode Visual, some rows into its first recording."""
    page.goto(VISUAL)
    page.locator(".runs").first.scroll_into_view_if_needed()
    stepper = page.locator(".runs.stepping").first
    for _ in range(ROW - 1):
        stepper.get_by_role("button", name="Next").click()
    page.mouse.move(0, 0)
    stepper.evaluate("stepper => stepper.scrollIntoView()")
    page.evaluate("document.activeElement.blur()")
    page.screenshot(path=FOLDER / "recorded-run.png")


if __name__ == "__main__":
    main(sys.argv[1])
