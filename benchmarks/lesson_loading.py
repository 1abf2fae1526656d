"""How long a course of sixty lessons takes to load, and what one changed file costs the author.

    python -m benchmarks.lesson_loading [--lessons 60] [--rounds 5]

The course is our first lesson, sixty times: all its modes, programs and figures. Each round is a process of its own.

- cold: from nothing until the course map and every lesson's switch with its minutes can be shown. Texts are read; a
  page is rendered when somebody first asks for it.
- warm: the same again while an author works and nothing has changed.
- one changed: an author has saved one file and reloads its page, which then is the only one rendered.
- one lesson: every page of another lesson rendered and checked, as the content check does for all.

Prints a table; exit code 1 when a budget is exceeded.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.measuring import LESSON, ROOT, load_average, say, summary, table

COLD_S, WARM_S = 2.0, 0.2
STAGES = ("cold", "one page", "warm", "one changed", "one lesson")


def write_course(folder: Path, lessons: int) -> None:
    """Our lesson as many times as wanted, and the list of them."""
    ours = ROOT / "lessons" / "content"
    shutil.copy(ours / "glossary.md", folder)
    lines = []
    for number in range(1, lessons + 1):
        shutil.copytree(ours / LESSON, folder / f"lesson-{number}", ignore=shutil.ignore_patterns("__pycache__"))
        lines.append(f"{number}. Lesson {number} (web, redis) -> lesson-{number}\n   About it.\n")
    (folder / "contents.md").write_text("# The course\n\n" + "".join(lines), encoding="utf-8")


def measure_once(folder: Path) -> dict[str, float]:
    """Seconds of each stage, in this fresh process, and how many modes there are."""
    import django

    django.setup()
    from django.conf import settings
    from django.urls import reverse

    from lessons import catalog

    settings.AUTHOR = True
    reverse("home")  # what every process does at its first page, whatever the course
    found = {"cold": seconds(show_map)}
    found["one page"] = seconds(lambda: render("lesson-1"))
    found["warm"] = seconds(show_map)
    with (folder / "lesson-1" / "perf.md").open("a", encoding="utf-8") as text:
        text.write("\nOne more sentence.\n")
    found["one changed"] = seconds(lambda: render("lesson-1"))
    found["one lesson"] = seconds(lambda: check("lesson-2"))
    return found | {"modes": len(catalog.lesson_addresses())}


def show_map() -> None:
    """All that the course map and the switches of all lessons print."""
    from lessons.catalog import course_map

    for entry in course_map():
        assert entry.lesson, f"{entry.title} could not be read"
        assert all(text.title and text.minutes for text in entry.lesson.texts.values())


def render(slug: str) -> None:
    """One page's text as HTML."""
    from lessons.catalog import catalog

    assert catalog().lessons[slug].texts["perf"].rendered.html


def check(slug: str) -> None:
    """Every page of a lesson, with what is wrong with it."""
    from lessons.catalog import catalog

    course = catalog()
    lesson = course.lessons[slug]
    for text in lesson.texts.values():
        course.problems_on(lesson, text)


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def measure(lessons: int) -> dict[str, float]:
    """One round in a process and with a course of its own."""
    with tempfile.TemporaryDirectory() as folder:
        course, data = Path(folder, "course"), Path(folder, "data")
        course.mkdir()
        data.mkdir()
        write_course(course, lessons)
        environment = os.environ | {
            "LESSONS_DIR": str(course),
            "DATA_DIR": str(data),
            "SECRET_KEY": "only-for-this-benchmark",
            "DJANGO_SETTINGS_MODULE": "course.settings",
        }
        command = [sys.executable, "-m", "benchmarks.lesson_loading", "--in", str(course)]
        ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(ran.stdout)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lesson_loading", description=__doc__)
    parser.add_argument("--lessons", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--in", dest="folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.folder:
        print(json.dumps(measure_once(options.folder)))
        return 0
    say(f"load average {load_average()}")
    rounds = [measure(options.lessons) for _ in range(options.rounds)]
    spreads = {stage: summary([1000 * one[stage] for one in rounds]) for stage in STAGES}
    rows = [
        (stage, *(f"{spread[part]:.0f}" for part in ("median", "low", "high"))) for stage, spread in spreads.items()
    ]
    say(f"\n{options.lessons} lessons, {rounds[0]['modes']:.0f} modes\n")
    say(table(("stage", "median, ms", "low", "high"), rows))
    exceeded = [
        stage
        for stage, most_s in (("cold", COLD_S), ("warm", WARM_S))
        if (spreads[stage]["median"] or 0) > 1000 * most_s
    ]
    say("".join(f"\nOVER BUDGET: {stage}" for stage in exceeded) or "\nAll within budget.")
    return 1 if exceeded else 0


if __name__ == "__main__":
    sys.exit(main())
