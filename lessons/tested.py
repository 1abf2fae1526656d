"""Whether a test runs the code that a lesson shows. Asked by the content check alone: a running course has no tests.

A program is run when a block `output` shows what it prints (a test runs it again and compares), when a test that
lesson.md names under `tests` names it, or when a program that is run imports it. A folder in examples/ or project/
is a project: a test that names the folder runs what is in it.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from authoring.problems import Problem
from authoring.scanner import OPENER, OPTION
from authoring.source import source_lines
from lessons.lesson import Lesson
from lessons.programs import programs_of

HINT = (
    "Show what it prints with the block output, or name in lesson.md, under `tests`, the test that imports or runs it."
)


def untested_examples(lesson: Lesson, root: Path) -> Iterator[Problem]:
    """One problem for each block `code` whose file no test runs. Paths of tests begin at `root`."""
    folder = lesson.path.parent
    for name in lesson.tests:
        if not (root / name).is_file():
            hint = "Write its path from the folder of the course."
            yield Problem(lesson.path, lesson.lines["tests"], f"There is no test {name}.", hint)
    tests = [root / name for name in lesson.tests if (root / name).is_file()]
    run = _run(folder, {program.path for program in programs_of(lesson)}, tests)
    for text in lesson.texts.values():
        for line, name in shown_files(text.source.text, text.source.first_line):
            if (folder / name).is_file() and folder / name not in run:
                yield Problem(text.source.path, line, f"No test runs {name}.", HINT)


def shown_files(text: str, first_line: int) -> Iterator[tuple[int, str]]:
    """Line and file of every block `code`."""
    for line in source_lines(text, first_line):
        opener = None if line.is_code else OPENER.fullmatch(line.text)
        if opener and opener[2].startswith("code "):
            yield from ((line.number, value) for key, value in OPTION.findall(opener[2]) if key == "file")


def _run(folder: Path, shown: Iterable[Path], tests: Iterable[Path]) -> set[Path]:
    examples = list((folder / "examples").rglob("*.py"))
    texts = [path.read_text(encoding="utf-8") for path in tests]
    named = {path for path in examples if any(_names(text, path.stem) for text in texts)}
    folders = [path for parent in ("examples", "project") for path in (folder / parent).glob("*/")]
    projects = [path for path in folders if any(_names(text, path.name) for text in texts)]
    run = {path for project in projects for path in project.rglob("*.py")}
    waiting = {*shown, *named}
    while waiting:
        path = waiting.pop()
        run.add(path)
        imported = _imports(path)
        waiting |= {other for other in examples if other.stem in imported} - run
    return run


def _names(text: str, stem: str) -> bool:
    return re.search(rf"[\"'/]{re.escape(stem)}(\.py)?[\"']", text) is not None


def _imports(path: Path) -> set[str]:
    try:
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    except (OSError, SyntaxError, ValueError):
        return set()
    plain = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    parts = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.rpartition(".")[2] for name in plain | parts}
