"""All lessons of the course, in the order of contents.md.

Texts are read once. With settings.AUTHOR they are read again as soon as a file has changed.
"""

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings

from authoring.lanes import LANE_BY_SLUG
from authoring.problems import Problem, did_you_mean
from lessons.lesson import LESSON_FILE, Lesson, read_lesson

CONTENT = Path(__file__).parent / "content"
# 1. Redis as a message broker (browser, web, redis, worker, mail) -> redis-as-a-message-broker
ENTRY = re.compile(r"(\d+)\. (.+?) \(([a-z, ]+)\) -> ([a-z0-9-]+)\s*")
PLANNED = "planned"
HOW_TO_WRITE = "Write `1. Title (web, redis) -> folder`, or `-> planned`, and one line about it below, indented."


@dataclass(frozen=True)
class CourseEntry:
    """A line of the course map. `lesson` is None while it is only planned."""

    number: int
    title: str
    about: str
    lanes: tuple[str, ...]
    lesson: Lesson | None


@dataclass(frozen=True)
class Catalog:
    """The course as it could be read, with all problems of its texts."""

    entries: tuple[CourseEntry, ...]
    lessons: Mapping[str, Lesson]
    problems: tuple[Problem, ...]


def course_map() -> tuple[CourseEntry, ...]:
    """Every lesson, written or planned, in order."""
    return catalog().entries


def lesson_addresses() -> list[str]:
    """The address of every mode that is written, in the order of the course."""
    return [
        f"/lessons/{entry.lesson.slug}/{mode}/" for entry in course_map() if entry.lesson for mode in entry.lesson.texts
    ]


def catalog() -> Catalog:
    """The course, read at first use."""
    version = _version(CONTENT) if settings.AUTHOR else ""
    with _lock:
        if version not in _read:
            fresh = read_catalog(CONTENT)
            _read.clear()
            _read[version] = fresh
        return _read[version]


def forget() -> None:
    """Read everything again at next use."""
    with _lock:
        _read.clear()


_lock = threading.Lock()
_read: dict[str, Catalog] = {}


def read_catalog(content: Path) -> Catalog:
    """Read contents.md and the lessons it names from a folder. Raises nothing: what is wrong is in `problems`."""
    path = content / "contents.md"
    entries, problems = _entries(path)
    listed = {entry.lesson.slug: entry.lesson for entry in entries if entry.lesson}
    problems += _unlisted(path, content, set(listed))
    for lesson in listed.values():
        problems += lesson.problems
    return Catalog(tuple(entries), listed, tuple(_shorter(problem, content) for problem in problems))


def _entries(path: Path) -> tuple[list[CourseEntry], list[Problem]]:
    entries: list[CourseEntry] = []
    problems: list[Problem] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found = ENTRY.fullmatch(line)
        if found:
            entries.append(_entry(found, path.parent))
            problems += _entry_problems(found, path, number, len(entries))
        elif line.startswith("   ") and entries:
            entries[-1] = replace(entries[-1], about=f"{entries[-1].about} {line.strip()}".strip())
        elif line.strip() and not line.startswith("#"):
            problems.append(Problem(path, number, "This is not a lesson.", HOW_TO_WRITE))
    return entries, problems


def _entry(found: re.Match[str], content: Path) -> CourseEntry:
    folder = content / found[4]
    lesson = read_lesson(folder) if found[4] != PLANNED and (folder / LESSON_FILE).exists() else None
    lanes = tuple(name for name in re.split(r",\s*", found[3]) if name in LANE_BY_SLUG)
    return CourseEntry(int(found[1]), found[2], "", lanes, lesson)


def _entry_problems(found: re.Match[str], path: Path, line: int, position: int) -> list[Problem]:
    problems = [
        Problem(path, line, f"Unknown lane {name}.", did_you_mean(name, LANE_BY_SLUG))
        for name in re.split(r",\s*", found[3])
        if name not in LANE_BY_SLUG
    ]
    if int(found[1]) != position:
        problems.append(
            Problem(path, line, f"This is lesson {position}, not {found[1]}.", "Number them from 1, in order.")
        )
    folder = path.parent / found[4]
    if found[4] != PLANNED and not (folder / LESSON_FILE).exists():
        hint = f"Write {found[4]}/{LESSON_FILE}, or `-> planned`. {did_you_mean(found[4], _folders(path.parent))}"
        problems.append(Problem(path, line, f"There is no lesson {found[4]}.", hint))
    return problems


def _unlisted(path: Path, content: Path, listed: set[str]) -> list[Problem]:
    return [
        Problem(path, 1, f"The lesson {name} is not in the list.", "Add a line for it where it belongs in the course.")
        for name in _folders(content)
        if name not in listed
    ]


def _folders(content: Path) -> list[str]:
    return sorted(folder.parent.name for folder in content.glob(f"*/{LESSON_FILE}"))


def _shorter(problem: Problem, content: Path) -> Problem:
    """With the path as an author types it, from the folder of the clone."""
    root = content.parent.parent
    return replace(problem, path=problem.path.relative_to(root)) if problem.path.is_relative_to(root) else problem


def _version(content: Path) -> str:
    files = sorted(path for path in content.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return ";".join(f"{path}:{path.stat().st_mtime_ns}" for path in files)
