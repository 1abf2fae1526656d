"""A running `./up` for tests: what it says, which processes belong to it, and whether they are gone."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from apparatus import ports
from apparatus.probe import wait_until

CLONE = Path(__file__).resolve().parents[2]
HERE = "127.0.0.1"
READY = "Ctrl-C stops it."
PROGRAMS = {"Redis": r"(redis|valkey)-server", "SMTP": "smtp_server", "Worker": r"course\.worker", "Web": "uvicorn"}
LEAVES = ["REDIS_URL", "SITE_URL", "DATABASE_URL", "SMTP_BASE_PORT", "AUTHOR", "SECRET_KEY"]


class Up:
    """A running `./up`, what it said, and the processes that belong to it."""

    def __init__(
        self, data_dir: Path, *arguments: str, command: tuple[str, ...] = (), environment: dict[str, str] | None = None
    ) -> None:
        self.data_dir = data_dir
        self.output_file = data_dir.with_name(data_dir.name + ".output")
        bare = {name: value for name, value in os.environ.items() if name not in LEAVES}
        with self.output_file.open("w") as output:
            self.process = subprocess.Popen(
                [*(command or (sys.executable, "-m", "course.startup")), *arguments],
                cwd=CLONE,
                env=bare | {"DATA_DIR": str(data_dir)} | (environment or {}),
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.children: dict[str, int] = {}
        self.folders: list[Path] = []

    @property
    def output(self) -> str:
        return self.output_file.read_text()

    @property
    def url(self) -> str:
        found = re.search(r"The course is at (\S+)/", self.output)
        assert found, self.output
        return found[1]

    def until(self, text: str, timeout_s: float = 60) -> "Up":
        """Wait until it says `text`, and take down which processes and folders there are."""

        def said() -> bool:
            assert self.process.poll() is None or text in self.output, self.output
            return text in self.output

        wait_until(said, what=text, timeout_s=timeout_s)
        self.look()
        return self

    def look(self) -> None:
        listing = subprocess.run(["ps", "-wweo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
        for line in listing.splitlines():
            pid, parent, arguments = line.split(maxsplit=2)
            if int(parent) == self.process.pid:
                name = next((name for name, program in PROGRAMS.items() if re.search(program, arguments)), arguments)
                self.children[name] = int(pid)
                self.folders += [Path(found).parent for found in re.findall(r"\S*/brokered-\w+/redis\.sock", arguments)]

    def end(self, timeout_s: float = 10) -> int:
        """Its exit code, within the 10 s that are promised."""
        return self.process.wait(timeout_s)

    def leaves_nothing(self) -> bool:
        """Whether all its processes, sockets and folders are gone, as they must be within two seconds."""
        assert len(self.children) > 1
        assert self.folders
        wait_until(self._is_gone, what=f"the end of {self.children} and {self.folders}", timeout_s=2)
        return True

    def _is_gone(self) -> bool:
        return not any(map(is_alive, self.children.values())) and not any(folder.exists() for folder in self.folders)


def is_alive(pid: int) -> bool:
    """Whether a process runs; a zombie does not."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(state.strip()) and not state.startswith("Z")


StartUp = Callable[..., Up]


def a_port() -> str:
    return str(ports.free_port())
