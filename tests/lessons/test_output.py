"""What the lessons say that a program printed, it prints: every one is run again on a Redis of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from lessons.catalog import Catalog, catalog, read_catalog
from lessons.programs import Program, ProgramFailed, private_redis, programs_of

TIMED = {"deep_dead_broker.py", "deep_killed.py", "deep_list.py"}  # what they print depends on how long something took
SHOWN = [
    pytest.param(program, id=program.path.name, marks=[pytest.mark.alone] if program.path.name in TIMED else [])
    for lesson in catalog().lessons.values()
    for program in programs_of(lesson)
]
PROGRAM = """\
import os

import redis

server = redis.Redis.from_url(os.environ["REDIS_URL"], decode_responses=True)


def fall():
    server.lpush("snow", "one", "two")


fall()
print(server.lrange("snow", 0, -1))
"""
PERF = '---\ntitle: x\noutcome: x\nshown: x/y\n---\n\n::: output of="examples/fall.py"{}\n:::\n'

Write = Callable[[str, str], Catalog]


@pytest.fixture(scope="module")
def redis_url() -> Iterator[str]:
    """A Redis that no lesson has seen."""
    with private_redis() as url:
        yield url


@pytest.mark.parametrize("program", SHOWN)
def test_a_program_prints_what_its_lesson_shows(program: Program, redis_url: str):
    assert program.run(redis_url) == program.kept, "Run `manage.py capture-output`, then read the lesson again."


@pytest.fixture
def program(content: Path, write: Write) -> Program:
    """Otto shows what a program of his prints."""
    write("snow/examples/fall.py", PROGRAM)
    return programs_of(write("snow/perf.md", PERF.format("")).lessons["snow"])[0]


def test_what_nobody_has_run_is_told_with_the_command(program: Program, content: Path):
    (problem, *_) = [found for found in read_catalog(content).problems if "captured" in found.message]
    assert (problem.line, problem.message) == (7, "What examples/fall.py prints has not been captured.")
    assert problem.hint == "Run `manage.py capture-output snow`."


def test_otto_captures_what_his_program_prints_and_shows_it(program: Program, write: Write):
    call_command("capture-output", "snow")
    assert program.kept == "['two', 'one']\n"
    page = write("snow/perf.md", PERF.format(' part="fall"')).lessons["snow"].texts["perf"].rendered
    assert page.problems == ()
    assert "<samp>[&#x27;two&#x27;, &#x27;one&#x27;]</samp>" in page.html
    assert page.html.index("lpush") < page.html.index("<samp>")
    assert "import os" not in page.html


def test_a_program_that_now_prints_something_else_is_noticed(program: Program, redis_url: str):
    program.kept_at.parent.mkdir()
    program.kept_at.write_text("['one', 'two']\n")
    assert program.run(redis_url) != program.kept


def test_each_run_begins_with_an_empty_redis(program: Program, redis_url: str):
    assert program.run(redis_url) == program.run(redis_url)


def test_a_program_that_fails_says_why(program: Program, redis_url: str):
    program.path.write_text("import sys\nsys.exit('no snow today')\n")
    with pytest.raises(ProgramFailed, match="no snow today"):
        program.run(redis_url)


def test_a_lesson_that_is_not_there_is_told(program: Program):
    with pytest.raises(CommandError, match=r"There is no lesson snwo\. Did you mean snow\?"):
        call_command("capture-output", "snwo")
