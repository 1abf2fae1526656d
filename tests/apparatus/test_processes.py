"""A group of processes: stopped in order, watched, and never left behind."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from apparatus import processes, reaper
from apparatus.lock import Held, Lock
from apparatus.probe import NotYet, wait_until
from apparatus.processes import Group, PartEnded

Run = Callable[[str], "subprocess.Popen[str]"]

# A program that owns two stubborn processes, one of which has a child of its own, and a folder with a file in it.
OWNER = """
import os, signal, sys, time
from pathlib import Path
from apparatus.processes import Group
group = Group(Path(sys.argv[1]) / "logs")
folder = group.temporary_folder()
(folder / "redis.sock").touch()
stubborn = ["sh", "-c", "trap '' TERM INT HUP; sleep 60 & echo $!; wait; sleep 60"]
first, second = group.start("first", stubborn), group.start("second", stubborn)
while not (first.log() and second.log()): time.sleep(0.01)
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP): os.kill(group._reaper._process.pid, number)
print(folder, first.pid, second.pid, int(first.log()), int(second.log()), group._reaper._process.pid, flush=True)
time.sleep(60)
"""

# A program that starts processes without end: to be killed at any moment of that.
BUSY_OWNER = """
import sys
from pathlib import Path
from apparatus.processes import Group
group = Group(Path(sys.argv[1]) / "logs")
print("ready", flush=True)
for number in range(1000): group.start(f"part {number}", ["sleep", MARK])
"""


def is_alive(pid: int) -> bool:
    """Whether a process runs; a zombie, which only waits to be counted, does not."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(state.strip()) and not state.startswith("Z")


def running_with(text: str) -> list[str]:
    """The command lines of running processes that hold `text`."""
    lines = subprocess.run(["ps", "-eo", "stat=,args="], capture_output=True, text=True, check=True).stdout.splitlines()
    return [line for line in lines if text in line and not line.startswith("Z")]


def test_parts_stop_in_reverse_order(tmp_path: Path) -> None:
    order = tmp_path / "order"
    with Group(tmp_path / "logs") as group:
        for name in ("Redis", "SMTP", "Worker"):
            told = f"trap 'echo {name} >>{order}; exit' TERM; echo up; while :; do sleep 0.01; done"
            part = group.start(name, ["sh", "-c", told])
            group.wait_for(part, part.log, 5)
    assert order.read_text().split() == ["Worker", "SMTP", "Redis"]


def test_a_part_that_ignores_every_request_is_killed_with_its_children(tmp_path: Path) -> None:
    group = Group(tmp_path / "logs")
    part = group.start("stubborn", ["sh", "-c", "trap '' TERM; sleep 60 & echo $!; while :; do sleep 60; done"])
    child = int(group.wait_for(part, part.log, 5))
    group.close(grace_s=0.2)
    assert not is_alive(part.pid)
    assert not is_alive(child)


@pytest.mark.parametrize(
    ("program", "ending"),
    [
        ("echo all is lost; exit 7", r"(?s)Worker ended with exit code 7\..*worker\.log.*all is lost"),
        ("echo bye >&2; kill -9 $$", r"(?s)Worker ended with signal SIGKILL\..*bye"),
        ("exit 3", "Worker ended with exit code 3. It wrote nothing"),
    ],
)
def test_a_part_that_ends_is_named_with_its_last_lines(group: Group, program: str, ending: str) -> None:
    part = group.start("Worker", ["sh", "-c", program])
    with pytest.raises(PartEnded, match=ending):
        group.wait_for(part, lambda: None, 5)


def test_only_the_last_lines_are_quoted(group: Group) -> None:
    part = group.start("Worker", ["sh", "-c", "for i in $(seq 100 199); do echo line $i; done; exit 1"])
    part.process.wait()
    with pytest.raises(PartEnded) as ended:
        group.check()
    assert "line 199" in str(ended.value)
    assert "line 150" not in str(ended.value)


def test_a_program_that_is_not_there_is_a_part_that_ended(group: Group) -> None:
    part = group.start("Ghost", ["no-such-program-anywhere"])
    with pytest.raises(PartEnded, match=r"(?s)Ghost ended with exit code 127.*no-such-program-anywhere"):
        group.wait_for(part, lambda: None, 5)


def test_a_part_that_never_gets_ready_is_named_with_what_it_said(group: Group) -> None:
    part = group.start("Worker", ["sh", "-c", "echo still loading; sleep 60"])
    group.wait_for(part, part.log, 5)
    with pytest.raises(NotYet, match=r"(?s)an answer of Worker did not come within 0\.05 s.*still loading"):
        group.wait_for(part, lambda: None, 0.05)


def test_each_start_has_its_own_log_and_the_last_one_is_kept(group: Group) -> None:
    for word in ("one", "two", "three"):
        group.run("Echo", ["echo", word])
    assert (group.log_dir / "echo.log").read_text() == "three\n"
    assert (group.log_dir / "echo.log.1").read_text() == "two\n"


def test_odd_arguments_arrive_as_they_are(group: Group) -> None:
    odd = ["a b", "$HOME", "'; exit 1", "ü", ""]
    group.run("Show", [sys.executable, "-c", "import sys, json; print(json.dumps(sys.argv[1:]))", *odd])
    assert json.loads((group.log_dir / "show.log").read_text()) == odd


def test_a_step_that_fails_says_so(group: Group) -> None:
    with pytest.raises(PartEnded, match=r"(?s)migrate ended with exit code 2.*no such table"):
        group.run("migrate", ["sh", "-c", "echo no such table; exit 2"])
    group.check()


def test_parts_may_be_started_from_any_thread(tmp_path: Path) -> None:
    with Group(tmp_path / "logs") as group:
        thread = threading.Thread(target=group.start, args=("part", ["sleep", "60"]))
        thread.start()
        thread.join()
        (part,) = group.parts
        assert is_alive(part.pid)
    assert not is_alive(part.pid)


def test_nothing_is_left_after_the_end(tmp_path: Path) -> None:
    with Group(tmp_path / "logs") as group:
        folder = group.temporary_folder()
        (folder / "redis.sock").touch()
        guard = group._reaper._process
        group.start("part", ["sleep", "60"])
    assert not folder.exists()
    assert guard.returncode == 0


def test_nothing_is_left_after_kill_9(owner: Run) -> None:
    process = owner(OWNER)
    assert process.stdout
    folder, *words = process.stdout.readline().split()
    pids = [int(word) for word in words]
    assert Path(folder).exists()
    assert all(map(is_alive, pids))
    process.kill()
    wait_until(lambda: not any(map(is_alive, pids)), what="the end of all processes", timeout_s=2)
    assert not Path(folder).exists()


@pytest.mark.parametrize("after_s", [0.0, 0.003, 0.02])
def test_nothing_is_left_when_the_owner_is_killed_while_it_starts_parts(owner: Run, after_s: float) -> None:
    mark = f"60.{os.getpid()}{int(after_s * 1e4):04}"
    process = owner(BUSY_OWNER.replace("MARK", repr(mark)))
    assert process.stdout
    process.stdout.readline()
    time.sleep(after_s)  # not waited for: this is the moment of the blow
    process.kill()
    process.wait()
    wait_until(lambda: not running_with(mark), what="the end of all processes", timeout_s=2)


def test_the_reaper_leaves_numbers_alone_that_may_be_somebody_elses_now() -> None:
    told = ["start 11\n", "start 12\n", 'folder "/tmp/a b"\n', "end 11\n", 'folder "/tmp/c"\n', 'gone "/tmp/a b"\n']
    assert reaper.left_behind(told) == ([12], ["/tmp/c"])


def test_a_deep_temporary_folder_gives_way_to_a_short_one(
    group: Group, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / ("deep" * 20)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    folder = group.temporary_folder()
    assert len(os.fsencode(folder / "redis.sock")) < processes.SOCKET_PATH_LIMIT_BYTES
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_lock_is_free_again_only_after_the_reaper_has_finished(tmp_path: Path, owner: Run) -> None:
    program = OWNER.replace('"logs")', '"logs", keep_open=[lock.descriptor])').replace(
        "group = ",
        "from apparatus.lock import Lock; lock = Lock(Path(sys.argv[1]) / 'lock'); lock.write('Ada');  group = ",
    )
    process = owner(program)
    assert process.stdout
    pids = [int(word) for word in process.stdout.readline().split()[1:]]
    with pytest.raises(Held, match="Ada"):
        Lock(tmp_path / "lock", patience_s=0.05)
    process.kill()
    Lock(tmp_path / "lock")
    assert not any(is_alive(pid) for pid in pids[:-1])


def test_ps_is_here() -> None:
    """The tests above ask it what runs; without it they would see nothing, and pass."""
    assert shutil.which("ps"), "install ps: apt install procps"
    assert is_alive(os.getpid())
    assert signal.SIGKILL
