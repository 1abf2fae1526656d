"""Ada opens lessons; Otto writes one of his own in a folder of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from lessons import catalog, pages
from lessons.catalog import Catalog, read_catalog

CONTENTS = """\
# The course

1. Snow (browser, web) -> snow
   Why it is white.
2. Rain (redis) -> planned
   What it smells of.
"""
LESSON = "---\ntitle: Snow\nsummary: Why snow is white.\nimpact: small\naffects: what you see.\n---\n"
HEAD = "---\ntitle: how fast it falls\noutcome: Say it.\nshown: redis-as-a-message-broker/responsiveness\n---\n"
PERF = HEAD + "\n## Falling\n\nIt falls slowly.\n"


@pytest.fixture(autouse=True)
def plain_static_files(settings: Settings) -> Iterator[None]:
    """Without collected static files, and with every page made afresh."""
    backend = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": backend}
    catalog.forget()
    pages.forget()
    yield
    catalog.forget()
    pages.forget()


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Otto's course of one written and one planned lesson."""
    folder = tmp_path / "lessons" / "content"
    (folder / "snow").mkdir(parents=True)
    (folder / "contents.md").write_text(CONTENTS)
    (folder / "snow" / "lesson.md").write_text(LESSON)
    (folder / "snow" / "perf.md").write_text(PERF)
    monkeypatch.setattr(catalog, "CONTENT", folder)
    return folder


@pytest.fixture
def write(content: Path) -> Callable[[str, str], Catalog]:
    """Otto writes a file, and reads what the course makes of it."""

    def write_and_read(name: str, text: str) -> Catalog:
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return read_catalog(content)

    return write_and_read
