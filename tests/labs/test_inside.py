"""Ada looks inside Redis: her own message and nothing of Bob's, whatever else goes on there."""

import os
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest
import redis
from celery import current_app

from apparatus.broker_url import celery_url, redis_client
from apparatus.probe import wait_until
from apparatus.processes import Group, Part
from apparatus.redis_server import RedisBinary, find_servers, start_redis
from labs.bench.doors import PartIsDown
from labs.bench.inside import look as looking
from labs.bench.inside.look import BOOK, Busy, Look, commands_of, look_inside
from labs.bench.inside.page import inside_page, rows_of
from labs.bench.inside.wire import Wire
from labs.bench.registry import all_labs
from labs.email_in_request.tasks import send_welcome_mail
from tests.people import browser_of_a_newcomer

pytestmark = [pytest.mark.broker, pytest.mark.django_db]

LAB = "/labs/email-in-request/"
INSIDE = f"{LAB}inside/"
PARAMETERS = {"mail_wait_ms": 300}
TOLD_WITHIN_S = 3.0  # promised, closed or frozen
SERVERS: list[RedisBinary | None] = [*find_servers()]


@pytest.fixture(scope="module", params=SERVERS or [None], ids=lambda binary: str(binary and binary.name))
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Part, str]]:
    """A Redis without any worker: each usable server of this machine in turn. None is a failure, not a skip."""
    assert request.param, "no Redis server here: apt install redis-server, or install requirements-dev.txt"
    folder: Path = tmp_path_factory.mktemp("inside")
    with Group(folder / "logs") as group:
        yield start_redis(group, request.param, folder)


@pytest.fixture(autouse=True)
def broker(server: tuple[Part, str], settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[redis.Redis]:
    """This process's broker, empty at the start of each test."""
    settings.REDIS_URL = server[1]
    monkeypatch.setitem(current_app.conf, "broker_url", celery_url(server[1]))
    with redis_client(server[1]) as client:
        client.flushall()
        yield client


@pytest.fixture
def look() -> Look:
    return look_inside(send_welcome_mail, PARAMETERS, "ada")


def html(look: Look) -> str:
    """Everything of a look that can reach a page."""
    return str(inside_page(look)) + str(commands_of(look))


def test_the_message_waits_in_the_list_then_a_consumer_has_it_then_it_is_gone(look):
    assert (look.before.waiting, look.before.in_hash, look.before.in_index) == (1, False, False)
    assert (look.during.waiting, look.during.in_hash, look.during.in_index) == (0, True, True)
    assert (look.after.waiting, look.after.in_hash, look.after.in_index) == (0, False, False)


def test_nothing_of_it_stays_in_redis(look, broker):
    assert [key for key in broker.scan_iter() if not key.startswith(f"{BOOK}:minute:")] == []


def test_the_message_is_decoded_member_by_member(look):
    members = {(group, one.name): one.value for group, ones in look.message.groups.items() for one in ones}
    assert members["body", "kwargs"] == '{"mail_wait_ms": 300}'
    assert members["headers", "task"] == '"labs.email_in_request.tasks.send_welcome_mail"'
    assert members["properties", "delivery_tag"] == f'"{look.message.tag}"'
    assert look.queue in members["properties", "delivery_info"]
    assert 900 < look.message.size_bytes < 1500
    unexplained = [one.name for ones in look.message.groups.values() for one in ones if not one.meaning]
    assert unexplained == []


def test_its_commands_are_seen_in_their_order_with_their_times(look):
    names = [command.name for command in commands_of(look)]
    order = [names.index(name) for name in ("LPUSH", "BRPOP", "ZADD", "HSET", "ZREM", "HDEL")]
    assert order == sorted(order)
    assert names[-1] == "HDEL", "what this page clears up itself is left out"
    times = [command.at_s for command in commands_of(look)]
    assert times == sorted(times)
    rows = rows_of(commands_of(look))
    assert all(row.meaning for row in rows)
    assert [row.lane for row in rows if row.name in {"LPUSH", "BRPOP", "HSET"}] == ["web", "worker", "worker"]


@pytest.fixture
def bob(server) -> Iterator[Event]:
    """Bob's messages with his own arguments, published and taken without a pause while the test runs."""
    stop, busy = Event(), Event()

    def publish() -> None:
        with redis_client(server[1]) as client:
            while not stop.is_set():
                client.lpush("celery", '{"body": "bobs-secret", "properties": {"delivery_tag": "bobs-tag"}}')
                client.hset("unacked", "bobs-tag", '["bobs-secret"]')
                client.zadd("unacked_index", {"bobs-tag": time.time()})
                client.rpop("celery")
                busy.set()

    thread = Thread(target=publish)
    thread.start()
    assert busy.wait(5)
    yield busy
    stop.set()
    thread.join()


def test_of_somebody_who_publishes_meanwhile_nothing_is_seen(bob):
    looks = [look_inside(send_welcome_mail, PARAMETERS, "ada") for _ in range(3)]
    for look in looks:
        assert "bobs" not in html(look)
        assert "bobs" not in str(look.wire.seen)
        assert "HSET" in [command.name for command in commands_of(look)]


def test_without_the_filter_it_would_be_seen(bob, monkeypatch):
    """The test above means something: Bob's commands do come over the same wire in that time."""
    monkeypatch.setattr(Wire, "concerns", lambda wire, line: True)

    def sees_bob() -> bool:
        return "bobs-tag" in str(look_inside(send_welcome_mail, PARAMETERS, "ada").wire.seen)

    wait_until(sees_bob, what="a command of Bob's during a look", timeout_s=20)


def test_what_lay_unacknowledged_of_others_stays_untouched(broker):
    broker.hset("unacked", "bobs-tag", '["bobs message", "", "celery"]')
    broker.zadd("unacked_index", {"bobs-tag": time.time()})
    look_inside(send_welcome_mail, PARAMETERS, "ada")
    assert broker.hgetall("unacked") == {"bobs-tag": '["bobs message", "", "celery"]'}
    assert broker.zcard("unacked_index") == 1


def test_the_list_goes_away_by_itself_should_the_process_die_after_publishing(broker, monkeypatch):
    class Killed(BaseException):
        pass

    def die(raw: str) -> None:
        raise Killed

    monkeypatch.setattr(looking, "read_message", die)
    with pytest.raises(Killed):
        look_inside(send_welcome_mail, PARAMETERS, "ada")
    left = broker.keys("inside-*")
    assert len(left) == 1
    assert 0 < broker.ttl(left[0]) <= looking.QUEUE_EXPIRES_S


def test_what_a_killed_process_left_unacknowledged_is_cleared_by_the_next_look(broker):
    long_ago = time.time() - looking.LEFT_BEHIND_AFTER_S - 1
    broker.zadd(BOOK, {"inside-left left-tag": long_ago})
    broker.lpush("inside-left", "message")
    broker.hset("unacked", "left-tag", "message")
    broker.zadd("unacked_index", {"left-tag": long_ago})
    look_inside(send_welcome_mail, PARAMETERS, "bob")
    assert not broker.exists("inside-left", "unacked", "unacked_index", BOOK)


def test_one_look_at_a_time_for_each_learner_and_few_for_all(broker):
    broker.set(f"{BOOK}:of:ada", "held", ex=5)
    with pytest.raises(Busy, match="not over yet"):
        look_inside(send_welcome_mail, PARAMETERS, "ada")
    for place in range(looking.PLACES):
        broker.set(f"{BOOK}:place:{place}", "held", ex=5)
    with pytest.raises(Busy, match="Others are looking"):
        look_inside(send_welcome_mail, PARAMETERS, "bob")
    broker.delete(f"{BOOK}:place:0")
    assert look_inside(send_welcome_mail, PARAMETERS, "bob").during.in_hash, "a place that got free is taken"


def test_many_looks_in_a_minute_are_refused_in_words(monkeypatch):
    monkeypatch.setattr(looking, "LOOKS_PER_MINUTE", 1)
    ada = browser_of_a_newcomer()
    assert ada.post(INSIDE).status_code == 200
    refused = ada.post(INSIDE)
    assert refused.status_code == 429
    assert "Wait a minute." in refused.content.decode()
    assert browser_of_a_newcomer().post(INSIDE).status_code == 200, "Bob may still look"


def test_a_plain_form_gets_the_whole_look_as_a_page():
    shown = browser_of_a_newcomer().post(INSIDE, {"mail_wait_ms": "600"}).content.decode()
    for text in ("A consumer has it", "BRPOP", "unacked_index", "{&quot;mail_wait_ms&quot;: 600}", "Back to the lab"):
        assert text in shown


def test_a_setting_out_of_bounds_is_told():
    refused = browser_of_a_newcomer().post(INSIDE, {"mail_wait_ms": "9000"})
    assert refused.status_code == 400
    assert "9,000 is above the limit of 1,400 ms" in refused.content.decode()


def test_only_by_post_and_only_where_a_lab_has_a_message(monkeypatch):
    ada = browser_of_a_newcomer()
    assert ada.get(INSIDE).status_code == 405
    lab = all_labs()["email-in-request"]
    monkeypatch.setitem(all_labs(), "email-in-request", replace(lab, message=None))
    assert ada.post(INSIDE).status_code == 404


def test_a_redis_that_does_not_let_itself_be_watched_shows_all_the_rest(broker, server, settings):
    broker.acl_setuser(
        "unwatching", enabled=True, nopass=True, keys=["*"], channels=["*"], commands=["+@all", "-monitor"]
    )
    settings.REDIS_URL = server[1].replace("unix://", "unix://unwatching:any@", 1)
    look = look_inside(send_welcome_mail, PARAMETERS, "ada")
    assert "does not let the course watch" in look.wire.trouble
    assert look.during.in_hash
    shown = browser_of_a_newcomer().post(INSIDE).content.decode()
    assert "does not let the course watch" in shown
    assert "delivery_tag" in shown


def test_redis_closed_is_told_in_words(settings):
    settings.REDIS_URL = "unix:///tmp/no-redis-here.sock"
    began = time.monotonic()
    refused = browser_of_a_newcomer().post(INSIDE)
    assert time.monotonic() - began < TOLD_WITHIN_S
    assert refused.status_code == 503
    assert "Redis refuses connections" in refused.content.decode()


@pytest.fixture
def freeze(server) -> Iterator[object]:
    """Stops the server in mid-air; afterwards it goes on."""
    yield lambda: os.kill(server[0].pid, signal.SIGSTOP)
    os.kill(server[0].pid, signal.SIGCONT)


def test_redis_frozen_is_told_within_three_seconds(freeze):
    freeze()
    began = time.monotonic()
    refused = browser_of_a_newcomer().post(INSIDE)
    assert time.monotonic() - began < TOLD_WITHIN_S
    assert refused.status_code == 503
    assert "Redis does not answer" in refused.content.decode()


def test_redis_frozen_while_the_consumer_has_the_message_is_told_too(freeze, monkeypatch):
    look = looking._where

    def freeze_when_held(client, queue, tag):
        seen = look(client, queue, tag)
        if seen.in_hash:
            freeze()
        return seen

    monkeypatch.setattr(looking, "_where", freeze_when_held)
    began = time.monotonic()
    with pytest.raises(PartIsDown, match="does not answer"):
        look_inside(send_welcome_mail, PARAMETERS, "ada")
    assert time.monotonic() - began < TOLD_WITHIN_S
