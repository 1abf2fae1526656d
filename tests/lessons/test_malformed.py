"""A folder of mistakes, one in each file: beside it, what Otto is told; and every other page is shown all the same.

The name of a file says where it stands in the course: `mode-` is snow's perf.md, `lesson-` its lesson.md, `measured-` a
file of its figures, `trace-` what was recorded and `recipes-` what is to be, `contents-` and `glossary-` the course's
own. A problem is one line, with its remedy below it.
"""

from pathlib import Path

import pytest

from lessons.catalog import Catalog, read_catalog
from tests.lessons.conftest import HEAD

FOLDER = Path(__file__).parent / "malformed"
FILES = sorted(path for path in FOLDER.iterdir() if path.suffix in {".md", ".json", ".toml"})
PLACES = {
    "mode": "snow/perf.md",
    "lesson": "snow/lesson.md",
    "measured": "snow/measured/pool.json",
    "trace": "snow/traces/fall.json",
    "recipes": "snow/traces/recipes.toml",
    "contents": "contents.md",
    "glossary": "glossary.md",
}
LESSON = "---\ntitle: {0}\nsummary: {0}.\nimpact: small\naffects: what you see.\n---\n"
MODE = HEAD + "\n## {0}\n\nA good-page.\n"
RECIPE = '[{}]\nproject = "p"\napp = "a"\npost = "/"\nform = {{}}\nbefore = {{}}\nmail_ms = 1\n'
ROW = '{"kind": "asked", "lane": "browser", "actor": "browser", "command": ["POST /"], "celery": [], "unacked": [], '
ROW += '"unacked_index": [], "at_ms": 0}'
TRACE = '{"recorded_on": "2026-11-22", "machine": "2 cores", "versions": {}, "rows": [\n' + ROW + "]}\n"
COURSE = {
    "contents.md": "# The course\n\n1. Snow (web) -> snow\n2. Rain (web) -> rain\n",
    "glossary.md": "## flake\n\nA crystal of ice.\n",
    "snow/lesson.md": LESSON.format("Snow"),
    "snow/perf.md": MODE.format("Snow"),
    "snow/visual.md": MODE.format("Falling") + '\n::: trace from="traces/fall.json"\n:::\n',
    "snow/traces/recipes.toml": RECIPE.format("fall") + RECIPE.format("melt"),
    "snow/traces/fall.json": TRACE,
    "snow/examples/fall.py": "def fall():\n    return 1\n\n\nprint(fall())\n",
    "snow/examples/melt.py": "print('drip')\n",
    "snow/examples/lonely.py": "print('nobody')\n",
    "snow/examples/broken.py": "def fall(:\n",
    "rain/lesson.md": LESSON.format("Rain"),
    "rain/learn.md": MODE.format("Drops"),
}


def place_of(path: Path) -> str:
    return PLACES[path.name.partition("-")[0]]


def course_with(path: Path, content: Path) -> Catalog:
    """The course in which this file stands in its place."""
    for name, text in COURSE.items():
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_text(text)
    target = content / place_of(path)
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(path.read_bytes())
    return read_catalog(content)


def told(course: Catalog) -> str:
    """Every problem, in the form of the texts beside the files."""
    problems = [*course.problems, *course.untested]
    return "".join(
        f"{problem.path.name}:{problem.line}: {problem.message}\n    {problem.hint}\n" for problem in problems
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_mistake_is_told_with_its_line_and_its_remedy(path: Path, content: Path):
    expected = path.with_suffix(".txt").read_text(encoding="utf-8")
    assert expected.count("\n") > 1, "every file of this folder has a problem"
    assert told(course_with(path, content)) == expected


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_other_page_and_the_good_part_of_this_one_are_shown(path: Path, content: Path):
    course = course_with(path, content)
    if not path.name.startswith("contents"):
        assert "A good-page." in course.lessons["rain"].texts["learn"].rendered.html
    if path.name.startswith("mode") and b"good-part" in path.read_bytes():
        assert "still shown: good-part." in course.lessons["snow"].texts["perf"].rendered.html


def test_the_course_without_a_mistake_has_no_problem(content: Path):
    for name, text in COURSE.items():
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_text(text)
    assert told(read_catalog(content)) == ""
