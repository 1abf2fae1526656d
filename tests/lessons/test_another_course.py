"""Ines brings a course of her own, and Otto begins a lesson: each step of the recipe, as it is written down."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from lessons.new_lesson import CannotBegin, begin_lesson

ROOT = Path(__file__).resolve().parents[2]
# What a browser would get, from the whole site with its middleware.
GET = """
import json, sys, django
django.setup()
from django.conf import settings
from django.test import Client
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
settings.ALLOWED_HOSTS.append("testserver")
pages = {path: Client().get(path) for path in sys.argv[1:]}
print(json.dumps({path: [page.status_code, page.content.decode()] for path, page in pages.items()}))
"""


class Clone:
    """The course as it was cloned, with another course's folders put in the place of ours."""

    def __init__(self, folder: Path) -> None:
        self.lessons, self.quizzes = folder / "lessons", folder / "quizzes"
        self.environment = os.environ | {
            "LESSONS_DIR": str(self.lessons),
            "QUIZZES_DIR": str(self.quizzes),
            "DATA_DIR": str(folder / "data"),
            "DJANGO_SETTINGS_MODULE": "course.settings",
        }
        self.lessons.mkdir()
        self.quizzes.mkdir()
        (folder / "data").mkdir()

    def manage(self, *words: str) -> subprocess.CompletedProcess[str]:
        """`manage.py` with these words."""
        return self._run([sys.executable, "manage.py", *words])

    def get(self, *paths: str) -> dict[str, tuple[int, str]]:
        """Status and text of each page."""
        self.manage("migrate", "--verbosity", "0").check_returncode()
        ran = self._run([sys.executable, "-c", GET, *paths])
        assert ran.returncode == 0, ran.stderr
        return {path: tuple(found) for path, found in json.loads(ran.stdout).items()}

    def _run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=120, check=False
        )


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """Two empty folders, named in the environment."""
    return Clone(tmp_path)


def check(clone: Clone) -> subprocess.CompletedProcess[str]:
    return clone.manage("check", "--tag", "content", "--fail-level", "WARNING")


def test_the_recipe_from_an_empty_folder_to_a_page_in_the_course(clone: Clone):
    said = clone.manage("newlesson", "falling-snow", "--title", "Falling snow")
    assert said.returncode == 0, said.stderr
    assert "1. Falling snow (web, redis, worker) -> falling-snow" in said.stdout
    checked = check(clone)
    assert checked.returncode == 0, checked.stderr

    pages = clone.get("/lessons/falling-snow/learn/", "/", "/quizzes/", "/quizzes/falling-snow/falling-snow-two-ends/")
    assert [status for status, _ in pages.values()] == [200] * 4
    learn, home = pages["/lessons/falling-snow/learn/"][1], pages["/"][1]
    assert "<h1>Falling snow: the subject from start to finish</h1>" in learn
    assert "taken: first" in learn
    assert 'href="/lessons/falling-snow/' in home
    assert "redis-as-a-message-broker" not in pages["/quizzes/"][1]


def test_a_second_lesson_passes_once_its_line_is_in_the_list(clone: Clone):
    clone.manage("newlesson", "falling-snow")
    said = clone.manage("newlesson", "melting-snow").stdout
    assert "The lesson melting-snow is not in the list." in check(clone).stderr
    line = re.search(r"\d+\. .*-> melting-snow", said)
    assert line is not None
    with (clone.lessons / "contents.md").open("a") as contents:
        contents.write(f"{line[0]}\n   How it goes.\n")
    checked = check(clone)
    assert checked.returncode == 0, checked.stderr


def test_what_the_new_lesson_says_that_its_program_prints_it_prints(clone: Clone):
    clone.manage("newlesson", "falling-snow")
    said = clone.manage("capture-output", "falling-snow")
    assert said.stdout.rstrip().endswith("two_ends.py: as before"), said.stderr


@pytest.mark.parametrize("slug", ["Snow", "snow_fall", "../snow", "glossary", "learn", "a" * 41, ""])
def test_what_cannot_be_an_address_is_refused(tmp_path: Path, slug: str):
    with pytest.raises(CannotBegin, match="as in your-first-task"):
        begin_lesson(slug, "Snow", tmp_path, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_nothing_of_ottos_is_written_over(tmp_path: Path):
    (tmp_path / "quizzes").mkdir()
    (tmp_path / "quizzes" / "snow.md").write_text("mine")
    with pytest.raises(CannotBegin, match=r"quizzes/snow\.md is there already"):
        begin_lesson("snow", "Snow", tmp_path / "lessons", tmp_path / "quizzes")
    assert not (tmp_path / "lessons").exists()
    assert (tmp_path / "quizzes" / "snow.md").read_text() == "mine"
