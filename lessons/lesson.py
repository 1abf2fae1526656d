"""One lesson: a folder with lesson.md, a text for each mode that is written, measured figures and real example code."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from authoring.front_matter import FrontMatter
from authoring.glossary import Terms
from authoring.measured import Figures, read_measured
from authoring.page import Rendered
from authoring.problems import Problem, did_you_mean
from authoring.words import reading_minutes
from lessons.modes import MODE_BY_SLUG, MODES, Mode
from lessons.reading import read_with_front_matter, surroundings_of
from lessons.rendering import Source, rendered

LESSON_FILE = "lesson.md"
LESSON_KEYS = ("title", "summary", "impact", "affects")
MODE_KEYS = ("title", "outcome", "shown")


@dataclass(frozen=True)
class ModeText:
    """A written mode. `outcome` is what the learner can do afterwards, `shown` the question that shows it, quiz/id.

    `doing_minutes` is what the author gives for doing, beyond reading. `problems` are those of the keys at its top,
    `lines` says where each key stands.
    """

    mode: Mode
    title: str
    outcome: str
    shown: str
    doing_minutes: int
    source: Source
    lines: Mapping[str, int]
    problems: tuple[Problem, ...]

    @cached_property
    def reading_minutes(self) -> int:
        """Told from the words, at least one."""
        return reading_minutes(self.source.text)

    @property
    def minutes(self) -> int:
        """Reading and doing."""
        return self.reading_minutes + self.doing_minutes

    @property
    def shown_address(self) -> str:
        """Where the question is that shows the outcome; "" when none is named."""
        return f"/quizzes/{self.shown}/" if self.shown else ""

    @cached_property
    def rendered(self) -> Rendered:
        """The text as HTML, made at first use."""
        return rendered(self.source)


@dataclass(frozen=True)
class Lesson:
    """What could be read of a lesson. `problems` are those of lesson.md, its figures, and files that do not fit."""

    slug: str
    title: str
    summary: str
    impact: str
    affects: str
    quiz: str
    labs: tuple[str, ...]
    tests: tuple[str, ...]
    path: Path
    lines: Mapping[str, int]
    texts: Mapping[str, ModeText]
    problems: tuple[Problem, ...]

    @property
    def first_mode(self) -> str | None:
        """The first written mode in the order of the switch, or None."""
        return next(iter(self.texts), None)


def read_lesson(folder: Path, terms: Terms, neighbours: str = "") -> Lesson:
    """Read one lesson's folder. Raises nothing: what is wrong is in `problems`.

    `terms` are the words of the glossary. `neighbours` differs when something changed that blocks show of elsewhere.
    """
    path = folder / LESSON_FILE
    about = read_with_front_matter(path, LESSON_KEYS, ("quiz", "labs", "tests"))
    figures = read_measured(folder / "measured")
    surroundings = f"{surroundings_of(folder)} {neighbours}"
    texts = {mode.slug: _read_mode(folder, mode, figures, terms, surroundings) for mode in _written(folder)}
    values = about.values
    return Lesson(
        slug=folder.name,
        title=values["title"],
        summary=values["summary"],
        impact=values["impact"],
        affects=values["affects"],
        quiz=values["quiz"],
        labs=_listed(values["labs"]),
        tests=_listed(values["tests"]),
        path=path,
        lines=about.lines,
        texts=texts,
        problems=(*about.problems, *_stray_files(folder), *figures.problems),
    )


def _listed(value: str) -> tuple[str, ...]:
    return tuple(value.replace(",", " ").split())


def _written(folder: Path) -> list[Mode]:
    return [mode for mode in MODES if (folder / f"{mode.slug}.md").exists()]


def _read_mode(folder: Path, mode: Mode, figures: Figures, terms: Terms, surroundings: str) -> ModeText:
    path = folder / f"{mode.slug}.md"
    front = read_with_front_matter(path, MODE_KEYS, ("minutes",))
    minutes = front.values["minutes"]
    return ModeText(
        mode,
        front.values["title"],
        front.values["outcome"],
        front.values["shown"],
        int(minutes) if minutes.isdecimal() and len(minutes) < 4 else 0,
        Source(path, front.body, front.body_line, figures, terms, surroundings),
        front.lines,
        (*front.problems, *_minutes_problems(path, front)),
    )


def _minutes_problems(path: Path, front: FrontMatter) -> list[Problem]:
    minutes = front.values["minutes"]
    if not minutes or (minutes.isdecimal() and len(minutes) < 4):
        return []
    hint = "Give the minutes of doing, a whole number. Reading is counted by itself."
    return [Problem(path, front.lines["minutes"], f"“{minutes}” are no minutes.", hint)]


def _stray_files(folder: Path) -> list[Problem]:
    known = {LESSON_FILE, *(f"{slug}.md" for slug in MODE_BY_SLUG)}
    return [
        Problem(path, 1, f"{path.name} is not the name of a mode.", did_you_mean(path.name, known))
        for path in sorted(folder.glob("*.md"))
        if path.name not in known
    ]
