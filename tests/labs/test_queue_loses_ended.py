"""When the queue loses, ended from outside: its process, one of its parts, the web process that watches it."""

import os
import re
import signal
import subprocess
from pathlib import Path
from typing import Any

from apparatus.probe import wait_until
from tests.labs.experiment_page import asked
from tests.live import LiveCourse
from tests.visitor import Visitor

GONE_WITHIN_S = 20  # a part may take a moment to end by itself, and this machine may be busy
FOLDER = re.compile(r"/\S*/brokered-\w+")
START_WITHIN_S = 60


class Running:
    """An experiment whose parts have all been started: its process, and they. It warms them up, or measures already."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.address = visitor, asked(visitor, runs=15)
        self.key = self.address.rpartition("/")[2].removesuffix(".json")
        self.until(lambda state: "is up" in str(state["events"]), START_WITHIN_S)
        self.pid = next(pid for pid, _, line in processes() if f"experiments.process {self.key}" in line)
        self.children = {pid: line for pid, parent, line in processes() if parent == self.pid}
        self.folders = {Path(found) for line in self.children.values() for found in FOLDER.findall(line)}
        assert len(self.children) >= 5, "Redis, web, worker, floor and the reaper"
        assert len(self.folders) == 2
        assert all(folder.is_dir() for folder in self.folders)

    def until(self, condition: Any, timeout_s: float) -> dict[str, Any]:
        """Its state, once it fulfils a condition."""

        def state() -> dict[str, Any] | None:
            now: dict[str, Any] = self.visitor.get(self.address).json
            return now if condition(now) else None

        return wait_until(state, what="the experiment", timeout_s=timeout_s, interval_s=0.1)

    def assert_gone(self) -> None:
        """Neither its process nor any of its parts is left, and none of their folders."""
        mine = {self.pid, *self.children}
        wait_until(lambda: not alive(mine), what="the end of all parts", timeout_s=GONE_WITHIN_S)
        wait_until(lambda: not any(map(Path.exists, self.folders)), what="the end of its folders", timeout_s=1)


def processes() -> list[tuple[int, int, str]]:
    """Number, parent's number and command line of every process that is no zombie."""
    lines = subprocess.run(
        ["ps", "-ww", "-eo", "pid=,ppid=,stat=,args="], capture_output=True, text=True, check=True
    ).stdout
    rows = (line.split(None, 3) for line in lines.splitlines())
    return [(int(pid), int(parent), args) for pid, parent, state, args in rows if not state.startswith("Z")]


def alive(pids: set[int]) -> set[int]:
    return pids & {pid for pid, _, _ in processes()}


def test_killed_with_9_it_leaves_nothing_says_so_and_the_next_in_line_starts(live_course: LiveCourse, ada, bob):
    running = Running(ada)
    bobs = asked(bob, runs=2)
    assert "You are second in line" in bob.get(bobs).json["said"]
    os.kill(running.pid, signal.SIGKILL)
    running.assert_gone()
    failed = running.until(lambda state: state["final"], GONE_WITHIN_S)
    assert failed["state"] == "failed"
    assert "SIGKILL" in failed["error"]
    wait_until(lambda: bob.get(bobs).json["state"] == "running", what="the next in line", timeout_s=GONE_WITHIN_S)
    bob.post(bobs.replace(".json", "/stop/"), script=False)
    wait_until(lambda: bob.get(bobs).json["state"] == "stopped", what="Stop", timeout_s=START_WITHIN_S)


def test_a_part_that_is_killed_is_named(live_course: LiveCourse, ada):
    running = Running(ada)
    worker = next(pid for pid, parent, line in processes() if parent == running.pid and ".worker" in line)
    os.kill(worker, signal.SIGKILL)
    failed = running.until(lambda state: state["final"], START_WITHIN_S)
    assert "Experiment worker ended with signal SIGKILL" in failed["error"]
    running.assert_gone()


def test_with_the_web_process_gone_it_ends_and_leaves_nothing(live_course: LiveCourse, ada):
    running = Running(ada)
    web = live_course.parts["web"]
    os.kill(web.pid, signal.SIGKILL)  # it alone, not its process group
    try:
        running.assert_gone()
    finally:
        live_course.group.kill(live_course.parts.pop("web"))
        live_course.start_web()
        live_course.wait_until_healthy()
    state = ada.get(running.address).json
    assert state["state"] == "failed"
    assert "stopped while it measured" in state["error"]
