"""What is left and what is told when Redis is killed, closed or silent."""

import socket
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import transaction
from kombu.exceptions import OperationalError

from apparatus.broker_url import celery_url, url_of_socket
from apparatus.processes import Group
from apparatus.redis_server import RedisBinary, answers_ping
from learners.models import Learner
from tests.quizzes.behaviour.conftest import QUEUE, WITHIN_S, Kitchen, celery_on

pytestmark = pytest.mark.broker


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
