"""Real parts for the tests of the apparatus: every Redis server of this machine, and groups that clean up."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from apparatus.processes import Group
from apparatus.redis_server import RedisBinary, find_servers

Run = Callable[[str], "subprocess.Popen[str]"]


SERVERS: list[RedisBinary | None] = [*find_servers()]


@pytest.fixture(params=SERVERS or [None], ids=lambda binary: str(binary and binary.name))
def redis_binary(request: pytest.FixtureRequest) -> RedisBinary:
    """Each usable server of this machine in turn. None is a failure, not a skip."""
    assert request.param, "no Redis server here: apt install redis-server, or install requirements-dev.txt"
    found: RedisBinary = request.param
    return found


@pytest.fixture
def group(tmp_path: Path) -> Iterator[Group]:
    """A group of processes that is gone after the test."""
    with Group(tmp_path / "logs") as group:
        yield group


@pytest.fixture
def owner(tmp_path: Path) -> Iterator[Run]:
    """Starts a Python program that owns processes, and kills it after the test."""
    started: list[subprocess.Popen[str]] = []

    def run(program: str) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
        )
        started.append(process)
        return process

    yield run
    for process in started:
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
        process.communicate()
