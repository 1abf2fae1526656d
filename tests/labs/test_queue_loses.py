"""When the queue loses: what its rows say, and the experiment itself with real parts."""

import os
import re
import signal
import subprocess
from pathlib import Path
from typing import Any, cast

import pytest

from apparatus.probe import wait_until
from labs.bench.experiments.line import LONGEST_S
from labs.when_the_queue_loses.analysis import (
    ALWAYS,
    NEVER,
    BreakEven,
    Found,
    analyse,
    break_even,
    crossing,
    difference,
)
from labs.when_the_queue_loses.experiment import CELLS, FLOOR_UP_TO_MS, SIZES_MS, rounds
from labs.when_the_queue_loses.findings import findings
from labs.when_the_queue_loses.parts import Client
from tests.live import LiveCourse
from tests.visitor import Visitor

PAGE = "/labs/when-the-queue-loses/"
GONE_WITHIN_S = 8  # a part may take a moment to end by itself, and this machine may be busy
FOLDER = re.compile(r"/\S*/brokered-\w+")
START_WITHIN_S = 30


def made_up_rows(publish_ms: float = 1.0, travel_ms: float = 4.0, runs: int = 7) -> list[dict[str, Any]]:
    """Rows of a machine on which every request takes 0.5 ms and everything else what it should."""
    rows: list[dict[str, Any]] = []
    for number in range(runs):
        jitter = 1 + number / 100
        for size_ms in SIZES_MS:
            inside = {"response_ms": (0.5 + size_ms) * jitter, "result_ms": (0.5 + size_ms) * jitter, "handover_ms": 0}
            response_ms = (0.5 + publish_ms) * jitter
            queued = {"response_ms": response_ms, "result_ms": (0.5 + travel_ms + size_ms) * jitter}
            common = {"size_ms": size_ms, "work_ms": size_ms}
            rows.append({"arm": "inside", **common, **inside})
            rows.append({"arm": "queued", **common, **queued, "handover_ms": travel_ms * jitter})
            if size_ms <= FLOOR_UP_TO_MS:
                rows.append({"arm": "floor", **common, **queued, "handover_ms": travel_ms / 8})
    rows += [{"arm": "first publish", "response_ms": 120.0}, {"arm": "later publish", "response_ms": 0.8}]
    return rows


def words_on(rows: list[dict[str, Any]], **guesses: float) -> str:
    found = findings({"rows": rows, "setting": {}}, guesses)
    return " ".join((found.headline, *found.sentences))


def test_the_break_even_is_where_publishing_costs_as_much_as_the_work():
    found = analyse(made_up_rows(publish_ms=1.5)).answer
    assert found.at_ms == pytest.approx(1.5, abs=0.05)
    assert found.low_ms
    assert found.high_ms
    assert found.low_ms <= 1.5 <= found.high_ms


def test_a_dearer_publish_moves_it_up():
    assert "Below about 1.5 ms of work" in words_on(made_up_rows(publish_ms=1.5))
    assert "Below about 7.0 ms of work" in words_on(made_up_rows(publish_ms=7))


def test_with_the_two_ways_swapped_the_sentence_says_the_opposite():
    swapped = {"inside": "queued", "queued": "inside"}
    rows = [row | {"arm": swapped.get(row["arm"], row["arm"])} for row in made_up_rows()]
    words = words_on(rows)
    assert "does not follow from the size of the work" in words
    assert "No size of work had its result measurably sooner inside" in words


def test_where_the_lines_never_cross_no_break_even_is_made_up():
    assert crossing({1: -1.0, 2: -3.0}) == NEVER
    assert crossing({1: 1.0, 2: 3.0}) == ALWAYS
    assert crossing({1: 1.0, 2: -1.0}) == 1.5
    always = made_up_rows(publish_ms=900)
    assert "sooner inside the request for every size of work" in words_on(always)
    assert break_even({1.0: [5.0]}, {1.0: [1.0]}) == BreakEven(NEVER)


def test_the_price_of_the_message_is_named_and_a_difference_in_the_noise_is_none():
    assert "Queueing adds 4.1 ms" in words_on(made_up_rows(travel_ms=4))
    assert "at every size: a queue moves work, it does not speed it up" not in words_on(made_up_rows(travel_ms=4))
    assert "500 ms there is no difference you could measure" in words_on(made_up_rows(travel_ms=4))


def test_with_few_runs_only_what_does_not_overlap_is_a_difference():
    assert difference(1, [1.0, 2.0], [3.0, 4.0]).is_measurable
    assert not difference(1, [1.0, 5.0], [3.0, 4.0]).is_measurable


def test_a_machine_that_did_something_else_meanwhile_is_told():
    busy = [row | ({"work_ms": 2 * row["size_ms"]} if "size_ms" in row else {}) for row in made_up_rows()]
    assert "2.0 times as long as when it was counted" in words_on(busy)
    assert "busy" not in words_on(made_up_rows())


def test_the_figure_holds_a_guess_only_of_whoever_made_it():
    result = {"rows": made_up_rows(), "setting": {}}
    mine, strangers = findings(result, {"answer": 3.0}), findings(result, {})
    assert "you: 3<" in mine.figure
    assert "you:" not in strangers.figure
    for shown in (mine, strangers):
        assert " style=" not in shown.figure
        assert "break-even 1." in shown.figure
        assert "logarithmic" in shown.figure


class QuickClient:
    """A web server and workers that need no time."""

    def ask(self, arm: str, run_id: str, rounds: int) -> dict[str, float]:
        return {"sent": 0.0, "started": 0.0, "ended": 0.0, "received": 0.0}

    def done(self, run_id: str, timeout_s: float) -> tuple[float, float]:
        return 0.0, 0.0

    def processor_ms(self) -> None:
        return None


@pytest.mark.parametrize(("give_up_at", "made"), [(float("inf"), 4), (0.0, 2)])
def test_a_machine_too_busy_for_all_rounds_ends_in_time_with_fewer(give_up_at, made):
    rows: list[dict[str, Any]] = []
    made_rounds = rounds(cast(Client, QuickClient()), 100.0, 4, give_up_at, rows)
    assert all(one.done <= one.of for one in made_rounds)
    assert len(rows) == made * len(CELLS)


@pytest.fixture(scope="module")
def result(live_course: LiveCourse) -> dict[str, Any]:
    """The JSON of one real experiment with few runs, as a learner asks for it."""
    learner = Visitor(live_course.url)
    address = asked(learner, runs=2)

    def final() -> dict[str, Any] | None:
        state: dict[str, Any] = learner.get(address).json
        return state if state["final"] else None

    ended = wait_until(final, what="the end of the experiment", timeout_s=LONGEST_S, interval_s=0.5)
    assert ended["state"] == "done", ended["error"]
    return ended


@pytest.fixture(scope="module")
def found(result: dict[str, Any]) -> Found:
    """What it found."""
    return analyse(result["result"]["rows"])


def asked(learner: Visitor, runs: int) -> str:
    """Where an experiment that this learner has just asked for tells how far it is."""
    learner.post(f"{PAGE}predict/", {"skip": "1"})
    page = learner.post(f"{PAGE}runs/", {"runs": runs}, script=False).text
    address = re.search(r'data-watch="([^"]+)"', page)
    assert address, page
    return address[1]


def test_its_result_has_an_address_of_its_own_also_as_csv_for_whoever_has_it(result, bob):
    address = f"{PAGE}runs/{result['id']}"
    page = bob.get(f"{address}/").text
    assert "of work, the answer came sooner" in page
    assert "started for this experiment" in page
    assert "1 process of 4 threads" in page
    rows = bob.get(f"{address}.csv").text.splitlines()
    assert len(rows) == 1 + len(result["result"]["rows"])
    assert (
        rows[0]
        == "turn,arm,size_ms,response_ms,result_ms,work_ms,handover_ms,cpu_web_ms,cpu_worker_ms,cpu_redis_ms,cpu_ms"
    )
    assert result["events"][0]["text"].startswith("Starting a Redis")


def test_every_size_is_measured_as_often_as_was_asked_in_mixed_order(result):
    rows = [row for row in result["result"]["rows"] if "turn" in row]
    sizes = [row["size_ms"] for row in rows if row["arm"] == "inside"]
    assert sorted(sizes) == sorted(SIZES_MS * 2)
    assert sizes[: len(SIZES_MS)] != sizes[len(SIZES_MS) :], "another order in each round"


def test_the_least_work_is_answered_and_done_sooner_inside(found):
    """By the least disturbed run of each: what publishing adds is in every run, what else the machine does is not."""
    least = SIZES_MS[0]
    assert found.queued[least].low_ms > found.inside[least].low_ms
    assert found.queued_result[least].low_ms > 1.5 * found.inside[least].low_ms


def test_long_work_is_answered_five_times_sooner_when_queued(found):
    for size_ms in (200, 500):
        assert found.inside[size_ms].low_ms > 5 * found.queued[size_ms].low_ms


def test_no_queue_brings_the_result_of_small_work_sooner(found):
    for size_ms in (0.2, 0.5, 1, 2, 5):
        assert found.queued_result[size_ms].low_ms > found.inside[size_ms].low_ms


def test_bare_redis_is_the_floor_and_celery_stands_well_above_it(found):
    assert found.handover.median_ms > 2 * found.floor_handover.median_ms


def test_the_first_publish_of_a_process_costs_many_later_ones(found):
    assert found.first_publish.median_ms > 5 * found.later_publish.median_ms


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
