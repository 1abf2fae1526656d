"""A group of child processes that never leaves orphans, whatever happens to the process that started it."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from apparatus import reaper
from apparatus.probe import NotYet, wait_until

T = TypeVar("T")
FOLDER_PREFIX = "brokered-"
# A unix socket's whole path must fit sockaddr_un: 104 bytes on macOS, 108 on Linux, the final zero included.
SOCKET_PATH_LIMIT_BYTES = 104
LAST_LINES = 12
# The child itself tells the reaper (standard output) its number before it becomes the program: there is no moment at
# which the owner can die and leave a child that nobody knows. From then on both outputs go to the log (standard error).
ANNOUNCE = 'echo "start $$" && exec >&2 && exec "$@"'
# What is ignored stays ignored through exec: the reaper is deaf from its first moment, to all but the end of its pipe.
DEAF = "trap '' INT TERM HUP && exec \"$@\""


class PartEnded(RuntimeError):
    """A part ended by itself. The message names it, how it ended, and its last lines."""


@dataclass(frozen=True)
class Part:
    """One running child: its name for people, and where its output goes."""

    name: str
    process: subprocess.Popen[bytes]
    log_path: Path

    @property
    def pid(self) -> int:
        """Its process id, which is also the id of its process group."""
        return self.process.pid

    def log(self) -> str:
        """All it has written since it was started."""
        return self.log_path.read_text(errors="replace")


class Reaper:
    """The line to the process that cleans up after us (`apparatus.reaper`)."""

    def __init__(self, keep_open: Sequence[int] = ()) -> None:
        """Start it. The descriptors in `keep_open` stay open (a lock stays held) until it has finished."""
        self._process = subprocess.Popen(
            ["/bin/sh", "-c", DEAF, "reaper", sys.executable, "-I", "-S", reaper.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
            pass_fds=keep_open,
        )
        assert self._process.stdin is not None
        self.pipe = self._process.stdin.fileno()

    def tell(self, word: str, what: str) -> None:
        """One line, whole even when several threads write: it is shorter than a pipe's atomic write."""
        with suppress(BrokenPipeError):  # somebody killed the reaper; we still clean up ourselves
            os.write(self.pipe, f"{word} {what}\n".encode())

    def close(self) -> None:
        """Let it clean up what is left, and wait for it."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


class Group:
    """Child processes that are started in order, watched, and stopped in reverse order.

    Use it as a context manager. Each child leads a process group of its own, so a Ctrl-C in the terminal reaches the
    owner only, and a child's own children are stopped with it.
    """

    def __init__(self, log_dir: Path, keep_open: Sequence[int] = ()) -> None:
        """`log_dir` is made when missing; `keep_open` is as for Reaper."""
        log_dir.mkdir(parents=True, exist_ok=True)
        self.log_dir = log_dir
        self.parts: list[Part] = []
        self._folders: list[Path] = []
        self._lock = threading.Lock()
        self._reaper = Reaper(keep_open)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> Part:
        """Start `command` in `folder`, its output in a new `<log_dir>/<name>.log` (the last one is kept as `.1`).

        `environment` is the whole environment, None for ours. Raises OSError when the log cannot be written.
        """
        log_path = self._fresh_log(name)
        with log_path.open("ab") as log:
            process = subprocess.Popen(
                ["/bin/sh", "-c", ANNOUNCE, name, *map(str, command)],
                stdin=subprocess.DEVNULL,
                stdout=self._reaper.pipe,
                stderr=log,
                env=environment,
                cwd=folder,
                start_new_session=True,
            )
        part = Part(name, process, log_path)
        with self._lock:
            self.parts.append(part)
        return part

    def temporary_folder(self) -> Path:
        """A new private folder, removed when the group ends, with a path short enough for a unix socket in it."""
        folder = Path(tempfile.mkdtemp(prefix=FOLDER_PREFIX, dir=_short_temporary_folder()))
        self._reaper.tell("folder", json.dumps(str(folder)))
        with self._lock:
            self._folders.append(folder)
        return folder

    def run(self, name: str, command: Sequence[str | Path], *, environment: Mapping[str, str] | None = None) -> None:
        """Run `command` to its end. Raises PartEnded when its exit code is not 0."""
        part = self.start(name, command, environment=environment)
        part.process.wait()
        self.kill(part)
        if part.process.returncode != 0:
            raise PartEnded(last_words(part))

    def check(self) -> None:
        """Raise PartEnded when a part has ended by itself."""
        for part in self.parts:
            if part.process.poll() is not None:
                raise PartEnded(last_words(part))

    def wait_for(self, part: Part, condition: Callable[[], T | None], timeout_s: float) -> T:
        """The first true answer of `condition`. Raises PartEnded when any part ends first, NotYet when too late."""

        def answer() -> T | None:
            self.check()
            return condition()

        try:
            return wait_until(answer, what=f"an answer of {part.name}", timeout_s=timeout_s)
        except NotYet as error:
            raise NotYet(f"{error}. {_tail(part)}") from None

    def stop(self, part: Part, grace_s: float) -> None:
        """Stop one part: ask, wait `grace_s`, then kill it and whatever it started."""
        if part.process.poll() is None:
            part.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                part.process.wait(max(grace_s, 0.0))
        self.kill(part)

    def close(self, grace_s: float = 6.0) -> None:
        """Stop every part in reverse order within `grace_s` all together, and remove the temporary folders."""
        deadline = time.monotonic() + grace_s
        for part in reversed(self.parts.copy()):
            self.stop(part, deadline - time.monotonic())
        for folder in self._folders:
            shutil.rmtree(folder, ignore_errors=True)
            self._reaper.tell("gone", json.dumps(str(folder)))
        self._reaper.close()

    def kill(self, part: Part) -> None:
        """Kill one part, and whatever it started, at once."""
        reaper.kill_group(part.pid)
        part.process.wait()
        self._reaper.tell("end", str(part.pid))
        with self._lock:
            if part in self.parts:
                self.parts.remove(part)

    def _fresh_log(self, name: str) -> Path:
        path = self.log_dir / f"{name.lower().replace(' ', '-')}.log"
        if path.exists():
            path.replace(path.with_suffix(".log.1"))
        return path


def last_words(part: Part) -> str:
    """How a part ended, and its last lines, for people."""
    return f"{part.name} ended with {_exit_in_words(part.process.returncode)}. {_tail(part)}"


def _tail(part: Part) -> str:
    lines = [line for line in part.log().splitlines() if line.strip()]
    if not lines:
        return f"It wrote nothing ({part.log_path})."
    quoted = "\n".join(f"    {line}" for line in lines[-LAST_LINES:])
    return f"Its last lines ({part.log_path}):\n{quoted}"


def _exit_in_words(returncode: int | None) -> str:
    if returncode is None or returncode >= 0:
        return f"exit code {returncode}"
    try:
        return f"signal {signal.Signals(-returncode).name}"
    except ValueError:
        return f"signal {-returncode}"


def _short_temporary_folder() -> str:
    """The system's temporary folder, or /tmp when a socket in the former would have too long a path."""
    usual = tempfile.gettempdir()
    longest_name = f"{usual}/{FOLDER_PREFIX}12345678/redis.sock"
    return usual if len(os.fsencode(longest_name)) < SOCKET_PATH_LIMIT_BYTES else "/tmp"
