"""`./up` with what it is given: a Redis, a port, a folder, options; what cannot be used is said with its remedy."""

import re
import signal
from pathlib import Path

import pytest

from apparatus import broker_url, ports, redis_server
from apparatus.processes import Group
from tests.up.running import HERE, StartUp, Up, a_port, is_alive


def test_a_given_redis_is_used_and_never_touched(up: StartUp, tmp_path: Path) -> None:
    with Group(tmp_path / "mine") as mine:
        part, url = redis_server.start_redis(mine, redis_server.find_server(), tmp_path / "my redis")
        socket_file = tmp_path / "m.sock"
        socket_file.symlink_to(broker_url.socket_path(url) or "")
        course = up("--port", a_port(), REDIS_URL=f"unix://{socket_file}").until("SMTP ")
        assert re.search(rf"^Redis     .* \d+\.\d+.*, socket {socket_file}$", course.output, re.MULTILINE)
        assert "Redis" not in course.children
        course.process.send_signal(signal.SIGINT)
        assert course.end() == 0
        assert is_alive(part.pid)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("unix:///nowhere/redis.sock", "does not answer"),
        ("redis://me:secret@127.0.0.1:9/0", r"\(redis://me:\*\*\*@127\.0\.0\.1:9/0\) does not answer"),
        ("http://localhost", r"write redis://host:6379/0"),
    ],
)
def test_a_given_redis_that_does_not_answer_is_said(up: StartUp, url: str, said: str) -> None:
    course = up("--port", a_port(), REDIS_URL=url)
    assert course.end() == 1
    assert re.search(said, course.output)
    assert "secret" not in course.output


def test_a_given_port_that_is_taken_stops_it_with_the_remedy(up: StartUp) -> None:
    with ports.bind(HERE, 0) as taken:
        taken.listen(1)
        port = taken.getsockname()[1]
        course = up("--port", str(port))
        assert course.end() == 1
    assert f"Port {port} on {HERE} is taken" in course.output
    assert "leave --port out" in course.output


def test_a_second_start_in_the_same_folder_names_the_first(up: StartUp) -> None:
    course = up("--port", a_port()).until("Redis ")
    before = (course.data_dir / "course.sqlite3").stat().st_mtime_ns
    second = Up(course.data_dir, "--port", a_port())
    second.output_file = course.output_file  # both write there
    assert second.end() == 1
    assert re.search(r"already running from this folder, at http://127\.0\.0\.1:\d+\.", course.output)
    assert (course.data_dir / "course.sqlite3").stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--author", "--host", "0.0.0.0"), "--author shows more than learners should see"),
        (("--host", "203.0.113.7"), "Cannot listen on 203.0.113.7"),
        (("--port", "70000"), "'70000' is not a port"),
    ],
)
def test_what_cannot_be_is_said_before_anything_starts(up: StartUp, arguments: tuple[str, ...], said: str) -> None:
    course = up(*arguments)
    assert course.end() != 0
    assert said in course.output
    assert "Redis" not in course.output


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    course = Up(tmp_path / "data", environment={"DATA_DIR": str(tmp_path / "file" / "data")})
    assert course.end() == 1
    assert "Cannot write to" in course.output
