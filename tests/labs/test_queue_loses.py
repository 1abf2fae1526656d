"""When the queue loses: the experiment itself with real parts, and what it finds."""

from typing import Any

import pytest

from apparatus.probe import wait_until
from labs.bench.experiments.line import LONGEST_S
from labs.when_the_queue_loses.analysis import Found, analyse
from labs.when_the_queue_loses.experiment import SIZES_MS
from tests.labs.experiment_page import PAGE, asked
from tests.live import LiveCourse
from tests.visitor import Visitor

pytestmark = pytest.mark.alone


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
    """Work of 5 ms varies by more than a message costs on a machine that shares its cores, so only smaller work."""
    assert found.surcharge.median_ms > 1
    for size_ms in (0.2, 0.5, 1):
        assert found.queued_result[size_ms].low_ms > found.inside[size_ms].low_ms


def test_bare_redis_is_the_floor_and_celery_stands_well_above_it(found):
    assert found.handover.median_ms > 2 * found.floor_handover.median_ms


def test_the_first_publish_of_a_process_costs_many_later_ones(found):
    assert found.first_publish.median_ms > 5 * found.later_publish.median_ms
