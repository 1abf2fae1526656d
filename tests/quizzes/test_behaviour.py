"""What the questions say that Redis, Celery and Django do, tried on a real Redis and a real worker.

The comment at each story names the questions whose keys stand on it.
"""

import base64
import json
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from celery import Celery
from django.db import transaction
from kombu.exceptions import EncodeError, OperationalError

from apparatus.broker_url import celery_url, redis_client, url_of_socket
from apparatus.probe import wait_until
from apparatus.processes import Group, Part
from apparatus.redis_server import RedisBinary, answers_ping, find_server, find_servers, start_redis
from learners.models import Learner
from tests.quizzes import kitchen

pytestmark = pytest.mark.broker

QUEUE, UNACKED = "celery", "unacked"
DISHES = ["t0", "t1", "t2", "t3", "t4", "t5"]
WITHIN_S = 30.0
SOON = {"visibility_timeout": 1, "unacked_restore_interval": 1, "unacked_restore_throttle": 1}


class Kitchen:
    """A Redis of its own, and workers on it."""

    def __init__(self, group: Group, url: str) -> None:
        self.group, self.url = group, url
        self.redis: Any = redis_client(url, 5.0)
        self.app = celery_on(celery_url(url))

    def hire(self, **settings: Any) -> Part:
        """Start a worker with these settings of Celery."""
        command = [sys.executable, "-m", "tests.quizzes.kitchen", json.dumps(settings)]
        environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        return self.group.start("worker", command, environment=environment | {"REDIS_URL": self.url})

    def send(self, task: str, *args: Any, **options: Any) -> str:
        """One message for a task of the kitchen; its id."""
        return str(self.app.send_task(f"kitchen.{task}", args, **options).id)

    def order(self, *dishes: str) -> None:
        """One message for each dish."""
        for dish in dishes:
            self.send("cook", dish)

    def open(self) -> None:
        """Let every task finish."""
        self.redis.set(kitchen.OPEN, 1)

    def started(self) -> list[str]:
        """The dishes that were begun, in order."""
        return self._noted(kitchen.STARTED)

    def done(self) -> list[str]:
        """The dishes that were finished, in order."""
        return self._noted(kitchen.DONE)

    def waiting(self) -> tuple[int, int]:
        """Messages in the list, and messages delivered but not acknowledged."""
        return int(self.redis.llen(QUEUE)), int(self.redis.hlen(UNACKED))

    def until(self, condition: Callable[[], Any]) -> None:
        """Wait for it."""
        wait_until(condition, what=f"the story after {self.started()}, {self.waiting()}", timeout_s=WITHIN_S)

    def until_overdue(self) -> None:
        """Wait until every delivery is older than the visibility timeout of SOON."""
        ((_, newest_s),) = self.redis.zrange("unacked_index", -1, -1, withscores=True)
        self.until(lambda: time.time() > newest_s + SOON["visibility_timeout"])

    def _noted(self, key: str) -> list[str]:
        noted: list[str] = self.redis.lrange(key, 0, -1)
        return noted


@contextmanager
def killed_afterwards(folder: Path) -> Iterator[Group]:
    """Processes that are killed, not asked to stop, when the story is over: that is sooner."""
    with Group(folder / "logs") as group:
        yield group
        for part in group.parts.copy():
            group.kill(part)


@pytest.fixture
def group(tmp_path: Path) -> Iterator[Group]:
    """The processes of one story."""
    with killed_afterwards(tmp_path) as group:
        yield group


@pytest.fixture
def ours(group: Group, tmp_path: Path) -> Kitchen:
    """A kitchen without workers."""
    _, url = start_redis(group, find_server(), tmp_path)
    return Kitchen(group, url)


SERVERS: list[RedisBinary | None] = [*find_servers()]


@pytest.fixture(params=SERVERS or [None], ids=lambda binary: str(binary and binary.name))
def binary(request: pytest.FixtureRequest) -> RedisBinary:
    """Each usable server of this machine in turn. None is a failure, not a skip."""
    assert request.param, "no Redis server here: apt install redis-server, or install requirements-dev.txt"
    found: RedisBinary = request.param
    return found


@pytest.fixture
def anybodys(binary: RedisBinary, group: Group, tmp_path: Path) -> Kitchen:
    """A kitchen without workers, on each of these servers."""
    _, url = start_redis(group, binary, tmp_path)
    return Kitchen(group, url)


@pytest.fixture(scope="module")
def late(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Kitchen, Part]]:
    """A kitchen whose one worker acknowledges late, and waits long before it takes a delivery for lost."""
    folder = tmp_path_factory.mktemp("late")
    with killed_afterwards(folder) as group:
        _, url = start_redis(group, find_server(), folder)
        place = Kitchen(group, url)
        yield place, place.hire(task_acks_late=True)


def celery_on(url: str, **settings: Any) -> Celery:
    """A Celery that knows nothing but an address, as in a script without Django."""
    app = Celery(broker=url, set_as_current=False)
    app.conf.update(settings)
    return app


# where-found, own-list, readable, keep-token, nobody-listens
def test_a_publish_is_one_element_of_the_list_named_like_its_queue(anybodys: Kitchen) -> None:
    anybodys.order("soup")
    anybodys.send("cook", "letter", queue="letters")
    assert anybodys.waiting() == (1, 0)
    assert anybodys.redis.llen("letters") == 1
    message = json.loads(anybodys.redis.lindex(QUEUE, 0))
    args, kwargs, _ = json.loads(base64.b64decode(message["body"]))
    assert (args, kwargs, message["headers"]["argsrepr"]) == (["soup"], {}, "('soup',)")
    assert anybodys.redis.ttl(QUEUE) == -1  # Redis itself lets no task expire


# keep-token
def test_a_hidden_copy_of_the_arguments_leaves_the_other_in_the_body(anybodys: Kitchen) -> None:
    anybodys.send("cook", "s3cr3t", argsrepr="(hidden)", ignore_result=True)
    raw = anybodys.redis.lindex(QUEUE, 0)
    assert "s3cr3t" not in raw
    assert b"s3cr3t" in base64.b64decode(json.loads(raw)["body"])


# fill-reader, reader-loop, taken
def test_a_reader_keeps_a_copy_only_if_it_moves_the_message_and_waits_only_if_it_blocks(anybodys: Kitchen) -> None:
    redis = anybodys.redis
    assert redis.rpop("mails") is redis.lmove("mails", "taken") is None  # both return at once
    with ThreadPoolExecutor(1) as reader:
        waiting = reader.submit(redis.blmove, "mails", "taken", 0)
        anybodys.until(lambda: redis.info("clients")["blocked_clients"] == 1)
        redis.lpush("mails", "mine")
        assert waiting.result(WITHIN_S) == "mine"
    redis.lpush("mails", "another reader's")
    assert redis.brpoplpush("mails", "another") == redis.lpop("another") == "another reader's"
    redis.rpush("taken", "another reader's")
    redis.lrem("taken", 1, "mine")  # rpop would have taken the other one, delete both
    assert redis.lrange("taken", 0, -1) == ["another reader's"]
    redis.lpush("mails", "popped")
    assert redis.brpop("mails") == ("mails", "popped")
    assert not redis.exists("mails")


# object-argument, fill-sign-up
def test_an_object_is_refused_where_it_is_sent(anybodys: Kitchen) -> None:
    with pytest.raises(EncodeError):
        anybodys.send("cook", anybodys)
    assert anybodys.waiting() == (0, 0)


# double-click
def test_two_equal_orders_are_two_messages(anybodys: Kitchen) -> None:
    anybodys.order("soup", "soup")
    assert anybodys.waiting() == (2, 0)


# redis-killed: what is left depends on when the last snapshot was, so the question says when Redis was started
@pytest.mark.parametrize(
    ("options", "left"), [([], 0), (["--save", "1 100"], 220), (["--save", "", "--appendonly", "yes"], 220)]
)
def test_a_killed_redis_has_what_it_had_written_to_disk(
    binary: RedisBinary, group: Group, tmp_path: Path, options: list[str], left: int
) -> None:
    socket_file = group.temporary_folder() / "redis.sock"
    where: list[str | Path] = ["--port", "0", "--unixsocket", str(socket_file), "--dir", str(tmp_path)]
    command = [binary.path, *where, *options]
    server = group.start("Redis", command)
    group.wait_for(server, lambda: answers_ping(socket_file), WITHIN_S)
    place = Kitchen(group, url_of_socket(str(socket_file)))
    place.redis.lpush(QUEUE, *map(str, range(220)))
    if "1 100" in options:
        place.until(lambda: place.redis.info("persistence")["rdb_changes_since_last_save"] == 0)
    assert place.waiting() == (220, 0)
    group.kill(server)
    group.wait_for(group.start("Redis", command), lambda: answers_ping(socket_file), WITHIN_S)
    assert place.waiting() == (left, 0)


# early-lost, late-in-list, late-starts, late-again, invoice, list-empty, delivered
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
def test_an_expired_task_stays_in_redis_while_no_worker_looks(anybodys: Kitchen) -> None:
    anybodys.send("cook", "offer", expires=0.05)
    over_at = time.time() + 0.05
    anybodys.until(lambda: time.time() > over_at)
    assert anybodys.waiting() == (1, 0)


# expired-mail
def test_a_worker_drops_an_expired_task_when_it_has_taken_it(late: tuple[Kitchen, Part]) -> None:
    place, worker = late
    offer = place.send("cook", "offer", expires=datetime.now(UTC) - timedelta(seconds=1))
    place.until(lambda: f"Discarding revoked task: kitchen.cook[{offer}]" in worker.log() and place.waiting() == (0, 0))
    assert "offer" not in place.started()


# too-early, commit-program, fill-sign-up, sign-up-in-order
@pytest.mark.django_db(transaction=True)
def test_a_bare_publish_is_seen_before_the_commit_and_stays_after_a_rollback(anybodys: Kitchen) -> None:
    with transaction.atomic():
        anybodys.order("too early")
        transaction.on_commit(lambda: anybodys.order("never"))
        assert anybodys.waiting() == (1, 0)
        transaction.set_rollback(True)
    assert anybodys.waiting() == (1, 0)
    with transaction.atomic():
        transaction.on_commit(lambda: anybodys.order("in time"))
        assert anybodys.waiting() == (1, 0)
    assert anybodys.waiting() == (2, 0)


# broker-closed, on-commit-down
@pytest.mark.django_db(transaction=True)
def test_a_closed_redis_is_an_error_in_the_view_after_the_row_is_stored(tmp_path: Path) -> None:
    app = celery_on(celery_url(url_of_socket(str(tmp_path / "nobody.sock"))))

    @transaction.atomic
    def view() -> None:
        Learner.objects.create()
        transaction.on_commit(lambda: app.send_task("welcome"))

    began = time.monotonic()
    with pytest.raises(OperationalError):
        view()
    assert time.monotonic() - began > 0.1  # it has tried more than once
    assert Learner.objects.count() == 1


# broker-frozen
def test_a_redis_that_never_answers_holds_a_publish_that_has_no_timeout() -> None:
    silent = socket.create_server(("127.0.0.1", 0), backlog=16)
    url = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"

    def publish() -> None:
        with suppress(OperationalError):  # once the server is gone, at the end of this story
            celery_on(url).send_task("welcome")

    patient = threading.Thread(target=publish)
    patient.start()
    with pytest.raises(OperationalError):
        celery_on(
            url,
            broker_transport_options={"socket_timeout": 0.2, "max_retries": 1},
            broker_connection_timeout=1,
            task_publish_retry=False,
        ).send_task("welcome")
    assert patient.is_alive()
    silent.close()
    patient.join(WITHIN_S)
    assert not patient.is_alive()
