"""What the checks of all steps stand on: an empty queue, a mailbox, your models, a worker, your site."""

import json
import re
import sys
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import redis

from checking.mail_server import MailServer
from checking.processes import Child, Children
from checking.verdict import CannotCheck, NotYet
from checking.waiting import wait_for

T = TypeVar("T")
START_TIMEOUT_S = 30.0
WORK_TIMEOUT_S = 60.0
QUEUE = "celery"


@dataclass(frozen=True)
class Waiting:
    """A message in Redis: its task's name and id, and its arguments."""

    task: str
    task_id: str
    args: list[Any]
    kwargs: dict[str, Any]


@dataclass
class Worker:
    """One running worker."""

    child: Child

    def outcome(self, task_id: str) -> str:
        """What became of a task: succeeded, retry, raised; empty while it is not over."""
        found = re.search(rf"\[{task_id}\] (succeeded|retry|raised|ignored)", self.child.log())
        return found[1] if found else ""

    def has_received(self, task_id: str) -> bool:
        """Whether it has taken this task's message."""
        return f"[{task_id}] received" in self.child.log()

    def wait_of_retry_s(self, task_id: str) -> float:
        """How many seconds the worker waits before it tries a task again."""
        found = re.search(rf"\[{task_id}\] retry: Retry in ([\d.]+)s", self.child.log())
        return float(found[1]) if found else 0.0


@dataclass
class Bench:
    """The parts that a check works with."""

    children: Children
    mail: MailServer
    redis: "redis.Redis"
    workers: list[Worker] = field(default_factory=list)

    def member(self, name: str) -> Any:
        """A stored member, who lives at <name>@example.org."""
        from members.models import Member

        return Member.objects.create(name=name, email=address_of(name))

    def mails_to(self, name: str) -> int:
        """How many mails arrived for somebody."""
        return len(self.mail.to(address_of(name)))

    def waiting(self) -> list[Waiting]:
        """The messages that wait in the queue, oldest first."""
        return [_read(text) for text in reversed(self.redis.lrange(QUEUE, 0, -1))]

    def unacknowledged(self) -> set[str]:
        """The ids of the tasks that a worker has taken and not acknowledged."""
        return {json.loads(held)[0]["headers"]["id"] for held in self.redis.hvals("unacked")}

    def publish_welcome(self, name: str) -> tuple[Any, str]:
        """Store a member and ask for their welcome mail; the member, and the id of the task."""
        member = self.member(name)
        return member, self.publish_again(member)

    def publish_again(self, member: Any) -> str:
        """Ask for a member's welcome mail once more; the id of the task."""
        return str(self.task().delay(member.pk).id)

    def task(self) -> Any:
        """Your task `welcome`. Raises NotYet when there is none."""
        from members import tasks

        task = getattr(tasks, "welcome", None)
        if not hasattr(task, "delay"):
            raise NotYet("members/tasks.py has no Celery task `welcome`.", "Do step 1 first: python check.py 1")
        return task

    def start_worker(self, visibility_s: float | None = None) -> Worker:
        """Your worker; with `visibility_s` it delivers again what was not acknowledged for so many seconds."""
        seconds = [] if visibility_s is None else [str(visibility_s)]
        worker = Worker(self.children.start("worker", [sys.executable, "-m", "checking.worker", *seconds]))
        self.workers.append(worker)
        self.until(worker.child, lambda: " ready." in worker.child.log(), "the worker to start", START_TIMEOUT_S)
        return worker

    def kill_worker(self, worker: Worker) -> None:
        """As the machine does when it has no memory left: at once, without a last word."""
        self.children.kill(worker.child)
        self.workers.remove(worker)

    def outcome(self, worker: Worker, task_id: str) -> str:
        """What became of a task, once the worker is done with it."""
        return self.until(worker.child, lambda: worker.outcome(task_id), "the worker to finish a task")

    def start_site(self, broker_url: str) -> Child:
        """Your site in a process of its own, with this broker. Ask `site_port` when it is up."""
        return self.children.start("site", [sys.executable, "-m", "checking.site"], {"BROKER_URL": broker_url})

    def site_port(self, site: Child) -> int:
        """The port of a site once it is up."""
        return int(self.until(site, lambda: _port_in(site.log()), "your site to start", START_TIMEOUT_S))

    def until(self, child: Child, condition: Callable[[], T], what: str, timeout_s: float = WORK_TIMEOUT_S) -> T:
        """The first true answer. Raises CannotCheck with the child's last lines when it ends first, or too late."""
        answer = wait_for(lambda: condition() or child.has_ended(), timeout_s)
        if not answer or child.has_ended():
            raise CannotCheck(f"Waited for {what}, in vain. Its last lines:\n{child.log()[-2000:]}")
        return condition()


def address_of(name: str) -> str:
    """Where somebody's mail goes."""
    return f"{name.lower()}@example.org"


def _port_in(log: str) -> str:
    """The port that a site has written, on a line of its own; empty before it has."""
    found = re.search(r"^(\d+)$", log, re.MULTILINE)
    return found[1] if found else ""


def _read(text: bytes | str) -> Waiting:
    message = json.loads(text)
    args, kwargs, _ = json.loads(b64decode(message["body"]))
    return Waiting(message["headers"]["task"], message["headers"]["id"], args, kwargs)
