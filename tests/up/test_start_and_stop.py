"""`./up` with its real parts: what it says, how it stops, and that nothing is ever left behind."""

import json
import os
import re
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from apparatus.probe import fetch, wait_until
from course import preparation
from tests.up.running import CLONE, READY, StartUp, Up, a_port, is_alive


def test_it_says_what_each_part_is_and_stops_on_ctrl_c(up: StartUp) -> None:
    course = up("--port", a_port()).until(READY)
    assert re.fullmatch(
        r"Database  SQLite 3\.\S+ in \S+\n"
        r"Redis     (Redis \d+\.\d+\.\d+|Valkey \d+\.\d+\.\d+ \(Redis-compatible\)), own socket\n"
        r"SMTP      aiosmtpd \S+, ports \d+ to \d+\n"
        r"Worker    Celery \S+, 4 threads\n"
        r"Web       Django \S+ on uvicorn \S+\n"
        r"\n"
        r"The course is at http://127\.0\.0\.1:\d+/\n"
        r"Ctrl-C stops it\.\n",
        course.output,
    )
    status, body = fetch(f"{course.url}/healthz", timeout_s=5)
    assert status == 200, body
    assert all(part["ok"] for part in json.loads(body).values())
    course.process.send_signal(signal.SIGINT)
    assert course.end() == 0
    assert course.leaves_nothing()
    assert course.output.endswith("Stopped.\n")
    assert not (course.data_dir / "logs" / "migrate.log.1").exists(), "a second start migrates again"
    assert not (course.data_dir / "logs" / "collectstatic.log.1").exists(), "a second start collects again"


def test_two_copies_run_side_by_side_and_sigterm_stops_only_its_own(up: StartUp) -> None:
    ada = up().until(READY)
    otto = up().until(READY)
    assert f"Port 8000 is taken; using {otto.url.rpartition(':')[2]}." in otto.output
    assert ada.url != otto.url
    assert not set(ada.folders) & set(otto.folders)
    ada.process.send_signal(signal.SIGTERM)
    assert ada.end() == 0
    assert ada.leaves_nothing()
    assert fetch(f"{otto.url}/healthz", timeout_s=5)[0] == 200


@pytest.mark.alone
def test_nothing_survives_kill_9_and_the_next_start_is_a_clean_one(up: StartUp) -> None:
    course = up("--port", a_port(), folder="a deep path with spaces/" + "deep/" * 20).until(READY)
    course.process.kill()
    assert course.leaves_nothing()
    again = Up(course.data_dir, "--port", a_port()).until("SMTP ")
    again.process.send_signal(signal.SIGINT)
    assert again.end() == 0
    assert again.leaves_nothing()


@pytest.mark.parametrize(
    ("part", "as_soon_as"), [("Redis", "SMTP "), ("SMTP", "SMTP "), ("Worker", READY), ("Web", "Worker ")]
)
def test_a_part_that_dies_is_named_and_ends_it_all(up: StartUp, part: str, as_soon_as: str) -> None:
    course = up("--port", a_port()).until(as_soon_as)
    os.kill(course.children[part], signal.SIGKILL)
    assert course.end() == 1
    assert f"\n{part} ended with signal SIGKILL. Its last lines (" in course.output
    assert course.leaves_nothing()


def test_a_stop_while_it_starts_leaves_nothing(up: StartUp) -> None:
    course = up("--port", a_port()).until("SMTP ")
    course.process.send_signal(signal.SIGINT)
    assert course.end() == 0
    assert course.leaves_nothing()


def test_a_part_that_hangs_is_killed_in_time(up: StartUp) -> None:
    course = up("--port", a_port()).until("SMTP ")
    os.kill(course.children["Redis"], signal.SIGSTOP)
    course.process.send_signal(signal.SIGTERM)
    assert course.end() == 0
    assert course.leaves_nothing()


def test_a_second_ctrl_c_does_not_wait_for_a_part_that_hangs(up: StartUp) -> None:
    course = up("--port", a_port()).until("SMTP ")
    os.kill(course.children["Redis"], signal.SIGSTOP)
    course.process.send_signal(signal.SIGINT)
    wait_until(lambda: not is_alive(course.children["SMTP"]), what="the end of the others", timeout_s=5)
    course.process.send_signal(signal.SIGINT)
    assert course.end(timeout_s=1) != 0
    assert course.leaves_nothing()


def test_the_secret_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    preparation.make_secret_key(tmp_path)
    key = (tmp_path / "secret-key").read_text()
    preparation.make_secret_key(tmp_path)
    assert (tmp_path / "secret-key").read_text() == key
    assert len(key) >= 50
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_an_older_database_put_back_is_migrated_again(prepared: Path, tmp_path: Path) -> None:
    """Restoring a backup from before an update must not leave old tables under new code."""
    data_dir = tmp_path / "data"
    shutil.copytree(prepared, data_dir)
    stamp = (data_dir / "migrated").read_text()
    assert preparation.migrations_fingerprint(data_dir) == stamp
    (data_dir / preparation.DATABASE_NAME).unlink()
    assert preparation.migrations_fingerprint(data_dir) != stamp


def test_a_fresh_clone_needs_nothing_but_up(tmp_path: Path) -> None:
    """A copy of this tree in a deep folder with a space: set-up and first start."""
    clone = tmp_path / "a fresh clone" / ("deep" * 15)
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    files = subprocess.run(listing, cwd=CLONE, capture_output=True, text=True, check=True).stdout.split("\0")
    for name in filter(None, files):
        if (CLONE / name).is_file():
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(CLONE / name, clone / name)
    course = Up(clone / ".data", "--port", a_port(), command=(str(clone / "up"),)).until(READY, timeout_s=180)
    assert course.output.startswith("Setting up .venv from requirements.txt")
    assert fetch(f"{course.url}/healthz", timeout_s=5)[0] == 200
    course.process.send_signal(signal.SIGINT)
    assert course.end() == 0
    assert course.leaves_nothing()
