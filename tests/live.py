"""A whole course of real parts for tests, each of which can be killed and brought back."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from apparatus.ports import free_port
from apparatus.probe import fetch, wait_until
from apparatus.processes import Group, Part
from apparatus.redis_server import RedisBinary, start_redis
from apparatus.smtp_part import start_smtp_server, wait_for_base_port
from course import startup
from course.address import Address
from course.preparation import prepare_database, prepare_static_files

READY_TIMEOUT_S = 60


class LiveCourse:
    """The course as `./up` runs it, in a folder of its own. `url` is its address."""

    def __init__(self, group: Group, data_dir: Path, binary: RedisBinary, **environment_on_top: str) -> None:
        data_dir.mkdir(parents=True, exist_ok=True)
        self.group, self.data_dir, self.binary = group, data_dir, binary
        address = Address("127.0.0.1", free_port())
        self.url = address.url
        own = {"DATA_DIR": str(data_dir), "SITE_URL": self.url, "SMTP_HOST": "127.0.0.1"}
        environment = os.environ | own | environment_on_top
        self.startup = startup.Startup(group, data_dir, address, False, environment)
        self.parts: dict[str, Part] = {}
        prepare_database(group, data_dir, environment)
        prepare_static_files(group, data_dir, environment)
        self.parts["redis"], environment["REDIS_URL"] = start_redis(group, binary, data_dir / "redis")
        command = self.parts["redis"].process.args
        assert isinstance(command, list)
        self.redis_command: list[str] = command[4:]  # without the words that announce it to the reaper
        self.start_mail()
        environment["SMTP_BASE_PORT"] = str(self.base_port)
        self.start_worker()
        self.start_web()
        self.wait_until_healthy()

    base_port = 0

    def start_redis(self) -> None:
        """Bring Redis back on its own socket, with what its append-only file holds."""
        self.parts["redis"] = self.group.start("Redis", self.redis_command)

    def start_mail(self) -> None:
        """Bring the SMTP server back on its own ports."""
        self.parts["mail"] = start_smtp_server(self.group, self.base_port)
        self.base_port = wait_for_base_port(self.group, self.parts["mail"])

    def start_worker(self) -> None:
        """Bring the worker back."""
        self.parts["worker"] = startup.start_worker(self.startup)

    def start_web(self) -> None:
        """Bring the web process back."""
        self.parts["web"] = startup.start_web(self.startup)

    def kill(self, name: str) -> None:
        """SIGKILL one part."""
        self.group.kill(self.parts.pop(name))

    @contextmanager
    def without(self, name: str) -> Iterator[None]:
        """The course with one part killed; afterwards it is back and all are healthy."""
        self.kill(name)
        try:
            yield
        finally:
            getattr(self, f"start_{name}")()
            self.wait_until_healthy()

    @contextmanager
    def frozen(self, name: str) -> Iterator[None]:
        """The course with one part stopped in mid-air (SIGSTOP): its sockets are open and nothing answers."""
        os.kill(self.parts[name].pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self.parts[name].pid, signal.SIGCONT)
            self.wait_until_healthy()

    def wait_until_healthy(self) -> None:
        """Until /healthz says 200."""
        wait_until(self._is_healthy, what=f"{self.url}/healthz to say 200", timeout_s=READY_TIMEOUT_S)

    def _is_healthy(self) -> bool:
        self.group.check()
        try:
            return fetch(f"{self.url}/healthz", timeout_s=10)[0] == 200
        except OSError:
            return False
