"""Child processes that end with the checker, however it ends."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

PROJECT = Path(__file__).resolve().parent.parent
GUARD = Path(__file__).with_name("guard.py")
# A child tells the guard its number before it becomes the program, so that there is no moment in which nobody knows it.
ANNOUNCE = 'echo "start $$" && exec >&2 && exec "$@"'


@dataclass(frozen=True)
class Child:
    """One running process, the leader of a group of its own. What it writes goes to `log_path`."""

    process: subprocess.Popen[bytes]
    log_path: Path

    def log(self) -> str:
        """All it has written."""
        return self.log_path.read_text(errors="replace")

    def has_ended(self) -> bool:
        """Whether it is no longer there."""
        return self.process.poll() is not None


class Children:
    """Starts processes and ends them. Use it as a context manager."""

    def __enter__(self) -> Self:
        self.guard = subprocess.Popen(
            [sys.executable, "-I", "-S", GUARD], stdin=subprocess.PIPE, text=True, start_new_session=True, cwd="/"
        )
        # A short path: that of a Unix socket may have 104 bytes at most (macOS).
        self.folder = Path(tempfile.mkdtemp(prefix="choir-", dir="/tmp"))
        self._tell(f"folder {self.folder}")
        self.living: list[Child] = []
        return self

    def __exit__(self, *error: object) -> None:
        assert self.guard.stdin is not None
        for child in self.living.copy():
            self.kill(child)
        self.guard.stdin.close()
        self.guard.wait()

    def start(self, name: str, command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> Child:
        """Start `command` in the project's folder, with these variables more than ours."""
        log_path = self.folder / f"{name}-{len(list(self.folder.glob('*.log')))}.log"
        with log_path.open("wb") as log:
            process = subprocess.Popen(
                ["/bin/sh", "-c", ANNOUNCE, name, *command],
                stdin=subprocess.DEVNULL,
                stdout=self.guard.stdin,
                stderr=log,
                env={**os.environ, **(environment or {})},
                cwd=PROJECT,
                start_new_session=True,
            )
        child = Child(process, log_path)
        self.living.append(child)
        return child

    def kill(self, child: Child) -> None:
        """End a process and whatever it started, as `kill -9` does: without a chance to tidy up."""
        with suppress(ProcessLookupError):
            os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait()
        self._tell(f"end {child.process.pid}")
        self.living.remove(child)

    def _tell(self, line: str) -> None:
        assert self.guard.stdin is not None
        with suppress(BrokenPipeError):  # somebody killed the guard; we still clean up ourselves
            self.guard.stdin.write(f"{line}\n")
            self.guard.stdin.flush()
