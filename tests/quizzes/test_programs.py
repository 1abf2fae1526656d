"""Every program that a question shows is run, with a Redis of its own, and prints what the question says."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from apparatus.broker_url import redis_client
from apparatus.ports import free_port
from apparatus.processes import Group
from apparatus.redis_server import answers_ping, find_server
from quizzes import catalog
from quizzes.parser import read_quiz
from quizzes.types.output import PROGRAMS, Output, normalised

CONTENT = catalog.CONTENT  # read when this module is imported: the stories of this folder have a quiz of their own
FOLDER = CONTENT / PROGRAMS
LONGEST_LINES = 40  # what fits beside a question
LONGEST_COLUMNS = 79


def asked() -> dict[str, Output]:
    """What each question that shows a program says of it, by the question's id."""
    quizzes = [reading.quiz for path in sorted(CONTENT.glob("*.md")) if (reading := read_quiz(path)).quiz]
    bodies = {question.id: question.body for quiz in quizzes for question in quiz.questions}
    return {id: body for id, body in bodies.items() if isinstance(body, Output)}


ASKED = asked()


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Redis on a port of its own: the one address that redis-py and Celery spell alike."""
    folder: Path = tmp_path_factory.mktemp("programs")
    with Group(folder / "logs") as group:
        port, socket_file = free_port(), group.temporary_folder() / "redis.sock"
        options = ["--port", str(port), "--bind", "127.0.0.1", "--unixsocket", str(socket_file), "--save", ""]
        part = group.start("Redis", [find_server().path, *options])
        group.wait_for(part, lambda: answers_ping(socket_file), 20)
        yield f"redis://127.0.0.1:{port}/0"


def test_some_questions_show_a_program_and_each_program_is_asked_about() -> None:
    assert {body.program for body in ASKED.values()} == {path.name for path in FOLDER.glob("*.py")} != set()


@pytest.mark.parametrize("question", ASKED)
def test_a_program_prints_what_its_question_says(question: str, redis_url: str, tmp_path: Path) -> None:
    body = ASKED[question]
    with redis_client(redis_url) as redis:
        redis.flushall()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    ran = subprocess.run(
        [sys.executable, "-I", FOLDER / body.program],
        env=environment | {"REDIS_URL": redis_url},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert normalised(ran.stdout) == normalised(body.key)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.name)
def test_a_program_is_short_enough_to_be_read_beside_its_question(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= LONGEST_LINES
    assert max(map(len, lines)) <= LONGEST_COLUMNS
