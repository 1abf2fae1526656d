"""Takes the pictures of the README from the running course: `.venv/bin/python -m docs.pictures http://127.0.0.1:8000`."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from apparatus.browser import find_browser

FOLDER = Path(__file__).parent
INSIDE, QUEUED = "Send the mail inside the request", "Hand it to the queue"


def main(address: str) -> None:
    """Make the first experiment at `address` and picture it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1120, "height": 740})
        page.goto(address)
        page.get_by_label("about 300 ms sooner").check()
        page.get_by_role("button", name=INSIDE).click()
        page.wait_for_selector("[data-swap=wait-inside] strong")
        page.locator("[data-condition=queued]:not([disabled]):not([aria-disabled=true])").click()
        page.wait_for_selector("[data-swap=verdict] strong")
        page.mouse.move(0, 0)
        page.screenshot(path=FOLDER / "first-experiment.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
