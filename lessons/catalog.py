"""All lessons of the course, in the order of contents.md.

Texts are read once. With settings.AUTHOR they are read again as soon as a file has changed.
"""

import re
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from django.conf import settings

from authoring.addresses import neighbours_version
from authoring.glossary import Terms
from authoring.lanes import LANE_BY_SLUG
from authoring.problems import Problem, did_you_mean
from lessons.glossary import GLOSSARY_FILE, Glossary, read_glossary
from lessons.lesson import LESSON_FILE, Lesson, ModeText, read_lesson
from lessons.lints import Site, lint_lesson, lint_mode, site_of
from lessons.reading import Refused, read_text, state_of
from lessons.tested import untested_examples

CONTENT: Path = settings.LESSONS_DIR
CONTENTS_FILE = "contents.md"
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
    """The course as it could be read. `own_problems` are those of its list and its glossary."""

    content: Path
    entries: tuple[CourseEntry, ...]
    lessons: Mapping[str, Lesson]
    glossary: Glossary
    own_problems: tuple[Problem, ...]

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong with any text. Renders all of them."""
        found = list(self.own_problems)
        for lesson in self.lessons.values():
            found += self._of_lesson(lesson)
            for text in lesson.texts.values():
                found += self._of_mode(lesson, text)
        return self._told(found)

    @property
    def untested(self) -> tuple[Problem, ...]:
        """The code that lessons show and no test runs. For the content check: a running course has no tests."""
        root = root_of(self.content)
        return self._told(problem for lesson in self.lessons.values() for problem in untested_examples(lesson, root))

    def problems_on(self, lesson: Lesson, text: ModeText) -> tuple[Problem, ...]:
        """What is wrong with what one page shows: its text, its lesson, and the list and glossary of the course."""
        return self._told([*self.own_problems, *self._of_lesson(lesson), *self._of_mode(lesson, text)])

    @cached_property
    def _site(self) -> Site:
        return site_of(self.lessons, self.glossary.terms)

    def _of_lesson(self, lesson: Lesson) -> list[Problem]:
        return [*lesson.problems, *lint_lesson(lesson, self._site)]

    def _of_mode(self, lesson: Lesson, text: ModeText) -> list[Problem]:
        found = [*text.problems, *text.rendered.problems, *lint_mode(lesson, text, self._site)]
        return sorted(set(found))

    def _told(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        return tuple(_shorter(problem, self.content) for problem in problems)


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
    version = f"{state_of(CONTENT)} {neighbours_version()}" if settings.AUTHOR else ""
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
        _lessons.clear()


_lock = threading.Lock()
_read: dict[str, Catalog] = {}
_lessons: dict[Path, tuple[tuple[str, Terms, str], Lesson]] = {}


def read_catalog(content: Path) -> Catalog:
    """Read contents.md and the lessons it names from a folder. Raises nothing: what is wrong is in `problems`."""
    path = content / CONTENTS_FILE
    glossary = _glossary(content / GLOSSARY_FILE)
    entries, problems = _entries(path, glossary.terms)
    listed = {entry.lesson.slug: entry.lesson for entry in entries if entry.lesson}
    problems += [*_unlisted(path, content, set(listed)), *glossary.problems]
    return Catalog(content, tuple(entries), listed, glossary, tuple(problems))


def _glossary(path: Path) -> Glossary:
    try:
        return read_glossary(read_text(path) if path.exists() else "", path)
    except Refused as refused:
        return Glossary(Terms({}, ""), {}, (refused.problem,))


def _entries(path: Path, terms: Terms) -> tuple[list[CourseEntry], list[Problem]]:
    entries: list[CourseEntry] = []
    problems: list[Problem] = []
    neighbours = neighbours_version()
    try:
        lines = read_text(path).split("\n")
    except Refused as refused:
        return [], [refused.problem]
    for number, line in enumerate(lines, 1):
        found = ENTRY.fullmatch(line)
        if found:
            entries.append(_entry(found, path.parent, terms, neighbours))
            problems += _entry_problems(found, path, number, len(entries))
        elif line.startswith("   ") and entries:
            entries[-1] = replace(entries[-1], about=f"{entries[-1].about} {line.strip()}".strip())
        elif line.strip() and not line.startswith("#"):
            problems.append(Problem(path, number, "This is not a lesson.", HOW_TO_WRITE))
    return entries, problems


def _entry(found: re.Match[str], content: Path, terms: Terms, neighbours: str) -> CourseEntry:
    folder = content / found[4]
    lesson = _lesson(folder, terms, neighbours) if found[4] != PLANNED and (folder / LESSON_FILE).exists() else None
    lanes = tuple(name for name in re.split(r",\s*", found[3]) if name in LANE_BY_SLUG)
    return CourseEntry(int(found[1]), found[2], "", lanes, lesson)


def _lesson(folder: Path, terms: Terms, neighbours: str) -> Lesson:
    """The lesson as it was read last, when nothing it is made from has changed."""
    made_from = (state_of(folder), terms, neighbours)
    kept = _lessons.get(folder)
    if kept and kept[0] == made_from:
        return kept[1]
    lesson = read_lesson(folder, terms, neighbours)
    _lessons[folder] = (made_from, lesson)
    return lesson


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


def root_of(content: Path) -> Path:
    """The folder from which an author gives paths: the clone, or the folder that holds a course from elsewhere."""
    return content.parent.parent if content.name == "content" else content.parent


def _shorter(problem: Problem, content: Path) -> Problem:
    """With the path as an author types it."""
    root = root_of(content)
    return replace(problem, path=problem.path.relative_to(root)) if problem.path.is_relative_to(root) else problem
