"""Recording one piece of work: a form is posted to a real project, and what all its parts do is noted.

Nothing is put into the project's code. The form is posted by an HTTP client of ours in the place of a browser; queries
are in Django's log, commands in Redis's MONITOR, the end of a task in the worker's log, and the mail server is ours.
The worker is started once the answer is there, so that the message can be seen waiting.
"""

import http.client
import math
import os
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

import redis

from apparatus.probe import wait_until
from apparatus.processes import Group, Part
from apparatus.redis_server import describe
from lessons.programs import private_redis
from lessons.traces.events import READY, SUCCEEDED, Event, of_database, of_mail, of_redis, of_worker, rows_of
from lessons.traces.mail_server import HOST, Post, mail_server
from lessons.traces.project import Project, lines_of, prepare
from lessons.traces.recipe import Recipe
from lessons.traces.recording import Recording
from lessons.traces.replay import UNACKED, changes_of
from lessons.traces.wire import Watch

LONGEST_S = 60.0
REQUEST_TIMEOUT_S = 10.0
END = b"the end of the recording"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class _Parts:
    """The running parts of one recording, and how to look at them."""

    recipe: Recipe
    project: Project
    group: Group
    post: Post
    client: redis.Redis
    watch: Watch


def record_all(recipes: Mapping[str, Recipe], lesson_folder: Path, at_once: int = 1) -> dict[str, Recording]:
    """Carry out all recipes of a lesson, each with parts of its own, so many `at_once`.

    One at a time runs in this thread, so that Ctrl-C ends it there and then, with all its parts.
    Raises what `record` raises, and CalledProcessError when the database of the project cannot be made.
    """
    with TemporaryDirectory() as temporary, ThreadPoolExecutor(at_once) as pool:
        folder = Path(temporary)
        for project, app in {(recipe.project, recipe.app) for recipe in recipes.values()}:
            prepare(lesson_folder / project, app, folder / "prepared" / project)
        carry_out = map if at_once == 1 else pool.map
        prepared = (folder / "prepared" / recipe.project for recipe in recipes.values())
        made = carry_out(record, recipes.values(), prepared, (folder / "runs" / name for name in recipes))
        return dict(zip(recipes, made, strict=True))


def record(recipe: Recipe, prepared: Path, folder: Path) -> Recording:
    """Carry a recipe out with a copy of the project `prepared`, made in `folder`.

    Raises PartEnded, NotYet, NoRedisServer, ValueError for what cannot be recorded, OSError when nothing answers.
    """
    copytree(prepared, folder)
    with private_redis() as redis_url, redis.Redis.from_url(redis_url) as client, Group(folder / "logs") as group:
        # The task waits in the greeting until its acknowledgement, if it is an early one, has gone through.
        post = Post(recipe.mail_ms, lambda: client.hlen(UNACKED) == int(recipe.is_late), recipe.kill)
        with mail_server(post) as mail_port:
            project = Project(folder, recipe, group, redis_url, mail_port)
            port = project.start_web()
            _post(port, recipe.post, recipe.before)
            client.flushall()
            with Watch(redis_url) as watch:
                events = _carry_out(_Parts(recipe, project, group, post, client, watch), port)
                seen = watch.seen
        client.flushall()
        killed_at_s = next((event.at_s for event in events if event.kind == "killed"), math.inf)
        events += of_redis(changes_of(seen, client), killed_at_s)
        return Recording(f"{datetime.now(UTC):%Y-%m-%d}", _machine(), _versions(redis_url), rows_of(events))


def _carry_out(parts: _Parts, port: int) -> list[Event]:
    """Everything in its order, with what was noted outside Redis."""
    events = _ask(port, parts.recipe)
    events += of_database(line for line in parts.project.queries if line.at_s > events[0].at_s)
    first = parts.project.start_worker(1)
    workers = [first]
    if parts.recipe.kill:
        wait_until(lambda: parts.post.greeted_at_s, what="the task", timeout_s=LONGEST_S)
        events.append(Event(time.time(), "killed", "worker", "worker 1", ("kill -9",)))
        workers.append(_start_another(parts, first))
    _finish(parts, workers[-1])
    for number, worker in enumerate(workers, 1):
        events += of_worker(lines_of(worker.log()), number)
    return [*events, *of_mail(parts.post.greeted_at_s, parts.post.accepted_at_s)]


def _ask(port: int, recipe: Recipe) -> list[Event]:
    """Post the form, as a browser would."""
    asked_at_s = time.time()
    answer = _post(port, recipe.post, recipe.form)
    return [
        Event(asked_at_s, "asked", "browser", "browser", (f"POST {recipe.post}",)),
        Event(time.time(), "answered", "browser", "browser", (answer,)),
    ]


def _post(port: int, path: str, form: Mapping[str, str]) -> str:
    """Status and new address of the answer. Raises ValueError when it is an error."""
    connection = http.client.HTTPConnection(HOST, port, timeout=REQUEST_TIMEOUT_S)
    connection.request("POST", path, urlencode(form), FORM)
    answer = connection.getresponse()
    connection.close()
    if answer.status >= 400:
        raise ValueError(f"POST {path} was answered with {answer.status}, so there is nothing to record.")
    return f"{answer.status} {answer.headers.get('Location', '')}".strip()


def _start_another(parts: _Parts, first: Part) -> Part:
    """Kill the worker, wait until its message may be given out again, and start another worker."""
    killed_at_s = time.time()
    parts.group.kill(first)
    parts.post.is_silent = False
    if parts.recipe.is_late:
        again_at_s = killed_at_s + parts.recipe.visibility_timeout_s
        wait_until(lambda: time.time() > again_at_s, what="the visibility timeout", timeout_s=LONGEST_S)
    return parts.project.start_worker(2)


def _finish(parts: _Parts, worker: Part) -> None:
    """Wait until the message is settled; when it was lost, until this worker is ready. And until all of it was seen."""
    is_lost = parts.recipe.kill and not parts.recipe.is_late
    last = READY if is_lost else SUCCEEDED
    parts.group.wait_for(worker, lambda: last.search(worker.log()), LONGEST_S)
    wait_until(lambda: not parts.client.hlen(UNACKED), what="the acknowledgement", timeout_s=LONGEST_S)
    parts.group.kill(worker)  # it would go on asking Redis, and take what the replay puts there
    parts.client.echo(END)
    wait_until(lambda: _has_seen_the_end(parts.watch), what="the end of MONITOR", timeout_s=LONGEST_S)


def _has_seen_the_end(watch: Watch) -> bool:
    return any(command.words[-1] == END for command in watch.seen)


def _machine() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{cores} cores"


def _versions(redis_url: str) -> dict[str, str]:
    server = describe(redis_url)
    return {server.name: server.version} | {name: version(name) for name in ("Celery", "kombu", "Django")}
