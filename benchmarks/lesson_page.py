"""What a lesson page costs: processor time against a view of the same bytes, queries, and what a first view transfers.

    python -m benchmarks.lesson_page [--rounds 5] [--requests 400]

Both views are served by the same uvicorn process through the same middleware, asked in turns on one connection that
accepts gzip. Prints tables; exit code 1 when a budget is exceeded.
"""

import argparse
import http.client
import json
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Browser

from apparatus.probe import fetch
from benchmarks.client_styles import chromium
from benchmarks.first_view import FirstView, first_view
from benchmarks.measuring import LESSON, in_turns, live_course, load_average, say, summary, table
from lessons.modes import MODES
from tests.live import LiveCourse

PAGE = f"/lessons/{LESSON}/perf/"
FIXED = f"/benchmarks/fixed/{LESSON}/perf/"
LAB = "/labs/email-in-request/"
WARM_UPS = 100
# Budgets
CPU_RATIO = 2.0
LESSON_BYTES, LESSON_REQUESTS, SCRIPT_BYTES = 25_000, 5, 10_000
LAB_BYTES = 40_000


@dataclass(frozen=True)
class Cost:
    """Of one request: processor time of the server in microseconds, and the median wait in ms."""

    cpu_us: float
    wait_ms: float


def cost(connection: http.client.HTTPConnection, cpu_url: str, path: str, requests: int) -> Cost:
    """Ask `requests` times on one connection."""
    waits_ms = []
    before_s = cpu_s(cpu_url)
    for _ in range(requests):
        started = time.perf_counter()
        ask(connection, path)
        waits_ms.append(1000 * (time.perf_counter() - started))
    return Cost(1e6 * (cpu_s(cpu_url) - before_s) / requests, statistics.median(waits_ms))


def ask(connection: http.client.HTTPConnection, path: str) -> bytes:
    """One whole answer, compressed."""
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    response = connection.getresponse()
    body = response.read()
    assert (response.status, response.headers["Content-Encoding"]) == (200, "gzip"), f"{path}: {response.status}"
    return body


def cpu_s(cpu_url: str) -> float:
    """User and system time of the web process so far, all its threads together, as it says itself."""
    return float(fetch(cpu_url)[1])


def costs(course: LiveCourse, rounds: int, requests: int) -> dict[str, list[Cost]]:
    """Both pages, in turns."""
    connection = http.client.HTTPConnection(urlsplit(course.url).netloc)
    cpu_url = f"{course.url}/benchmarks/cpu"
    assert ask(connection, PAGE) == ask(connection, FIXED), "The two pages are not the same bytes."
    for path in (PAGE, FIXED):
        cost(connection, cpu_url, path, WARM_UPS)
    found: dict[str, list[Cost]] = defaultdict(list)
    for path in in_turns((PAGE, FIXED), rounds):
        found[path].append(cost(connection, cpu_url, path, requests))
        say(f"{path}: {found[path][-1].cpu_us:.0f} us of processor time, {found[path][-1].wait_ms:.2f} ms")
    return found


def cpu_table(found: dict[str, list[Cost]]) -> tuple[str, float]:
    """The table, and how many times the processor time of the fixed bytes the page takes."""
    ratio = statistics.median(page.cpu_us / fixed.cpu_us for page, fixed in zip(found[PAGE], found[FIXED], strict=True))
    rows = [
        (name, *(f"{spread['median']} ({spread['low']} to {spread['high']})" for spread in spreads(found[path])))
        for name, path in (("lesson page", PAGE), ("fixed bytes, same middleware", FIXED))
    ]
    return table(("", "CPU per request, us", "median wait, ms"), rows), ratio


def spreads(of: Sequence[Cost]) -> tuple[dict[str, float | None], dict[str, float | None]]:
    """Processor times and waits over the rounds."""
    return summary([round(one.cpu_us) for one in of]), summary([one.wait_ms for one in of])


def queries(course: LiveCourse, path: str) -> int:
    """Database queries of a page for somebody who has never been here."""
    found = json.loads(fetch(f"{course.url}/benchmarks/queries?path={path}")[1])
    assert found["status"] == 200, found
    return int(found["queries"])


def view_table(views: dict[str, FirstView]) -> str:
    """What the first views transferred."""
    head = ("first view of", "requests", "KB transferred", "of it scripts", "other hosts", "files")
    rows = [
        (name, view.requests, f"{view.bytes / 1000:.1f}", f"{view.script_bytes / 1000:.1f}", view.strangers, view.files)
        for name, view in views.items()
    ]
    return table(head, rows)


def over_budget(ratio: float, asked: int, views: dict[str, FirstView]) -> list[str]:
    """Every budget that is exceeded, in words."""
    lessons = [view for name, view in views.items() if name.startswith("lesson page")]
    checks = {
        f"lesson page at most {CPU_RATIO:g} times the CPU of the fixed bytes": ratio <= CPU_RATIO,
        "lesson page without a query": asked == 0,
        f"lesson page at most {LESSON_BYTES // 1000} KB": all(lesson.bytes <= LESSON_BYTES for lesson in lessons),
        f"lesson page at most {LESSON_REQUESTS} requests": all(
            lesson.requests <= LESSON_REQUESTS for lesson in lessons
        ),
        f"lesson page at most {SCRIPT_BYTES // 1000} KB of scripts": all(
            lesson.script_bytes <= SCRIPT_BYTES for lesson in lessons
        ),
        f"lab page at most {LAB_BYTES // 1000} KB": all(
            view.bytes <= LAB_BYTES for name, view in views.items() if "lab" in name
        ),
        "no other host": not any(view.strangers for view in views.values()),
    }
    return [what for what, holds in checks.items() if not holds]


def first_views(browser: Browser, url: str) -> dict[str, FirstView]:
    """The pages with a budget, each in a browser that has never been here."""
    return {
        **{f"lesson page, {mode.label}": first_view(browser, url, f"/lessons/{LESSON}/{mode.slug}/") for mode in MODES},
        "lab page": first_view(browser, url, LAB),
        "lab page, after the prediction": first_view(browser, url, LAB, past_predicting=True),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lesson_page", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=400, help="of each view in each round")
    options = parser.parse_args(arguments)
    say(f"load average {load_average()}")
    with live_course() as course:
        cpu, ratio = cpu_table(costs(course, options.rounds, options.requests))
        asked = queries(course, PAGE)
        with chromium() as browser:
            views = first_views(browser, course.url)
    say(f"\n{cpu}\n\nRatio {ratio:.2f}, median over the rounds. Queries of the lesson page: {asked}.")
    say(f"\n{view_table(views)}")
    exceeded = over_budget(ratio, asked, views)
    say("".join(f"\nOVER BUDGET: {what}" for what in exceeded) or "\nAll within budget.")
    return 1 if exceeded else 0


if __name__ == "__main__":
    sys.exit(main())
