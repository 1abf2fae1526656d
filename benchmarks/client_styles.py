"""Five ways a page can wait for a mail, each with the mail sent inside the request and handed to the queue.

    python -m benchmarks.client_styles [--clicks 16] [--dry]

Real clicks in a real Chromium, one new browser context with a new learner for each, all ten cells in turns. Writes
measured/client_styles.json beside the lesson, unless --dry.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from apparatus.browser import find_browser
from benchmarks.client_clicks import CONDITIONS, MAIL_MS, STYLES, Click, click_once
from benchmarks.client_figures import click_figures, publish_figures, tables, trace_figures
from benchmarks.client_trace import traced_click
from benchmarks.measuring import Figure, broker, child, in_turns, live_course, load_average, packages, say, write
from tests.live import LiveCourse

CELLS = [(style, condition) for style in STYLES for condition in CONDITIONS]
TRACED = [("fetch", condition) for condition in CONDITIONS]
FIRST_PUBLISHES = 9
WARM_UPS, PUBLISHES = 200, 3000
HTMX = "4.0.1"


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser of this machine, without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        yield browser
        browser.close()


def measure(course: LiveCourse, browser: Browser, clicks: int) -> dict[str, Figure]:
    """Every figure of this benchmark, from `clicks` clicks per cell."""
    for cell in CELLS:  # warm-up, not counted
        click_once(browser, course.url, *cell)
    counted: dict[tuple[str, str], list[Click]] = defaultdict(list)
    turns = in_turns(CELLS, clicks)
    for number, cell in enumerate(turns, 1):
        counted[cell].append(click_once(browser, course.url, *cell))
        say(f"{number:>4} of {len(turns)}  {'.'.join(cell):<18} {in_words(counted[cell][-1])}")
    return (
        {"mail_ms": MAIL_MS}
        | click_figures({cell: counted[cell] for cell in CELLS})
        | trace_figures(traced(course, browser, clicks))
        | publish_figures(*published(course))
    )


def traced(course: LiveCourse, browser: Browser, clicks: int) -> dict[tuple[str, str], list[Any]]:
    """What the browser did for the answer. Recording slows it, so these clicks are others than those that are timed."""
    found: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for cell in in_turns(TRACED, clicks):
        found[cell].append(traced_click(browser, course.url, cell[1]))
        say(f"traced  {'.'.join(cell):<18} {found[cell][-1]}")
    return found


def published(course: LiveCourse) -> tuple[list[float], list[float]]:
    """Durations in ms of a process's first publish, and of many in a warm one."""
    first = [_publisher(course, 2)["first_ms"] for _ in range(FIRST_PUBLISHES)]
    return first, _publisher(course, WARM_UPS + PUBLISHES)["warm_ms"][-PUBLISHES:]


def _publisher(course: LiveCourse, publishes: int) -> Any:
    return child("labs.email_in_request.publisher", str(publishes), environment=course.startup.environment)


def in_words(click: Click) -> str:
    """One click on one line."""
    inp = "none" if click["inp_ms"] is None else f"{click['inp_ms']:.0f} ms"
    return f"final text {click['final_text_ms']:>4.0f} ms, INP {inp}, longest freeze {click['freeze_ms']:.0f} ms"


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.client_styles", description=__doc__)
    parser.add_argument("--clicks", type=int, default=16, help="counted clicks per cell")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    before = load_average()
    with live_course() as course, chromium() as browser:
        figures = measure(course, browser, options.clicks)
        versions = {"Chromium": browser.version, **packages("Django", "Celery"), **broker(course.binary), "htmx": HTMX}
    say(f"\n{tables(figures)}\n")
    if not options.dry:
        note = "browser and server on one machine"
        write("client_styles", figures, note=note, versions=versions, load=(before, load_average()))


if __name__ == "__main__":
    main()
