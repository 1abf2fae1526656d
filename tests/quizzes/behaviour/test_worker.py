"""What a worker does with its messages: when it is killed, stopped, late, or asked for what it does not know."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from apparatus.processes import Part
from apparatus.redis_server import find_server, start_redis
from tests.quizzes.behaviour import kitchen
from tests.quizzes.behaviour.conftest import SOON, Kitchen, killed_afterwards

pytestmark = pytest.mark.broker

DISHES = ["t0", "t1", "t2", "t3", "t4", "t5"]


@pytest.fixture(scope="module")
def late(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Kitchen, Part]]:
    """A kitchen whose one worker acknowledges late, and waits long before it takes a delivery for lost."""
    folder = tmp_path_factory.mktemp("late")
    with killed_afterwards(folder) as group:
        _, url = start_redis(group, find_server(), folder)
        place = Kitchen(group, url)
        yield place, place.hire(task_acks_late=True)


# early-lost, late-in-list, late-starts, late-again, invoice, list-empty, delivered, crash-after-ten
@pytest.mark.parametrize(
    ("acks_late", "at_the_kill", "lost", "starts"),
    [(False, (1, 4), {"t0"}, 1), (True, (2, 4), set(), 2)],
    ids=["early", "late"],
)
def test_a_killed_worker_loses_the_running_task_or_lets_it_start_twice(
    ours: Kitchen, acks_late: bool, at_the_kill: tuple[int, int], lost: set[str], starts: int
) -> None:
    settings = {"task_acks_late": acks_late, "broker_transport_options": SOON | {"visibility_timeout": 3600}}
    worker = ours.hire(**settings)
    ours.order(*DISHES)
    ours.until(lambda: ours.started() == ["t0"] and ours.waiting() == at_the_kill)
    ours.group.kill(worker)
    assert ours.waiting() == at_the_kill
    ours.until_overdue()
    ours.open()
    ours.hire(**settings | {"broker_transport_options": SOON})
    ours.until(lambda: {*ours.done()} == {*DISHES} - lost and ours.waiting() == (0, 0))
    assert ours.started().count("t0") == starts


# late-again, far-countdown, list-empty
def test_what_outlives_the_visibility_timeout_runs_again_though_nothing_failed(ours: Kitchen) -> None:
    worker = ours.hire(task_acks_late=True, broker_transport_options=SOON)
    ours.order("stew")
    reminder = ours.send("cook", "reminder", countdown=3)
    ours.until(lambda: ours.started() == ["stew"] and ours.waiting() == (0, 2))
    ours.until(lambda: worker.log().count(f"{reminder}] received") > 1)
    ours.open()
    ours.until(lambda: min(ours.started().count("stew"), ours.started().count("reminder")) > 1)


# warm-stop, list-empty
def test_a_warm_stop_finishes_the_running_task_and_puts_the_others_back(ours: Kitchen) -> None:
    worker = ours.hire()
    ours.order(*DISHES)
    ours.until(lambda: ours.started() == ["t0"] and ours.waiting() == (1, 4))
    worker.process.terminate()
    ours.until(lambda: "Warm shutdown" in worker.log())
    ours.open()
    ours.until(lambda: worker.process.poll() is not None)
    assert (ours.done(), ours.waiting()) == (["t0"], (5, 0))


# late-again
def test_late_acknowledgement_does_not_repeat_a_task_that_raised(late: tuple[Kitchen, Part]) -> None:
    place, worker = late
    burnt = place.send("burn", "toast")
    place.until(lambda: f"{burnt}] raised" in worker.log() and place.waiting() == (0, 0))
    assert place.started().count("toast") == 1


# late-again
def test_late_acknowledgement_does_not_repeat_a_task_whose_process_was_killed(late: tuple[Kitchen, Part]) -> None:
    place, worker = late
    place.send("collapse", "cake")
    place.until(lambda: "WorkerLostError" in worker.log() and place.waiting() == (0, 0))
    assert place.started().count("cake") == 1


# starts-with-retries
def test_retries_come_on_top_of_the_first_try(late: tuple[Kitchen, Part]) -> None:
    place, worker = late
    spilt = place.send("spill", "milk")
    place.until(lambda: f"{spilt}] raised" in worker.log() and place.waiting() == (0, 0))
    assert place.started().count("milk") == kitchen.RETRIES + 1


# unknown-task, deploy-in-order, outside-django
def test_a_script_needs_address_and_name_and_an_unknown_name_is_thrown_away(late: tuple[Kitchen, Part]) -> None:
    place, worker = late
    place.send("cook", "pie")
    place.send("from_tomorrow")
    unknown = "Received unregistered task of type 'kitchen.from_tomorrow'"
    place.until(lambda: "pie" in place.started() and unknown in worker.log())
    place.open()
    place.until(lambda: "pie" in place.done() and place.waiting() == (0, 0))


# expired-mail
def test_a_worker_drops_an_expired_task_when_it_has_taken_it(late: tuple[Kitchen, Part]) -> None:
    place, worker = late
    offer = place.send("cook", "offer", expires=datetime.now(UTC) - timedelta(seconds=1))
    place.until(lambda: f"Discarding revoked task: kitchen.cook[{offer}]" in worker.log() and place.waiting() == (0, 0))
    assert "offer" not in place.started()
