"""Mallory writes lessons: what would harm a reader or the machine is refused or made harmless, and told."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from lessons.catalog import Catalog, read_catalog
from lessons.reading import LARGEST_BYTES
from tests.lessons.conftest import HEAD

Write = Callable[[str, str], Catalog]
PAGE = "/lessons/snow/perf/"
DEADLINE_S = 10  # ten times what the worst of these takes on a busy machine


def messages(course: Catalog) -> list[str]:
    return [problem.message for problem in course.problems]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<script>alert(1)</script>", "Raw HTML is shown as text: <script>"),
        ("<img src=x onerror=alert(1)>", "Raw HTML is shown as text: <img src=x onerror=alert(1)>"),
        ("[x](javascript:alert)", "A link may not go to javascript:alert."),
        ("[x](JAVASCRIPT:alert)", "A link may not go to JAVASCRIPT:alert."),
        ("[x](data:text/html,x)", "A link may not go to data:text/html,x."),
        ("![x](javascript:alert)", "A link may not go to javascript:alert."),
        ("[x][y]\n\n[y]: javascript:alert", "A link may not go to javascript:alert."),
        ('::: step level="easy" title="<script>x</script>"\nIt.\n:::', "Raw HTML is shown as text: <script>"),
        ('::: myth claim="<script>x</script>" run="lab:email-in-request"\n:::', "This myth does not have"),
    ],
)
def test_what_would_run_in_a_readers_browser_is_made_harmless(write: Write, text: str, message: str):
    course = write("snow/perf.md", f"{HEAD}\n{text}\n")
    assert any(found.startswith(message) for found in messages(course))
    page = Client().get(PAGE).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    for harm in ("<script", "<img src=x", 'href="javascript', 'src="javascript', 'href="data:', "onerror=alert(1)>\n"):
        assert harm not in main.lower()


def test_a_titles_html_is_text(write: Write):
    write("snow/lesson.md", "---\ntitle: <script>x</script>\nsummary: a\nimpact: a\naffects: a\n---\n")
    assert "<script>x" not in Client().get(PAGE).content.decode()


@pytest.mark.parametrize("block", ['code file="{}"', 'output of="{}"'])
@pytest.mark.parametrize("path", ["../../../../etc/passwd", "/etc/passwd", "examples/away.py"])
def test_a_file_outside_the_lesson_is_not_shown(write: Write, content: Path, block: str, path: str):
    (content / "snow" / "examples").mkdir()
    (content / "snow" / "examples" / "away.py").symlink_to("/etc/passwd")
    course = write("snow/perf.md", f"{HEAD}\n::: {block.format(path)}\n:::\n")
    assert f"{path} lies outside the folder of the lesson." in messages(course)
    assert "root:" not in Client().get(PAGE).content.decode()


def test_a_mode_that_is_a_link_to_somewhere_else_is_refused(content: Path):
    (content / "snow" / "why.md").symlink_to("/etc/passwd")
    assert "The file is a link to somewhere else." in messages(read_catalog(content))


def test_a_mode_of_five_megabytes_is_refused_at_once(write: Write):
    begun = time.monotonic()
    course = write("snow/perf.md", HEAD + "Snow falls. " * 420_000)
    assert f"The file has {len(HEAD) + 12 * 420_000:,} bytes, and at most {LARGEST_BYTES:,} are read." in messages(
        course
    )
    assert time.monotonic() - begun < DEADLINE_S
    assert Client().get(PAGE).status_code == 200


@pytest.mark.parametrize(
    "text",
    [
        ">" * 3_000 + " a",
        "".join("  " * depth + "- a\n" for depth in range(400)),
        "[" * 3_000 + "a" + "]" * 3_000,
        "*" * 3_000 + "a" + "*" * 3_000,
        "`" * 3_000 + "a",
        "".join(":" * (303 - depth) + " note\n" for depth in range(300)),
        "((" * 3_000 + "[a](" * 200,
        "{{" * 2_000,
        "| a " * 3_000 + "|\n" + "|---" * 3_000 + "|\n",
    ],
    ids=["quotes", "lists", "brackets", "stars", "ticks", "blocks", "parentheses", "figures", "columns"],
)
def test_deep_nesting_is_shown_or_refused_and_never_hangs(write: Write, text: str):
    begun = time.monotonic()
    course = write("snow/perf.md", f"{HEAD}\n{text}\n\n## Still here\n")
    assert time.monotonic() - begun < DEADLINE_S
    assert all(problem.hint for problem in course.problems)
    assert Client().get(PAGE).status_code == 200


def test_blocks_nested_too_deep_are_told(write: Write):
    nested = "".join(":" * (23 - depth) + " columns\n" for depth in range(20))
    course = write("snow/perf.md", f"{HEAD}\n{nested}a\n" + "".join(":" * (4 + depth) + "\n" for depth in range(20)))
    assert "This block stands too deep inside others." in messages(course)


@pytest.mark.parametrize(
    "name", ["contents.md", "glossary.md", "snow/lesson.md", "snow/perf.md", "snow/measured/a.json"]
)
@pytest.mark.parametrize(
    "content_of_file", [b"\xff\xfe\x00\x80", b"\x00" * 100, b""], ids=["no text", "zeros", "empty"]
)
def test_bytes_that_are_no_text_are_told_and_the_rest_is_shown(content: Path, name: str, content_of_file: bytes):
    (content / name).parent.mkdir(exist_ok=True)
    (content / name).write_bytes(content_of_file)
    course = read_catalog(content)
    assert content_of_file.startswith(b"\x00") or name == "glossary.md" or course.problems
    if not name.endswith(("perf.md", "contents.md")):
        assert "It falls slowly." in course.lessons["snow"].texts["perf"].rendered.html


def test_a_course_that_is_not_there_is_told(tmp_path: Path):
    course = read_catalog(tmp_path / "nowhere")
    assert course.entries == ()
    assert messages(course)[0].startswith("The file cannot be read")


def test_a_text_from_another_system_is_read_as_any_other(content: Path):
    text = (content / "snow" / "perf.md").read_bytes()
    (content / "snow" / "perf.md").write_bytes(b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"))
    assert messages(read_catalog(content)) == []
