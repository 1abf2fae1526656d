"""Ada downloads the project and notes the steps she has done; Otto gives a lesson of his own a project."""

import io
import re
import shutil
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from learners.models import Entry, Learner
from learners.progress import DONE, progress_of
from lessons.catalog import Catalog
from lessons.project import Project, project_of, zipped
from tests.lessons.conftest import HEAD
from tests.people import browser_of_a_newcomer

SLUG = "redis-as-a-message-broker"
LESSON = Path(__file__).parents[2] / "lessons/content" / SLUG
STARTER = LESSON / "project/starter"
TEXT, ARCHIVE, CODES = (f"/lessons/{SLUG}/project/{end}" for end in ("", "starter.zip", "codes/"))


@pytest.fixture
def ada() -> Client:
    """Ada's browser, in which CSRF is checked as in any other."""
    return browser_of_a_newcomer(csrf=True)


def project() -> Project:
    """The one of our own lesson."""
    found = project_of(SLUG)
    assert found
    return found


def note(browser: Client, codes: str):
    """Send the form as it stands on the page."""
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', browser.get(CODES).content.decode())
    assert token
    return browser.post(CODES, {"codes": codes, "csrfmiddlewaretoken": token[1]})


def steps_done(browser: Client) -> list[str]:
    """The titles that the page marks as done."""
    return re.findall(r"<strong>done:</strong> ([^<]+)</li>", browser.get(CODES).content.decode())


# The download


def test_the_download_holds_the_starter_and_nothing_that_gives_it_away(tmp_path: Path):
    archive = zipfile.ZipFile(io.BytesIO(Client().get(ARCHIVE).content))
    archive.extractall(tmp_path)
    folder = tmp_path / f"{SLUG}-project"
    assert {"README.md", "check.py", "manage.py", "requirements.txt"} <= {path.name for path in folder.iterdir()}
    for path in folder.rglob("*.py"):
        assert path.read_bytes() == (STARTER / path.relative_to(folder)).read_bytes()
    assert not [name for name in archive.namelist() if "reference" in name or "__pycache__" in name]


def test_what_was_downloaded_runs(tmp_path: Path):
    zipfile.ZipFile(io.BytesIO(Client().get(ARCHIVE).content)).extractall(tmp_path)
    said = subprocess.run(
        [sys.executable, "check.py", "--help"], cwd=tmp_path / f"{SLUG}-project", capture_output=True, check=True
    )
    assert b"Exit code: 0 when every step asked for is done" in said.stdout


def test_it_is_the_same_bytes_whenever_and_wherever_it_is_made(tmp_path: Path):
    elsewhere = tmp_path / "elsewhere"
    for path in sorted((path for path in STARTER.rglob("*") if path.is_file()), reverse=True):
        copy = elsewhere / path.relative_to(STARTER)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)  # a new date, and other rights
        copy.chmod(0o600)
    (elsewhere / "__pycache__").mkdir(exist_ok=True)
    (elsewhere / "__pycache__" / "check.pyc").write_bytes(b"left behind")
    (elsewhere / "choir.sqlite3").write_bytes(b"left behind")
    (elsewhere / ".env").write_text("SECRET=1")
    (elsewhere / "link.py").symlink_to("/etc/passwd")
    assert zipped(elsewhere, f"{SLUG}-project") == Client().get(ARCHIVE).content


def test_programs_may_be_run_and_other_files_not():
    archive = zipfile.ZipFile(io.BytesIO(Client().get(ARCHIVE).content))
    modes = {Path(entry.filename).name: stat.filemode(entry.external_attr >> 16) for entry in archive.infolist()}
    assert (modes["check.py"], modes["README.md"]) == ("-rwxr-xr-x", "-rw-r--r--")


@pytest.mark.django_db
def test_everybody_gets_the_same_download_without_a_query(django_assert_num_queries, ada: Client):
    note(ada, "heron-41")
    with django_assert_num_queries(0):
        hers, newcomers = ada.get(ARCHIVE), Client().get(ARCHIVE)
    assert hers.content == newcomers.content
    assert newcomers.cookies == {}
    assert newcomers.headers["Content-Type"] == "application/zip"
    assert newcomers.headers["Content-Disposition"] == f'attachment; filename="{SLUG}-project.zip"'


def test_it_is_sent_once():
    etag = Client().get(ARCHIVE).headers["ETag"]
    again = Client().get(ARCHIVE, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("slug", ["nowhere", "..", "redis-as-a-message-broker/project/../.."])
@pytest.mark.parametrize("end", ["starter.zip", "codes/"])
def test_a_lesson_without_a_project_has_nothing_to_download(content: Path, slug: str, end: str):
    assert Client().get(f"/lessons/{slug}/project/{end}").status_code == 404
    assert Client().get(f"/lessons/snow/project/{end}").status_code == 404


# Noting a step


@pytest.mark.django_db
def test_ada_types_a_code_and_the_page_marks_the_step(ada: Client):
    answer = note(ada, "heron-41")
    assert (answer.status_code, answer.headers["Location"]) == (302, CODES)
    assert steps_done(ada) == ["The work is a plain function, and a task calls it"]
    assert "1 of 5 steps done" in ada.get(CODES).content.decode()
    entry = Entry.objects.get()
    assert (entry.kind, entry.slug, entry.payload) == ("ran", f"lessons/{SLUG}/project/step-1", {"project_step": 1})


@pytest.mark.django_db
def test_she_may_paste_all_that_the_checker_said(ada: Client):
    note(
        ada,
        "Step 1: The work\n  done     Code: HERON-41\n\nStep 2: The view\n  done     Code: barge-72\nStep 3\n not yet",
    )
    note(ada, "heron-41 barge-72")
    assert len(steps_done(ada)) == Entry.objects.count() == 2


@pytest.mark.django_db
def test_with_all_codes_the_mode_is_done(ada: Client):
    steps = project().steps
    note(ada, " ".join(step.code for step in steps[:-1]))
    learner = Learner.objects.get()
    assert progress_of(learner)[f"lessons/{SLUG}/project"] != DONE
    note(ada, steps[-1].code)
    assert progress_of(learner)[f"lessons/{SLUG}/project"] == DONE


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["", "heron-42", "<script>alert(1)</script>", "x" * 30_000 + " heron-41"])
def test_what_is_no_code_is_kept_in_the_form_and_makes_no_learner(ada: Client, typed: str):
    answer = note(ada, typed)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "No code of this project is in that." in page
    assert "<script>alert" not in page
    assert typed[:40].replace("<", "&lt;").replace(">", "&gt;") in page
    assert not Learner.objects.exists()


@pytest.mark.django_db
def test_reading_makes_no_learner_and_bob_does_not_see_adas_steps(ada: Client):
    bob = browser_of_a_newcomer()
    assert steps_done(bob) == []
    assert not Learner.objects.exists()
    note(ada, "heron-41")
    assert steps_done(bob) == []
    assert "no-store" in bob.get(CODES).headers["Cache-Control"]


@pytest.mark.django_db
def test_a_form_from_elsewhere_is_refused(ada: Client):
    assert ada.post(CODES, {"codes": "heron-41"}).status_code == 403
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_what_is_noted_stands_among_all_that_is_held_and_the_notebook_bears_it(ada: Client):
    note(ada, "heron-41")
    assert ada.get("/notebook/").status_code == 200
    assert "project step: 1" in ada.get("/me/").content.decode()


# The text


@pytest.mark.django_db
def test_the_text_holds_no_form_and_is_the_same_for_everyone(django_assert_num_queries, ada: Client):
    note(ada, "heron-41")
    with django_assert_num_queries(0):
        hers, newcomers = ada.get(TEXT), Client().get(TEXT)
    assert hers.content == newcomers.content
    assert b"<form" not in hers.content
    assert f'href="{ARCHIVE}"' in hers.content.decode()
    assert f'href="{CODES}"' in hers.content.decode()


def test_each_step_of_the_checker_has_its_step_and_a_closed_hint_in_the_text():
    page = Client().get(TEXT).content.decode()
    assert page.count('<details class="hint">') == len(project().steps) == page.count('class="step wide"')


PROJECT = HEAD + "\n## Build it {#build}\n\n::: project\n:::\n\n::: hint\nLook up.\n:::\n"


def test_otto_gives_his_lesson_a_project(write: Callable[[str, str], Catalog], content: Path):
    write("snow/project/starter/checking/steps.txt", "1 | flake-7 | It falls\n")
    course = write("snow/project.md", PROJECT)
    assert course.problems == ()
    assert "zip, 1 steps" in course.lessons["snow"].texts["project"].rendered.html


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        (None, "The project has no steps."),
        ("1 | flake-7 | It falls\nthen it melts\n", "Line 2 is not step 2."),
        ("2 | flake-7 | It falls\n", "Line 1 is not step 1."),
    ],
)
def test_otto_is_told_of_steps_that_cannot_be_read(
    write: Callable[[str, str], Catalog], steps: str | None, message: str
):
    if steps is not None:
        write("snow/project/starter/checking/steps.txt", steps)
    problems = write("snow/project.md", PROJECT).problems
    assert [problem.message for problem in problems] == [message]
    assert "1 | heron-41 |" in problems[0].hint or "2 | heron-41 |" in problems[0].hint


def test_otto_is_told_of_an_empty_hint(write: Callable[[str, str], Catalog]):
    write("snow/project/starter/checking/steps.txt", "1 | flake-7 | It falls\n")
    problems = write("snow/project.md", PROJECT.replace("Look up.\n", "")).problems
    assert [(problem.line, problem.message) for problem in problems] == [(12, "This hint is empty.")]
