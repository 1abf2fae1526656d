"""A lesson to begin with: a folder whose texts say what goes where, and which passes the content check as it is."""

import re
from dataclasses import dataclass
from pathlib import Path

from lessons.catalog import CONTENTS_FILE, ENTRY
from lessons.modes import MODE_BY_SLUG

SKELETON = Path(__file__).parent / "skeleton"
QUIZ_FILE = "quiz.md"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_SLUG = 40
TAKEN = {"glossary", "planned", *MODE_BY_SLUG}


class CannotBegin(ValueError):
    """The lesson cannot be written. The message says why, and the remedy."""


@dataclass(frozen=True)
class Begun:
    """What was written, and the line that puts the lesson into the course. `is_listed` says whether it stands there."""

    files: tuple[Path, ...]
    line: str
    is_listed: bool


def begin_lesson(slug: str, title: str, lessons: Path, quizzes: Path) -> Begun:
    """Write the folder `slug` and its quiz; begin contents.md where there is none. Raises CannotBegin."""
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG or slug in TAKEN:
        raise CannotBegin(f"“{slug}” cannot be a lesson. Use small letters, digits and -, as in your-first-task.")
    quiz = quizzes / f"{slug}.md"
    for there in (lessons / slug, quiz):
        if there.exists():
            raise CannotBegin(f"{there} is there already. Choose another name, or go on writing there.")
    values = {"{slug}": slug, "{title}": title}
    files = [_copy(path, lessons / slug / path.relative_to(SKELETON), values) for path in _texts()]
    files.append(_copy(SKELETON / QUIZ_FILE, quiz, values))
    return _list(lessons / CONTENTS_FILE, slug, title, files)


def _texts() -> list[Path]:
    found = (path for path in SKELETON.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return sorted(path for path in found if path.name != QUIZ_FILE)


def _copy(source: Path, target: Path, values: dict[str, str]) -> Path:
    text = source.read_text(encoding="utf-8")
    for name, value in values.items():
        text = text.replace(name, value)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return target


def _list(contents: Path, slug: str, title: str, files: list[Path]) -> Begun:
    written = contents.read_text(encoding="utf-8").split("\n") if contents.exists() else []
    number = sum(1 for line in written if ENTRY.fullmatch(line)) + 1
    line = f"{number}. {title} (web, redis, worker) -> {slug}"
    if written:
        return Begun(tuple(files), line, is_listed=False)
    contents.write_text(f"# The course, in order\n\n{line}\n   One line about it, indented.\n", encoding="utf-8")
    return Begun((*files, contents), line, is_listed=True)
