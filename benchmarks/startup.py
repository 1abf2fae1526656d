"""How long a second `./up` takes to the first lesson, and to the first queued run of the first lab.

    python -m benchmarks.startup [--rounds 5]

In a data folder of its own, after a first start that is not counted. Prints a table; exit code 1 over budget.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from apparatus.ports import free_port
from apparatus.probe import fetch, wait_until
from benchmarks.measuring import LESSON, ROOT, load_average, say, summary, table
from tests.visitor import Visitor

LESSON_BUDGET_S = 3.0
LAB_BUDGET_S = 5.0
PATIENCE_S = 120.0


def start_once(environment: dict[str, str]) -> tuple[float, float]:
    """Start the course, and stop it again: seconds to the first lesson page, and to the end of a queued run."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    started = time.monotonic()
    up = subprocess.Popen(
        [sys.executable, ROOT / "up", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL, cwd=ROOT
    )
    try:
        wait_until(lambda: up.poll() is not None or has_lesson(url), what="the lesson", timeout_s=PATIENCE_S)
        lesson_s = time.monotonic() - started
        ada = Visitor(url)
        ada.until_final(ada.run("queued", mail_wait_ms=0).json)
        return lesson_s, time.monotonic() - started
    finally:
        up.terminate()
        up.wait()


def has_lesson(url: str) -> bool:
    """Whether the lesson is served."""
    with suppress(OSError):
        return fetch(f"{url}/lessons/{LESSON}/perf/")[0] == 200
    return False


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.startup", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args(arguments)
    say(f"load average {load_average()}")
    lessons_s, labs_s = [], []
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        given = ("SITE_URL", "REDIS_URL", "DATABASE_URL", "SMTP_BASE_PORT", "AUTHOR", "DJANGO_SETTINGS_MODULE")
        environment = {name: value for name, value in os.environ.items() if name not in given}
        environment["DATA_DIR"] = str(Path(folder) / "data")
        first = start_once(environment)
        say(f"first start, not counted: lesson {first[0]:.2f} s, queued run {first[1]:.2f} s")
        for _ in range(options.rounds):
            lesson_s, lab_s = start_once(environment)
            say(f"lesson {lesson_s:.2f} s, queued run {lab_s:.2f} s")
            lessons_s.append(lesson_s)
            labs_s.append(lab_s)
    return report(lessons_s, labs_s)


def report(lessons_s: list[float], labs_s: list[float]) -> int:
    """Print the table. Returns the exit code."""
    found = (("first lesson", summary(lessons_s), LESSON_BUDGET_S), ("lab-ready", summary(labs_s), LAB_BUDGET_S))
    rows = [(name, s["median"], f"{s['low']} to {s['high']}", s["n"], f"{budget:g}") for name, s, budget in found]
    say("\n" + table(("second start to", "median, s", "spread, s", "n", "budget, s"), rows))
    return int(any((s["median"] or 0) > budget for _, s, budget in found))


if __name__ == "__main__":
    sys.exit(main())
