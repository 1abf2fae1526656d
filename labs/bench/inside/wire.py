"""What went over the wire about one message, as Redis itself reports it while we watch (MONITOR).

MONITOR shows every command of everybody, and a busy Redis is several times slower while somebody watches. So it runs
only for the few milliseconds of one look, and of what it shows only the lines that name this queue or this message are
kept.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from time import monotonic

import redis

READ_WITHIN_S = 1.0
MESSAGE_BEGINS = ("{", "[")  # the first word of a message, which the page shows decoded


@dataclass(frozen=True)
class Command:
    """One command as Redis received it: `at_s` by its own clock, its name, and its words up to the message."""

    at_s: float
    name: str
    words: tuple[str, ...]


@dataclass
class Wire:
    """What is watched for: `names`, all of them random, so that nobody else's command holds one. What was `seen`.

    `trouble` says in words why nothing could be seen.
    """

    names: set[str]
    seen: list[Command] = field(default_factory=list)
    trouble: str = ""

    def concerns(self, line: str) -> bool:
        """Whether a command, as one line, names one of these."""
        return any(name in line for name in self.names)


@contextmanager
def watching(client: redis.Redis, names: set[str], last: str) -> Iterator[Wire]:
    """Watch while the block runs. Afterwards the Wire is filled, up to the first command of the name `last`.

    A Redis may refuse MONITOR to this user; then `trouble` says so and everything else goes on.
    Raises redis.RedisError when Redis goes away.
    """
    wire = Wire(names)
    with ExitStack() as stack:
        try:
            monitor = stack.enter_context(client.monitor())  # type: ignore[no-untyped-call]
        except redis.ResponseError as refusal:
            wire.trouble = f"This Redis does not let the course watch its commands: {refusal}"
            yield wire
            return
        yield wire
        wire.seen = list(_heard(monitor, wire, last))


def _heard(monitor: redis.client.Monitor, wire: Wire, last: str) -> Iterator[Command]:
    give_up = monotonic() + READ_WITHIN_S
    while monotonic() < give_up:
        heard = monitor.next_command()  # type: ignore[no-untyped-call]
        if heard is None or not wire.concerns(heard["command"]):
            continue
        command = _command(heard["time"], heard["command"])
        yield command
        if command.name == last:
            return


def _command(at_s: float, line: str) -> Command:
    name, *words = line.split(" ")
    before = next((i for i, word in enumerate(words) if word.startswith(MESSAGE_BEGINS)), None)
    return Command(at_s, name.upper(), tuple(words if before is None else [*words[:before], "message"]))
