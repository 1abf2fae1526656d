"""A project of a lesson as real processes: its own code and settings, with a log that can be read afterwards."""

import os
import re
import shutil
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from apparatus.ports import free_port
from apparatus.processes import Group, Part
from lessons.traces.recipe import Recipe

HOST = "127.0.0.1"
START_TIMEOUT_S = 60.0
SETTINGS_MODULE = "recorded"
# Only what makes the logs tell more, and what the recipe asks for, is added to the settings of the project.
SETTINGS = """\
from {app}.settings import *

DEBUG = True  # so that the queries are logged
LOGGING = {{
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {{"timed": {{"format": "{{created:.6f}} {{message}}", "style": "{{"}}}},
    "handlers": {{"file": {{"class": "logging.FileHandler", "filename": {log!r}, "formatter": "timed"}}}},
    "loggers": {{"django.db.backends": {{"handlers": ["file"], "level": "DEBUG", "propagate": False}}}},
}}
CELERY_WORKER_LOG_FORMAT = CELERY_WORKER_TASK_LOG_FORMAT = "%(created).6f %(message)s"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
"""
WORKER_OPTIONS = ("worker", "-c", "1", "-l", "INFO", "--without-mingle", "--without-gossip", "--without-heartbeat")
TIMED = re.compile(r"^(\d+\.\d{6}) (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Line:
    """One line of a log: when it was written, and what."""

    at_s: float
    text: str


def prepare(source: Path, app: str, target: Path) -> None:
    """Copy a project and make its database. Raises CalledProcessError when that fails."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "*.sqlite3*"))
    environment = _environment() | {"DJANGO_SETTINGS_MODULE": f"{app}.settings"}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=target, env=environment, check=True, timeout=60)


class Project:
    """One copy of a project at work."""

    def __init__(self, folder: Path, recipe: Recipe, group: Group, redis_url: str, mail_port: int) -> None:
        """`folder` is a prepared copy of its own."""
        self._folder, self._app, self._group = folder, recipe.app, group
        self._log = folder / "queries.log"
        settings = SETTINGS.format(app=recipe.app, log=str(self._log))
        settings += "".join(f"{name} = {value!r}\n" for name, value in recipe.settings.items())
        (folder / f"{SETTINGS_MODULE}.py").write_text(settings, encoding="utf-8")
        self._environment = _environment() | {
            "DJANGO_SETTINGS_MODULE": SETTINGS_MODULE,
            "REDIS_URL": redis_url,
            "EMAIL_HOST": HOST,
            "EMAIL_PORT": str(mail_port),
        }

    def start_web(self) -> int:
        """Start its web server and wait until it listens. Returns its port. Raises PartEnded, NotYet."""
        port = free_port()
        command = [sys.executable, "manage.py", "runserver", "--noreload", f"{HOST}:{port}"]
        part = self._group.start("web", command, environment=self._environment, folder=self._folder)
        self._group.wait_for(part, lambda: _listens(port), START_TIMEOUT_S)
        return port

    def start_worker(self, number: int) -> Part:
        """Start a worker of one process. `number` tells its log from another's."""
        command = [sys.executable, "-m", "celery", "-A", self._app, *WORKER_OPTIONS]
        return self._group.start(f"worker {number}", command, environment=self._environment, folder=self._folder)

    @property
    def queries(self) -> list[Line]:
        """The queries that all its processes have made so far, and what began and ended transactions."""
        return lines_of(self._log.read_text(encoding="utf-8"))


def lines_of(log: str) -> list[Line]:
    """The lines of a log that begin with their time."""
    return [Line(float(at_s), text) for at_s, text in TIMED.findall(log)]


def _environment() -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "CELERY_"))}
    return ours | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUNBUFFERED": "1"}


def _listens(port: int) -> bool:
    try:
        socket.create_connection((HOST, port), 0.5).close()
    except OSError:
        return False
    return True
