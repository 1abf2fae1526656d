"""What the template of one look inside Redis is given."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from labs.bench.inside.look import QUEUE_EXPIRES_S, UNACKED, UNACKED_INDEX, Look, Seen, commands_of
from labs.bench.inside.wire import Command
from labs.bench.timeline import said

TAG_SHOWN = 8  # characters of a delivery tag that are enough to know it again

MEANINGS = {
    "LLEN": "the queue is declared: how long are its lists? One for each of four priorities",
    "LPUSH": "the message goes in at the left end of the list",
    "PEXPIRE": f"this private queue only: gone by itself after {QUEUE_EXPIRES_S} s, whatever happens",
    "BRPOP": "the consumer takes from the right end; on an empty list it would wait there",
    "ZADD": "noted: when it was handed out",
    "HSET": "noted: the message itself, should the consumer die with it",
    "ZREM": "acknowledged: the time is struck out",
    "HDEL": "and the copy with it",
}
LANES = {"LPUSH": "web", "PEXPIRE": "web"}  # LLEN is sent by both; all others come from the consumer


@dataclass(frozen=True)
class Row:
    """Commands of one name in a row, as one line: the first one's words, and how many there were."""

    at_ms: float
    lane: str
    name: str
    words: str
    times: int
    meaning: str


@dataclass(frozen=True)
class Step:
    """The message at one moment: where it lies, and a sentence on it."""

    title: str
    seen: Seen
    sentence: str


def inside_page(look: Look) -> dict[str, Any]:
    """The look as steps, rows and members."""
    commands = commands_of(look)
    return {
        "look": look,
        "tag": look.message.tag[:TAG_SHOWN],
        "steps": _steps(look),
        "rows": rows_of(commands),
        "gap": _gap(commands),
        "hash_name": UNACKED,
        "index_name": UNACKED_INDEX,
    }


def rows_of(commands: list[Command]) -> list[Row]:
    """Commands as lines of a table, in ms since the first."""
    rows: list[Row] = []
    is_taken = False
    for name, group in groupby(commands, key=lambda one: one.name):
        alike = list(group)
        is_published = any(row.name == "LPUSH" for row in rows)
        is_taken = is_taken or (is_published and name not in LANES)
        at_ms = 1000 * (alike[0].at_s - commands[0].at_s)
        words = " ".join(_shortened(word) for word in alike[0].words)
        lane = LANES.get(name, "worker" if is_taken else "web")
        rows.append(Row(at_ms, lane, name, words, len(alike), MEANINGS.get(name, "")))
    return rows


def _steps(look: Look) -> tuple[Step, ...]:
    return (
        Step("It waits", look.before, "The message lies in the list. Nobody has taken it; it could wait for days."),
        Step(
            "A consumer has it",
            look.during,
            "The list has let it go. Redis keeps a copy under its delivery tag, until somebody says that it is done.",
        ),
        Step(
            "It is acknowledged", look.after, "The consumer has said so. Redis knows nothing of this message any more."
        ),
    )


def _gap(commands: list[Command]) -> str:
    """How long the message lay nowhere but in the consumer's hands, in words; empty when it cannot be told."""
    at_s = {one.name: one.at_s for one in commands}
    return said(1000 * (at_s["HSET"] - at_s["BRPOP"])) if {"HSET", "BRPOP"} <= at_s.keys() else ""


def _shortened(word: str) -> str:
    is_uuid = len(word) == 36 and word.count("-") == 4
    return f"{word[:TAG_SHOWN]}…" if is_uuid else word
