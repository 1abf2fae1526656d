"""Routes through the nine modes and the labs of a lesson, recommended by how much time there is.

They are ways to work, not learning styles: that matching teaching to a style helps has no evidence behind it (Pashler,
McDaniel, Rohrer & Bjork 2008, Psychological Science in the Public Interest 9(3), 105-119).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from learners.progress import DONE
from lessons.lesson import Lesson
from lessons.modes import MODE_BY_SLUG, Mode

LAB = "lab"
SHORT = ("why", LAB, "recall")
FULL = ("learn", "visual", LAB, "try", "deep", "challenge", "project", "perf")
TOMORROW = ("recall",)


@dataclass(frozen=True)
class Step:
    """A mode or a lab on a route. Without an address it is not yet written."""

    label: str
    address: str


@dataclass(frozen=True)
class Route:
    """Steps in their order, and when to take them."""

    when: str
    steps: tuple[Step, ...]


def routes_of(lesson: Lesson) -> list[Route]:
    """The three routes through a lesson."""
    whens = {"You have 25 minutes": SHORT, "You want all of it": FULL, "Tomorrow": TOMORROW}
    return [Route(when, tuple(_step(lesson, name) for name in names)) for when, names in whens.items()]


def next_mode(lesson: Lesson, progress: Mapping[str, str]) -> Mode | None:
    """The first mode on the full route that is written and not done; None when there is none."""
    written = [name for name in (*FULL, *TOMORROW) if name in lesson.texts]
    return next((MODE_BY_SLUG[name] for name in written if progress.get(f"lessons/{lesson.slug}/{name}") != DONE), None)


def _step(lesson: Lesson, name: str) -> Step:
    if name == LAB:
        return Step("the lab", f"/labs/{lesson.labs[0]}/" if lesson.labs else "")
    return Step(MODE_BY_SLUG[name].label, f"/lessons/{lesson.slug}/{name}/" if name in lesson.texts else "")
