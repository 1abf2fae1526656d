"""From what MONITOR, logs and mail server say to rows with names that stay."""

import json
from collections.abc import Iterator

import pytest
import redis

from apparatus.probe import wait_until
from lessons.programs import private_redis
from lessons.traces.events import Event, of_database, of_redis, of_worker, rows_of
from lessons.traces.naming import Names
from lessons.traces.project import lines_of
from lessons.traces.replay import Change, Held, changes_of
from lessons.traces.wire import Command, Watch, read_lines

TAG = "72826e80-4c51-432f-93b5-7f464e68885c"
MESSAGE = json.dumps({"body": "W10=", "properties": {"delivery_tag": TAG}}).encode()
COPY = json.dumps([json.loads(MESSAGE), "", "celery"]).encode()
WEB, WORKER = "127.0.0.1:1", "127.0.0.1:2"


def commands(*lines: tuple[str, tuple[bytes, ...]]) -> list[Command]:
    """Commands of clients, one a second."""
    return [Command(float(at_s), client, words) for at_s, (client, words) in enumerate(lines)]


PUBLISHED = (WEB, (b"LPUSH", b"celery", MESSAGE))
IN_VAIN = (WORKER, (b"BRPOP", b"celery", b"celery\x06\x163", b"1"))
TAKEN = IN_VAIN
NOTED = [
    (WORKER, (b"MULTI",)),
    (WORKER, (b"ZADD", b"unacked_index", b"1795382647.349858", TAG.encode())),
    (WEB, (b"HLEN", b"unacked")),  # somebody else in between
    (WORKER, (b"HSET", b"unacked", TAG.encode(), COPY)),
    (WORKER, (b"EXEC",)),
]
SETTLED = [
    (WORKER, (b"MULTI",)),
    (WORKER, (b"ZREM", b"unacked_index", TAG.encode())),
    (WORKER, (b"HDEL", b"unacked", TAG.encode())),
    (WORKER, (b"EXEC",)),
]
HOUSEKEEPING = [
    (WORKER, (b"PING",)),
    (WORKER, (b"SADD", b"_kombu.binding.celery", b"celery\x06\x16\x06\x16celery")),
    (WORKER, (b"MULTI",)),
    (WORKER, (b"LLEN", b"celery")),
    (WORKER, (b"EXEC",)),
    (WORKER, (b"PUBLISH", b"/0.celeryev/worker.heartbeat", b"{}")),
]
WHOLE = commands(IN_VAIN, PUBLISHED, *HOUSEKEEPING, TAKEN, *NOTED, *SETTLED, IN_VAIN)


@pytest.fixture(scope="module")
def redis_url() -> Iterator[str]:
    """A Redis that no lesson has seen."""
    with private_redis() as url:
        yield url


@pytest.fixture
def empty(redis_url: str) -> Iterator[redis.Redis]:
    """A client of it, and nothing in it."""
    with redis.Redis.from_url(redis_url) as client:
        client.flushall()
        yield client


def test_monitor_is_read_back_byte_for_byte(redis_url: str, empty: redis.Redis) -> None:
    words = ("SET", "a key", b'{"say": "\\"hi\\"", "bytes": "\x06\x16\xff\r\n\t\x07\\x"}')
    with Watch(redis_url) as watch:
        empty.execute_command(*words)
        empty.echo("end")
        wait_until(lambda: any(one.name == "ECHO" for one in watch.seen), what="the end", timeout_s=5)
    (command, *_) = [one for one in watch.seen if one.name == "SET"]
    assert command.words == (b"SET", b"a key", words[2])
    assert command.at_s > 1_700_000_000


def test_lines_of_monitor_that_are_no_command_are_passed_over() -> None:
    lines = [b"+OK\r\n", b'+17.5 [0 127.0.0.1:9] "lpush" "celery" "x"\r\n', b'+18.5 [0 lua] "get" "a"\r\n', b""]
    assert [(one.at_s, one.client, one.name) for one in read_lines(lines)] == [
        (17.5, "127.0.0.1:9", "LPUSH"),
        (18.5, "lua", "GET"),
    ]


def test_only_what_changes_a_place_of_the_message_is_kept_with_the_state_it_led_to(empty: redis.Redis) -> None:
    changes = changes_of(WHOLE, empty)
    tag = (TAG.encode(),)
    assert [[one.name for one in change.commands] for change in changes] == [
        ["LPUSH"],
        ["BRPOP"],
        ["ZADD", "HSET"],
        ["ZREM", "HDEL"],
    ]
    assert [change.is_transaction for change in changes] == [False, False, True, True]
    assert [change.held for change in changes] == [Held((MESSAGE,)), Held(), Held((), tag, tag), Held()]


def test_ids_times_and_messages_get_names_that_stay(empty: redis.Redis) -> None:
    names = Names()
    shown = [[names.shown(one) for one in change.commands] for change in changes_of(WHOLE, empty)]
    assert shown == [
        ["LPUSH celery message-1"],
        ["BRPOP celery … 1"],
        ["ZADD unacked_index time tag-1", "HSET unacked tag-1 message-1"],
        ["ZREM unacked_index tag-1", "HDEL unacked tag-1"],
    ]
    second = MESSAGE.replace(b"72826e80", b"00000000")
    assert names.held(Held((MESSAGE, second), (TAG.encode(),))) == (("message-1", "message-2"), ("tag-1",), ())


def test_what_is_no_message_is_not_given_a_name() -> None:
    with pytest.raises(ValueError, match="no message"):
        Names().message(b'{"a": 1}')


def test_what_was_noted_in_several_places_becomes_rows_in_order(empty: redis.Redis) -> None:
    log = "0.250000 (0.001) BEGIN; args=None\n0.500000 (0.001) INSERT INTO \"auth_user\" (a) VALUES ('x'); args=()\n"
    log += "0.700000 (0.000) SELECT 1; args=()\n0.750000 (0.002) COMMIT; args=None; alias=default\nno time here\n"
    said = "9.500000 celery@vm ready.\n40.500000 Task accounts.tasks.welcome[3f5d-8c] succeeded in 0.3s: None\n"
    events = [
        Event(0.0, "asked", "browser", "browser", ("POST /",)),
        *of_database(lines_of(log)),
        *of_redis(changes_of(WHOLE, empty), second_from_s=12.0),
        *of_worker(lines_of(said), 2),
    ]
    rows = rows_of(events)
    assert [(row.kind, row.actor) for row in rows] == [
        ("asked", "browser"),
        ("stored", "view"),
        ("committed", "view"),
        ("published", "view"),
        ("taken", "worker 1"),
        ("restarted", "worker 2"),
        ("noted", "worker 1"),
        ("acknowledged", "worker 2"),
        ("done", "worker 2"),
    ]
    assert rows[1].command == ("INSERT INTO auth_user",)
    assert rows[6].command == ("MULTI", "ZADD unacked_index time tag-1", "HSET unacked tag-1 message-1", "EXEC")
    assert rows[8].command == ("Task accounts.tasks.welcome succeeded",)
    assert [row.celery for row in rows[3:5]] == [("message-1",), ()]
    assert (rows[1].at_ms, rows[8].at_ms) == (500.0, 40_500.0)


def test_a_change_of_no_known_kind_is_told() -> None:
    change = Change(tuple(commands((WEB, (b"DEL", b"celery")))), False, Held())
    with pytest.raises(ValueError, match=r"No kind of row is known for DEL\."):
        list(of_redis([change], second_from_s=9.0))


WAITED_FOR = commands(IN_VAIN, PUBLISHED, *NOTED)
OF_LOWER_PRIORITY = commands((WEB, (b"LPUSH", b"celery\x06\x163", MESSAGE)), TAKEN, *NOTED)
ON_ITS_OWN = commands(PUBLISHED, TAKEN, *NOTED, (WORKER, (b"LPUSH", b"celery", MESSAGE)))


@pytest.mark.parametrize(
    ("seen", "message"),
    [(WAITED_FOR, "taken unseen"), (OF_LOWER_PRIORITY, "taken unseen"), (ON_ITS_OWN, "task has published")],
    ids=["waited for", "of lower priority", "published by a task"],
)
def test_what_would_be_told_wrongly_is_not_recorded(empty: redis.Redis, seen: list[Command], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        list(of_redis(changes_of(seen, empty), second_from_s=99.0))
