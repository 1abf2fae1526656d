"""What Redis held after each command: the commands are given again, to an empty Redis, and its keys are read.

Kept are the commands that change one of the three keys in which a message of Celery can be. Left out is by that rule
all else that goes over the wire: PING, the bindings and lengths of queues, remote control, the mutex of the search for
lost messages, reads, and a BRPOP that nothing comes of.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import redis

from lessons.traces.wire import Command

QUEUE, UNACKED, UNACKED_INDEX = "celery", "unacked", "unacked_index"  # kombu's names
KEYS = {QUEUE.encode(), UNACKED.encode(), UNACKED_INDEX.encode()}
BLOCKING_S = b"0.01"  # a BRPOP of the recording waited for longer; given again, it finds something at once or never


@dataclass(frozen=True)
class Held:
    """What the three keys hold, oldest first: whole messages in the list, delivery tags in hash and index."""

    celery: tuple[bytes, ...] = ()
    unacked: tuple[bytes, ...] = ()
    unacked_index: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class Change:
    """A command, or those of one transaction, and what Redis held afterwards."""

    commands: tuple[Command, ...]
    is_transaction: bool
    held: Held


def changes_of(seen: Iterable[Command], empty: redis.Redis) -> list[Change]:
    """The changes, each with the state it led to. `empty` is a client of a Redis that holds nothing."""
    changes: list[Change] = []
    before = Held()
    for commands, is_transaction in _steps(seen):
        for command in commands:
            _give(empty, command)
        held = _held(empty)
        if held != before:
            changes.append(Change(commands, is_transaction, held))
        before = held
    return changes


def _steps(seen: Iterable[Command]) -> Iterator[tuple[tuple[Command, ...], bool]]:
    """Commands on the three keys one by one; those of a transaction together, when it is executed."""
    queued: dict[str, list[Command]] = {}
    for command in seen:
        if command.name == "MULTI":
            queued[command.client] = []
        elif command.name == "EXEC":
            yield tuple(queued.pop(command.client, ())), True
        elif command.name == "DISCARD":
            queued.pop(command.client, None)
        elif KEYS.intersection(command.words[1:]):
            if command.client in queued:
                queued[command.client].append(command)
            else:
                yield (command,), False


def _give(empty: redis.Redis, command: Command) -> None:
    words: Sequence[bytes] = command.words
    empty.execute_command(*(words if command.name != "BRPOP" else (*words[:-1], BLOCKING_S)))  # type: ignore[no-untyped-call]


def _held(empty: redis.Redis) -> Held:
    newest_first = _read(empty, "LRANGE", QUEUE, 0, -1)
    tags = sorted(_read(empty, "HKEYS", UNACKED))
    return Held(tuple(reversed(newest_first)), tuple(tags), tuple(_read(empty, "ZRANGE", UNACKED_INDEX, 0, -1)))


def _read(empty: redis.Redis, *words: str | int) -> list[bytes]:
    found: list[bytes] = empty.execute_command(*words)  # type: ignore[no-untyped-call]
    return found
