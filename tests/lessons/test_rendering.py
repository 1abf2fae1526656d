"""A text is rendered when somebody first asks for it, and again only when something it is made from has changed."""

import os
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from authoring.page import render_page
from lessons import rendering
from lessons.catalog import catalog
from tests.lessons.conftest import HEAD

Asked = list[str]
MODES = ("learn", "why", "perf")


@pytest.fixture
def rendered(content: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Otto works on three modes of one lesson; which of them were rendered, in order."""
    settings.AUTHOR = True
    asked: Asked = []

    def noted(text: str, path: Path, *others: object):
        asked.append(path.stem)
        return render_page(text, path, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(rendering, "render_page", noted)
    for mode in MODES:
        (content / "snow" / f"{mode}.md").write_text(f"{HEAD}\nThis is {mode}.\n")
    return asked


def show_all() -> list[str]:
    """Every page, as Otto's browser asks for it."""
    return [Client().get(f"/lessons/snow/{mode}/").content.decode() for mode in MODES]


def save(path: Path, text: str) -> None:
    """As an editor does; later than before, whatever the clock of the file system."""
    path.write_text(text)
    later_ns = path.stat().st_mtime_ns + 10**9
    os.utime(path, ns=(later_ns, later_ns))


def test_nothing_is_rendered_before_somebody_asks(rendered: Asked):
    assert catalog().lessons["snow"].texts["perf"].minutes == 1
    assert rendered == []
    Client().get("/lessons/snow/why/")
    assert rendered == ["why"]


def test_one_changed_file_renders_only_itself(rendered: Asked, content: Path):
    show_all()
    assert sorted(rendered) == sorted(MODES)
    rendered.clear()
    show_all()
    assert rendered == []
    save(content / "snow" / "why.md", f"{HEAD}\nThis is new.\n")
    pages = show_all()
    assert rendered == ["why"]
    assert "This is new." in pages[MODES.index("why")]
    assert "This is learn." in pages[MODES.index("learn")]


@pytest.mark.parametrize("write", ["snow/examples/fall.py", "snow/measured/pool.json"])
def test_what_blocks_read_counts_as_part_of_every_text_of_its_lesson(rendered: Asked, content: Path, write: str):
    show_all()
    rendered.clear()
    (content / write).parent.mkdir()
    (content / write).write_text("{}")
    show_all()
    assert sorted(rendered) == sorted(MODES)


def test_a_new_word_in_the_glossary_reaches_the_pages(rendered: Asked, content: Path):
    save(content / "snow" / "why.md", f"{HEAD}\nA [[flake]].\n")
    assert "The glossary has no word" in show_all()[1]
    (content / "glossary.md").write_text("## flake\n\nIce.\n")
    page = show_all()[1]
    assert "The glossary has no word" not in page
    assert 'id="term-flake"' in page


def test_a_page_shows_its_own_problems_and_not_those_of_its_neighbours(rendered: Asked, content: Path):
    save(content / "snow" / "why.md", f"{HEAD}\n#### Deep\n")
    learn, why, _ = show_all()
    assert "why.md:7</code> This heading skips a level." in why
    assert "This heading skips a level." not in learn


def test_a_learners_course_is_read_once_and_stays(content: Path, settings: Settings):
    settings.AUTHOR = False
    before = Client().get("/lessons/snow/perf/").content
    save(content / "snow" / "perf.md", f"{HEAD}\nThis is new.\n")
    assert Client().get("/lessons/snow/perf/").content == before


def test_the_glossary_has_a_page_of_its_own(content: Path):
    (content / "glossary.md").write_text("## sleet\n\nRain with `flakes` in it.\n\n## flake\n\nIce.\n")
    answer = Client().get("/lessons/glossary/", headers={"Accept-Encoding": "identity"})
    page = answer.content.decode()
    assert page.index('<dt id="flake">flake</dt><dd>Ice.</dd>') < page.index('<dt id="sleet">')
    assert "<code>flakes</code>" in page
    again = Client().get("/lessons/glossary/", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
