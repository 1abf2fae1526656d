"""The list of lessons, and what Otto is told when it does not fit the folders."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from lessons.catalog import Catalog, course_map, lesson_addresses, read_catalog
from lessons.checks import check_lessons
from tests.lessons.conftest import HEAD

Write = Callable[[str, str], Catalog]


def told(course: Catalog) -> list[str]:
    return [f"{problem.path}:{problem.line}: {problem.message}" for problem in course.problems]


def test_the_list_sets_the_order_and_says_what_is_planned(content: Path):
    snow, rain = course_map()
    assert (snow.number, snow.title, snow.about, snow.lanes) == (1, "Snow", "Why it is white.", ("browser", "web"))
    assert snow.lesson is not None
    assert rain.lesson is None
    assert lesson_addresses() == ["/lessons/snow/perf/"]
    assert told(read_catalog(content)) == []


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("1. Snow (broser) -> snow", "3: Unknown lane broser."),
        ("2. Snow (web) -> snow", "3: This is lesson 1, not 2."),
        ("1. Snow (web) -> snwo", "3: There is no lesson snwo."),
        ("1. Snow (web)", "3: This is not a lesson."),
    ],
)
def test_each_mistake_in_the_list_is_told_with_its_line(write: Write, line: str, message: str):
    assert f"lessons/content/contents.md:{message}" in told(write("contents.md", f"# The course\n\n{line}\n"))


def test_a_lesson_that_is_not_listed_is_told(write: Write):
    course = write("hail/lesson.md", "---\ntitle: x\nsummary: x\nimpact: x\naffects: x\n---\n")
    assert told(course) == ["lessons/content/contents.md:1: The lesson hail is not in the list."]


def test_a_file_that_is_no_mode_is_told_with_the_nearest(write: Write):
    course = write("snow/pref.md", "x")
    assert told(course) == ["lessons/content/snow/pref.md:1: pref.md is not the name of a mode."]
    assert course.problems[0].hint == "Did you mean perf.md?"


def test_a_file_that_is_no_text_is_told(content: Path):
    (content / "snow" / "why.md").write_bytes(b"\xff\xfe\x00")
    assert "why.md:1: The file cannot be read" in told(read_catalog(content))[0]


def test_mistakes_in_a_text_are_told_with_the_line_in_its_file(write: Write):
    course = write("snow/perf.md", HEAD + "\n## A\n\n::: nothing\n:::\n")
    assert told(course) == ["lessons/content/snow/perf.md:9: Unknown block nothing."]


def test_the_check_prints_every_problem_as_a_warning(write: Write):
    write("snow/perf.md", HEAD + "\n#### A\n")
    (warning,) = check_lessons(None)
    assert str(warning).startswith("lessons/content/snow/perf.md:7: (lessons.W001) This heading skips a level.")
    assert "HINT: Begin it with ##" in str(warning)


def test_an_author_sees_problems_on_the_page_and_every_change_at_once(content: Path, settings: Settings):
    settings.AUTHOR = True
    otto = Client()
    assert b"It falls slowly." in otto.get("/lessons/snow/perf/").content
    text = content / "snow" / "perf.md"
    text.write_text(HEAD + "\nIt falls fast.\n\n::: bix\n:::\n")
    os.utime(text, ns=(1, 1))
    page = otto.get("/lessons/snow/perf/").content.decode()
    assert "It falls fast." in page
    assert "<code>lessons/content/snow/perf.md:9</code> Unknown block bix." in page


def test_a_learner_sees_no_problems_but_a_word_where_something_is_missing(write: Write):
    write("snow/perf.md", '---\ntitle: x\n---\n\n::: journeys from="a" titles="A"\n:::\n')
    page = Client().get("/lessons/snow/perf/").content.decode()
    assert "There is no journey" not in page
    assert "Here stands a journeys whose text has a mistake." in page


@pytest.mark.parametrize(
    ("address", "nearest"),
    [
        ("/lessons/snwo/perf/", "/lessons/snow/perf/"),
        ("/lessons/snow/pref/", "/lessons/snow/perf/"),
        ("/lessons/snow/why/", "/lessons/snow/perf/"),
        ("/lessons/snoww/", "/lessons/snow/perf/"),
        ("/lessons/glosary/", "/lessons/glossary/"),
    ],
)
@pytest.mark.django_db
def test_an_unknown_lesson_or_mode_leads_to_the_nearest(content: Path, address: str, nearest: str):
    answer = Client().get(address)
    assert answer.status_code == 404
    assert f'Did you mean <a href="{nearest}">' in answer.content.decode()
