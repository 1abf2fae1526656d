"""What was noted in five places, as events on the five lanes: forms, queries, commands, log lines, mails."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lessons.traces.naming import Names
from lessons.traces.project import Line
from lessons.traces.recording import Row
from lessons.traces.replay import Change, Held

QUERY = re.compile(r'\([\d.]+\) (?:((?:INSERT INTO|UPDATE|DELETE FROM) )"(\w+)"|(COMMIT);)')
READY, SUCCEEDED = re.compile(r"celery@\S+ ready\."), re.compile(r"(Task \S+)\[\S+\] (succeeded) in ")
# What a change of Redis is, by a command that it holds; the first that fits.
CHANGES = {
    "RPUSH": "restored",
    "LPUSH": "published",
    "BRPOP": "taken",
    "HSET": "noted",
    "HDEL": "acknowledged",
}


@dataclass(frozen=True)
class Event:
    """One thing that happened. `change` is set for what changed Redis."""

    at_s: float
    kind: str
    lane: str
    actor: str
    command: tuple[str, ...] = ()
    change: Change | None = None


def of_database(queries: Iterable[Line]) -> Iterator[Event]:
    """What the view wrote into the database, and each commit."""
    for line in queries:
        if found := QUERY.match(line.text):
            kind = "committed" if found[3] else "stored"
            yield Event(line.at_s, kind, "web", "view", (found[3] or f"{found[1]}{found[2]}",))


def of_redis(changes: Iterable[Change], second_from_s: float) -> Iterator[Event]:
    """Each change: the view's is the publish, all others are the worker's; the second one's from `second_from_s` on.

    Raises ValueError for a change of which there is no kind, and for what would be told wrongly: a message that a
    worker publishes, and one that is taken unseen.
    """
    seen = Counter[str]()
    for change in changes:
        names = {command.name for command in change.commands}
        kind = next((kind for name, kind in CHANGES.items() if name in names), "")
        if not kind:
            raise ValueError(f"No kind of row is known for {', '.join(sorted(names))}.")
        seen[kind] += 1
        if kind == "published" and seen["taken"]:
            raise ValueError("A task has published a message. What can be recorded is the work of a view's messages.")
        if seen["noted"] > seen["taken"]:
            raise ValueError("A message was taken unseen: from another list than celery, or by who had waited for it.")
        at_s = change.commands[0].at_s
        lane, actor = ("web", "view") if kind == "published" else ("worker", _worker(at_s, second_from_s))
        yield Event(at_s, kind, lane, actor, change=change)


def of_worker(log: Iterable[Line], number: int) -> Iterator[Event]:
    """When it was ready, and when a task of it succeeded."""
    for line in log:
        if READY.match(line.text):
            yield Event(line.at_s, "started" if number == 1 else "restarted", "worker", f"worker {number}", ("ready.",))
        elif found := SUCCEEDED.match(line.text):
            yield Event(line.at_s, "done", "worker", f"worker {number}", (f"{found[1]} {found[2]}",))


def of_mail(greeted_at_s: Iterable[float], accepted_at_s: Iterable[float]) -> Iterator[Event]:
    """What the mail server said, by the codes of SMTP: 220 is its greeting, 250 that it has taken the mail."""
    yield from (Event(at_s, "greeted", "mail", "mail server", ("220",)) for at_s in greeted_at_s)
    yield from (Event(at_s, "accepted", "mail", "mail server", ("250",)) for at_s in accepted_at_s)


def rows_of(events: Sequence[Event]) -> tuple[Row, ...]:
    """The events in their order, each with what Redis held afterwards."""
    names, held, rows = Names(), Held(), []
    ordered = sorted(events, key=lambda event: event.at_s)
    for event in ordered:
        held = event.change.held if event.change else held
        at_ms = round(1000 * (event.at_s - ordered[0].at_s), 1)
        celery, unacked, index = names.held(held)
        row = Row(event.kind, event.lane, event.actor, _told(event, names), celery, unacked, index, at_ms)
        rows.append(row)
    return tuple(rows)


def _told(event: Event, names: Names) -> tuple[str, ...]:
    if event.change is None:
        return event.command
    told = tuple(names.shown(command) for command in event.change.commands)
    return ("MULTI", *told, "EXEC") if event.change.is_transaction else told


def _worker(at_s: float, second_from_s: float) -> str:
    return f"worker {1 if at_s < second_from_s else 2}"
