"""Running the programs of a lesson whose output it shows, as a reader would: with a Redis that holds nothing yet.

A program reads the server's address from REDIS_URL, in the one spelling that redis-py and Celery share, and prints the
same each time: no clock, no random id.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from apparatus.broker_url import redis_client
from apparatus.ports import free_port
from apparatus.processes import Group
from apparatus.redis_server import answers_ping, find_server
from authoring.scanner import OPENER, OPTION
from authoring.source import source_lines
from lessons.blocks.output import output_path
from lessons.lesson import Lesson

LONGEST_RUN_S = 60.0
START_TIMEOUT_S = 20.0


class ProgramFailed(RuntimeError):
    """A program did not end, or not well. The message holds the last it said."""


@dataclass(frozen=True)
class Program:
    """A file whose output a lesson shows."""

    path: Path

    @property
    def kept_at(self) -> Path:
        """The file that holds what it printed."""
        return output_path(self.path)

    @property
    def kept(self) -> str:
        """What it printed when it was captured; "" when it never was."""
        return self.kept_at.read_text(encoding="utf-8") if self.kept_at.exists() else ""

    def run(self, redis_url: str) -> str:
        """What it prints now, on a Redis that is emptied for it. Raises ProgramFailed."""
        with redis_client(redis_url) as redis:
            redis.flushall()
        environment = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
        environment |= {"REDIS_URL": redis_url, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
        with tempfile.TemporaryDirectory() as folder:
            return _printed([sys.executable, str(self.path.resolve())], environment, folder)


def programs_of(lesson: Lesson) -> list[Program]:
    """Every program whose output a lesson shows, each once, whether it exists or not."""
    names = (name for text in lesson.texts.values() for name in _shown(text.source.text))
    return [Program(lesson.path.parent / name) for name in dict.fromkeys(names)]


@contextmanager
def private_redis() -> Iterator[str]:
    """The address of a Redis on a port of its own, gone afterwards. Raises NoRedisServer, PartEnded, NotYet."""
    with tempfile.TemporaryDirectory() as folder, Group(Path(folder)) as group:
        port, socket_file = free_port(), group.temporary_folder() / "redis.sock"
        options = ["--port", str(port), "--bind", "127.0.0.1", "--unixsocket", str(socket_file), "--save", ""]
        part = group.start("Redis", [find_server().path, *options, "--dir", folder])
        group.wait_for(part, lambda: answers_ping(socket_file), START_TIMEOUT_S)
        yield f"redis://127.0.0.1:{port}/0"


def _shown(text: str) -> Iterator[str]:
    for line in source_lines(text):
        opener = None if line.is_code else OPENER.fullmatch(line.text)
        if opener and opener[2].startswith("output "):
            yield from [value for key, value in OPTION.findall(opener[2]) if key == "of"]


def _printed(command: list[str], environment: dict[str, str], folder: str) -> str:
    try:
        ran = subprocess.run(
            command, env=environment, cwd=folder, capture_output=True, text=True, timeout=LONGEST_RUN_S, check=False
        )
    except subprocess.TimeoutExpired:
        raise ProgramFailed(f"It has not ended after {LONGEST_RUN_S:.0f} s.") from None
    if ran.returncode:
        raise ProgramFailed(f"It ended with {ran.returncode}.\n{ran.stderr[-2000:]}")
    return ran.stdout.rstrip() + "\n"
