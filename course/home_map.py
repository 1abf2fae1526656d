"""The course map as one learner sees it: what they have begun and done, and where to go on."""

from collections.abc import Mapping
from dataclasses import dataclass

from learners.progress import BEGUN, DONE
from lessons.catalog import CourseEntry, course_map
from lessons.lesson import Lesson
from lessons.modes import MODE_BY_SLUG, Mode
from lessons.progress import mode_slug
from lessons.routes import Route, next_mode, routes_of


@dataclass(frozen=True)
class Place:
    """A line of the map. `done` and `begun` are in the order of the switch; `next` is None when all written is done."""

    entry: CourseEntry
    done: tuple[Mode, ...] = ()
    begun: tuple[Mode, ...] = ()
    next: Mode | None = None


def places(progress: Mapping[str, str]) -> list[Place]:
    """Every lesson, with how far one learner is (learners.progress)."""
    return [_place(entry, entry.lesson, progress) if entry.lesson else Place(entry) for entry in course_map()]


def first_routes() -> list[Route]:
    """The routes through the first lesson that is written; empty while none is."""
    lesson = next((entry.lesson for entry in course_map() if entry.lesson), None)
    return routes_of(lesson) if lesson else []


def _place(entry: CourseEntry, lesson: Lesson, progress: Mapping[str, str]) -> Place:
    done, begun = (
        tuple(MODE_BY_SLUG[mode] for mode in lesson.texts if progress.get(mode_slug(lesson, mode)) == stand)
        for stand in (DONE, BEGUN)
    )
    return Place(entry, done, begun, next_mode(lesson, progress))
