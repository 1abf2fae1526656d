"""The project of a lesson: a folder to download, and steps that a checker on the learner's machine finds done.

`<lesson>/project/starter/` is what is downloaded. Its `checking/steps.txt` names the steps, one a line:

    1 | heron-41 | The work is a plain function, and a task calls it

The checker prints the code of a step that is done, and the learner types it into the lesson's page. The codes are the
same for everyone: a note to oneself, not a grade.
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from learners import progress, records
from learners.models import Entry, Learner
from lessons.catalog import catalog
from lessons.reading import Refused, read_text, state_of

STARTER = Path("project/starter")
STEPS = Path("checking/steps.txt")
STEP = re.compile(r"(\d+) \| ([a-z]+-\d+) \| (.+)")
LONGEST_PASTE = 20_000  # the checker's whole output is a tenth of it
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first date that a zip archive can hold
NOT_SHIPPED = re.compile(r"\..*|__pycache__|.*\.(pyc|sqlite3|log)")
RUNNABLE = ("check.py", "manage.py")


@dataclass(frozen=True)
class ProjectStep:
    """One step: its number from 1, the code that says it is done, and what then holds."""

    number: int
    code: str
    title: str


@dataclass(frozen=True)
class Project:
    """What a lesson's folder `project/` offers. `archive` is the zip file, `etag` changes with its bytes."""

    lesson: str
    steps: tuple[ProjectStep, ...]
    archive: bytes
    etag: str

    @property
    def slug(self) -> str:
        """By what name progress knows the mode."""
        return f"lessons/{self.lesson}/project"


def project_of(lesson_slug: str) -> Project | None:
    """The project of a lesson of the course, or None. Made once; with settings.AUTHOR again when a file has changed.

    Raises Refused for steps that cannot be read; the content check tells the author first.
    """
    lesson = catalog().lessons.get(lesson_slug)
    if lesson is None:
        return None
    folder = lesson.path.parent
    return _made(folder, state_of(folder / STARTER) if settings.AUTHOR else "")


@lru_cache(maxsize=32)
def _made(folder: Path, state: str) -> Project | None:
    steps = read_steps(folder)
    if not steps:
        return None
    archive = zipped(folder / STARTER, f"{folder.name}-project")
    return Project(folder.name, steps, archive, _etag(archive))


def read_steps(lesson: Path) -> tuple[ProjectStep, ...]:
    """The steps of the project in a lesson's folder, in order; none when there is no project. Raises Refused."""
    path = lesson / STARTER / STEPS
    if not path.is_file():
        return ()
    return tuple(_step(path, number, line) for number, line in enumerate(read_text(path).splitlines(), 1))


def _step(path: Path, number: int, line: str) -> ProjectStep:
    found = STEP.fullmatch(line)
    if found is None or int(found[1]) != number:
        raise Refused(path, f"Line {number} is not step {number}.", f"Write `{number} | heron-41 | What holds then`.")
    return ProjectStep(number, found[2], found[3])


def zipped(folder: Path, name: str) -> bytes:
    """A folder as a zip archive that unpacks into `name`. The same files give the same bytes, whenever and wherever."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path in _shipped(folder):
            entry = zipfile.ZipInfo(f"{name}/{path.relative_to(folder).as_posix()}", EARLIEST)
            entry.create_system = 3  # Unix, whose file modes the next line gives
            entry.external_attr = (0o100755 if path.name in RUNNABLE else 0o100644) << 16
            archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED, 9)
    return buffer.getvalue()


def _shipped(folder: Path) -> Iterator[Path]:
    """Its files in order, without what running them leaves behind."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not path.is_symlink() and not any(map(NOT_SHIPPED.fullmatch, parts)):
            yield path


def _etag(archive: bytes) -> str:
    return f'"{hashlib.sha256(archive).hexdigest()[:20]}"'


def steps_in(project: Project, text: str) -> list[ProjectStep]:
    """The steps whose codes stand in what somebody typed or pasted, in order. Capital letters do not matter."""
    words = set(re.findall(r"[a-z]+-\d+", text[:LONGEST_PASTE].lower()))
    return [step for step in project.steps if step.code in words]


def note_steps(learner: Learner, project: Project, steps: list[ProjectStep]) -> None:
    """Keep each step once. When all are there, the mode is done."""
    known = done_steps(learner, project)
    for step in steps:
        if step.number not in known:
            records.write(learner, Entry.Kind.RAN, f"{project.slug}/step-{step.number}", {"project_step": step.number})
    if len(known | {step.number for step in steps}) == len(project.steps):
        progress.finish(learner, project.slug)


def done_steps(learner: Learner | None, project: Project) -> set[int]:
    """The numbers of the steps that a learner has noted."""
    if learner is None:
        return set()
    slugs = {f"{project.slug}/step-{step.number}": step.number for step in project.steps}
    found = Entry.objects.filter(learner=learner, kind=Entry.Kind.RAN, slug__in=slugs).values_list("slug", flat=True)
    return {slugs[slug] for slug in found}
