"""The code on the page is run: a real mail server, a real Redis, a real worker."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from apparatus.broker_url import celery_url, redis_client
from apparatus.ports import free_port
from apparatus.probe import wait_until
from apparatus.processes import Group
from apparatus.redis_server import find_server, start_redis
from lessons.blocks.code import read_code

EXAMPLES = Path(__file__).parents[2] / "lessons/content/redis-as-a-message-broker/examples"


@dataclass
class Letterbox:
    """Takes mail and notes when."""

    arrived_at: list[float] = field(default_factory=list)
    mails: list[Envelope] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """One whole mail."""
        self.arrived_at.append(time.time())
        self.mails.append(envelope)
        return "250 OK"


@dataclass
class Site:
    """The reader's site and what it stands on."""

    environment: dict[str, str]
    letterbox: Letterbox
    broker_url: str
    group: Group

    def sign_up(self, way: str) -> dict[str, Any]:
        """Sign Ada up in one of the ways; what the site says about it."""
        command = [sys.executable, "-m", "tests.lessons.example_site", way]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=60, check=True)
        said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return said

    def waiting(self) -> int:
        """Messages waiting in Redis."""
        with redis_client(self.broker_url) as client:
            return int(client.llen("celery"))

    def in_redis(self) -> int:
        """Messages waiting in Redis, and those that were taken and not acknowledged."""
        with redis_client(self.broker_url) as client:
            return int(client.llen("celery")) + int(client.hlen("unacked"))

    def start_worker(self) -> None:
        """Start a real worker."""
        celery = [sys.executable, "-m", "celery", "-A", "tests.lessons.example_site", "worker", "-P", "solo"]
        self.group.start("worker", celery, environment=self.environment)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A fresh site with a letterbox and a Redis of its own, and no worker yet."""
    letterbox = Letterbox()
    server = Controller(letterbox, hostname="127.0.0.1", port=free_port(), server_hostname="example.org")
    with Group(tmp_path / "logs") as group:
        _, url = start_redis(group, find_server(), tmp_path / "redis")
        server.start()
        environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        environment |= {
            "EXAMPLE_DATA": str(tmp_path),
            "EXAMPLE_SMTP_PORT": str(server.port),
            "EXAMPLE_BROKER": celery_url(url),
        }
        yield Site(environment, letterbox, url, group)
        server.stop()


def test_bad_the_answer_comes_after_the_mail(site: Site):
    said = site.sign_up("inside")
    assert (said["status"], said["users"]) == (302, 1)
    assert site.letterbox.mails[0].rcpt_tos == ["ada@example.org"]
    assert site.letterbox.arrived_at[0] < said["answered_at"]
    assert site.waiting() == 0


def test_good_the_answer_comes_first_and_a_worker_sends_the_same_mail(site: Site):
    said = site.sign_up("queued")
    assert (said["status"], said["users"]) == (302, 1)
    assert (site.waiting(), site.letterbox.mails) == (1, [])
    site.start_worker()
    wait_until(lambda: site.letterbox.mails, what="the worker to send the mail", timeout_s=30)
    assert said["answered_at"] < site.letterbox.arrived_at[0]
    assert "Good to have you here, Ada." in str(site.letterbox.mails[0].content)


def test_good_no_mail_is_asked_for_when_the_user_was_not_stored(site: Site):
    said = site.sign_up("refused")
    assert (said["status"], said["users"]) == (500, 0)
    assert (site.waiting(), site.letterbox.mails) == (0, [])


SIGN_UP = """
from django.test import Client
print(Client().post("/sign-up/", {"name": "Ada", "email": "ada@example.org"}).status_code)
"""


def test_the_first_task_is_a_whole_project_that_runs(site: Site, tmp_path: Path):
    project = shutil.copytree(EXAMPLES / "first_task", tmp_path / "first_task")
    environment = site.environment | {
        "REDIS_URL": site.environment["EXAMPLE_BROKER"],
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": site.environment["EXAMPLE_SMTP_PORT"],
    }

    def manage(*words: str) -> str:
        command = [sys.executable, "manage.py", *words]
        ran = subprocess.run(
            command, cwd=project, env=environment, capture_output=True, text=True, timeout=60, check=False
        )
        assert (ran.returncode, ran.stderr) == (0, "")
        return ran.stdout

    manage("migrate", "-v0")
    assert manage("shell", "-v0", "-c", SIGN_UP).split() == ["302"]
    assert (site.waiting(), site.letterbox.mails) == (1, [])
    celery = [sys.executable, "-m", "celery", "-A", "mysite", "worker"]
    site.group.start("first worker", celery, environment=environment, folder=project)
    wait_until(lambda: site.letterbox.mails, what="the worker to send the mail", timeout_s=30)
    assert "Good to have you here, Ada." in str(site.letterbox.mails[0].content)
    wait_until(lambda: site.in_redis() == 0, what="the message to be acknowledged", timeout_s=10)


def test_of_its_settings_the_page_shows_those_of_the_queue() -> None:
    shown = read_code(EXAMPLES / "first_task", "mysite/settings.py", "CELERY_*")
    assert [line.partition(" ")[0] for line in shown.split("\n") if " = " in line] == [
        "CELERY_BROKER_URL",
        "CELERY_BROKER_TRANSPORT_OPTIONS",
        "CELERY_TASK_IGNORE_RESULT",
    ]
