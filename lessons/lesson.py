"""One lesson: a folder with lesson.md, a text for each mode that is written, measured figures and real example code."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from authoring.front_matter import FrontMatter, read_front_matter
from authoring.measured import Figures, read_measured
from authoring.page import Rendered, render_page
from authoring.problems import Problem, did_you_mean
from lessons.modes import MODE_BY_SLUG, MODES, Mode

# Brysbaert (2019) found 238 words a minute for silent reading of English non-fiction; here are tables and code too.
WORDS_PER_MINUTE = 200
LESSON_FILE = "lesson.md"


@dataclass(frozen=True)
class ModeText:
    """A written mode: its own title, and its text as HTML."""

    mode: Mode
    title: str
    rendered: Rendered

    @property
    def minutes(self) -> int:
        """Reading time, at least one minute."""
        return max(1, ceil(self.rendered.words / WORDS_PER_MINUTE))


@dataclass(frozen=True)
class Lesson:
    """What could be read of a lesson, and everything that is wrong with it."""

    slug: str
    title: str
    summary: str
    impact: str
    affects: str
    quiz: str
    labs: tuple[str, ...]
    texts: Mapping[str, ModeText]
    problems: tuple[Problem, ...]

    @property
    def first_mode(self) -> str | None:
        """The first written mode in the order of the switch, or None."""
        return next(iter(self.texts), None)


def read_lesson(folder: Path) -> Lesson:
    """Read one lesson's folder. Raises nothing: what is wrong is in `problems`."""
    about = _read(folder / LESSON_FILE, ("title", "summary", "impact", "affects"), ("quiz", "labs"))
    figures = read_measured(folder / "measured")
    texts, problems = _read_modes(folder, figures)
    values = about.values
    return Lesson(
        slug=folder.name,
        title=values["title"],
        summary=values["summary"],
        impact=values["impact"],
        affects=values["affects"],
        quiz=values["quiz"],
        labs=tuple(values["labs"].replace(",", " ").split()),
        texts=texts,
        problems=(*about.problems, *_stray_files(folder), *problems, *figures.problems),
    )


def _read_modes(folder: Path, figures: Figures) -> tuple[dict[str, ModeText], list[Problem]]:
    texts: dict[str, ModeText] = {}
    problems: list[Problem] = []
    for mode in MODES:
        path = folder / f"{mode.slug}.md"
        if path.exists():
            front = _read(path, ("title",))
            rendered = render_page(front.body, path, front.body_line, figures)
            texts[mode.slug] = ModeText(mode, front.values["title"], rendered)
            problems += [*front.problems, *rendered.problems]
    return texts, problems


def _read(path: Path, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> FrontMatter:
    try:
        return read_front_matter(path.read_text(encoding="utf-8"), path, required, optional)
    except (OSError, UnicodeDecodeError) as error:
        problem = Problem(path, 1, f"The file cannot be read: {error}.", "Save it as UTF-8 text.")
        return FrontMatter(dict.fromkeys((*required, *optional), ""), {}, "", 1, (problem,))


def _stray_files(folder: Path) -> list[Problem]:
    known = {LESSON_FILE, *(f"{slug}.md" for slug in MODE_BY_SLUG)}
    return [
        Problem(path, 1, f"{path.name} is not the name of a mode.", did_you_mean(path.name, known))
        for path in sorted(folder.glob("*.md"))
        if path.name not in known
    ]
