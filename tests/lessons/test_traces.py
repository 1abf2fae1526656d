"""From what MONITOR, logs and mail server say to rows with names that stay; and from rows to tables."""

import json
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest
import redis
from django.core.management import CommandError, call_command
from django.test import Client

from apparatus.probe import wait_until
from authoring.problems import ContentError
from lessons.catalog import Catalog
from lessons.programs import private_redis
from lessons.traces import recorder
from lessons.traces.events import Event, of_database, of_redis, of_worker, rows_of
from lessons.traces.naming import Names
from lessons.traces.project import lines_of
from lessons.traces.recipe import Recipe
from lessons.traces.recording import Recording, Row, differing, read_recording, write_recording
from lessons.traces.replay import Change, Held, changes_of
from lessons.traces.story import Stay, counterparts, moments_of, stays_of, variables_of
from lessons.traces.wire import Command, Watch, read_lines
from lessons.traces.words import KINDS
from tests.lessons.conftest import HEAD

LESSON = "/lessons/redis-as-a-message-broker/visual/"
TAG = "72826e80-4c51-432f-93b5-7f464e68885c"
MESSAGE = json.dumps({"body": "W10=", "properties": {"delivery_tag": TAG}}).encode()
COPY = json.dumps([json.loads(MESSAGE), "", "celery"]).encode()
WEB, WORKER = "127.0.0.1:1", "127.0.0.1:2"

Write = Callable[[str, str], Catalog]


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


def row(kind: str, actor: str = "worker 1", *, celery: int = 0, unacked: int = 0) -> Row:
    """A row with so many messages in the list and in the hash."""
    tags = ("tag-1",) * unacked
    return Row(kind, "worker", actor, ("x",), ("message-1",) * celery, tags, tags, 1.5)


EARLY = [
    *(row("published", "view", celery=1), row("answered", celery=1), row("taken"), row("noted", unacked=1)),
    *(row("acknowledged"), row("accepted", "mail server"), row("done")),
]


def test_where_the_message_is_follows_from_keys_and_rows() -> None:
    assert [moment.places for moment in moments_of(EARLY)] == [
        *(("list",), ("list",), ("worker",), ("unacked", "worker"), ("worker",), ("worker", "mail"), ("mail",))
    ]
    assert list(stays_of(moments_of(EARLY))) == [
        *(Stay("list", 1, 2), Stay("unacked", 4, 4), Stay("worker", 3, 6), Stay("mail", 6, 7))
    ]


def test_a_killed_worker_has_no_memory() -> None:
    rows = [row("published", celery=1), row("taken"), row("noted", unacked=1), row("killed", unacked=1)]
    assert [moment.places for moment in moments_of(rows)][2:] == [("unacked", "worker"), ("unacked",)]


def test_the_tracker_marks_what_has_just_changed() -> None:
    by_name = {variable.name: variable for variable in variables_of(moments_of(EARLY))}
    assert by_name["`HLEN unacked`"].values == (0, 0, 0, 1, 0, 0, 0)
    assert by_name["`HLEN unacked`"].changes == [False, False, False, True, True, False, False]


def test_rows_are_compared_without_their_times_and_found_again_in_the_other_run() -> None:
    late = [*EARLY[:4], row("accepted", "mail server", unacked=1), row("done", unacked=1), row("acknowledged")]
    assert differing(late, EARLY) == {5, 6, 7}
    assert counterparts(late, EARLY) == [1, 2, 3, 4, 6, 7, 5]
    assert counterparts(EARLY[:1], []) == [None]
    assert differing(late[:2], late) == set()


def test_a_recording_is_read_as_it_was_written(tmp_path: Path) -> None:
    recording = Recording("2026-11-22", "2 cores", {"Redis": "7.0.15"}, tuple(EARLY))
    write_recording(recording, tmp_path / "early.json")
    assert read_recording(tmp_path / "early.json") == recording


@pytest.mark.parametrize(
    "broken",
    [
        *({"kind": ["asked"]}, {"kind": "melted"}, {"actor": ""}, {"command": "POST"}, {"celery": [1]}),
        *({"at_ms": "0"}, {"at_ms": -1}, {"at_ms": float("nan")}, {"at_ms": 10**400}),
    ],
)
def test_a_row_with_a_wrong_value_is_told(tmp_path: Path, broken: dict[str, object]) -> None:
    path = tmp_path / "early.json"
    write_recording(Recording("2026-11-22", "2 cores", {}, (row("asked"),)), path)
    data = json.loads(path.read_text())
    data["rows"][0] |= broken
    path.write_text(json.dumps(data))
    with pytest.raises(ContentError, match=r"Row 1 of early\.json cannot be read"):
        read_recording(path)


RECIPE = '[fall]\nproject = "p"\napp = "a"\npost = "/"\nform = {}\nbefore = {}\nmail_ms = 1\n'


def test_otto_records_what_his_recipe_asks_for(write: Write, monkeypatch: pytest.MonkeyPatch, content: Path) -> None:
    write("snow/traces/recipes.toml", RECIPE)
    asked: list[Recipe] = []

    def record_all(recipes: dict[str, Recipe], folder: Path) -> dict[str, Recording]:
        asked.extend(recipes.values())
        return {name: Recording("2026-11-22", "2 cores", {}, tuple(EARLY)) for name in recipes}

    monkeypatch.setattr(import_module("lessons.management.commands.record-trace"), "record_all", record_all)
    call_command("record-trace", "snow")
    assert [recipe.name for recipe in asked] == ["fall"]
    assert read_recording(content / "snow/traces/fall.json").rows == tuple(EARLY)


def test_ctrl_c_ends_the_recording_and_those_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[Path] = []

    def interrupted(recipe: Recipe, prepared: Path, folder: Path) -> Recording:
        begun.append(folder)
        raise KeyboardInterrupt

    monkeypatch.setattr(recorder, "prepare", lambda source, app, target: target.mkdir(parents=True))
    monkeypatch.setattr(recorder, "record", interrupted)
    recipe = Recipe("fall", "p", "a", "/", {}, {}, 1)
    with pytest.raises(KeyboardInterrupt):
        recorder.record_all({"fall": recipe, "melt": recipe}, Path("lesson"))
    assert [folder.name for folder in begun] == ["fall"]
    assert not begun[0].parents[1].exists()


def test_a_lesson_that_is_not_there_and_a_recipe_that_cannot_be_read_are_told(write: Write) -> None:
    with pytest.raises(CommandError, match=r"There is no lesson snwo\. Did you mean snow\?"):
        call_command("record-trace", "snwo")
    write("snow/traces/recipes.toml", "[fall]\n")
    with pytest.raises(CommandError, match=r"snow: The recipe fall in recipes\.toml lacks project"):
        call_command("record-trace")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("fall.json", "[" * 100_000, "fall.json cannot be read"),
        ("fall.json", '{"rows": "' + "x" * 300_000 + '"}', "at most 200,000 are read"),
        ("recipes.toml", "a = " + "[" * 10_000, "recipes.toml cannot be read"),
        ("recipes.toml", "#" * 5_000_000, "at most 200,000 are read"),
    ],
)
def test_what_is_too_deep_or_too_large_is_refused_and_told(write: Write, name: str, text: str, message: str) -> None:
    write("snow/traces/recipes.toml", RECIPE)
    write("snow/traces/fall.json", "{}")
    write("snow/perf.md", HEAD + '\n::: trace from="traces/fall.json"\n:::\n')
    (problem,) = write(f"snow/traces/{name}", text).lessons["snow"].texts["perf"].rendered.problems
    assert message in problem.message


def test_every_kind_of_row_that_is_recorded_has_its_words() -> None:
    kinds = {row.kind for path in Path("lessons/content").glob("*/traces/*.json") for row in read_recording(path).rows}
    assert kinds == set(KINDS)


def test_the_page_has_every_row_of_every_recording_once() -> None:
    page = Client().get(LESSON).content.decode()
    for name, count in {"early": 12, "late": 12, "killed-early": 12, "killed-late": 18}.items():
        assert [page.count(f'id="{name}-{number}"') for number in range(1, count + 2)] == [1] * count + [0]
    assert page.count('class="run"') == 4
    assert page.count('<details class="run"') - page.count(" open><summary>") == 2
    assert 'data-style="/static/lessons/stepper.css"' in page


@pytest.mark.django_db
def test_everybody_gets_the_same_small_page_without_a_query(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        first, second = (Client().get(LESSON, headers={"Accept-Encoding": "gzip"}) for _ in range(2))
    assert first.content == second.content
    assert first.headers["Content-Encoding"] == "gzip"
    assert len(first.content) < 13_000
