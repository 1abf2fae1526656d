"""A recording read as a story: where the message is after each row, and what each variable is."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lessons.traces.recording import Row

LIST, UNACKED, WORKER, MAIL = "list", "unacked", "worker", "mail"


@dataclass(frozen=True)
class Moment:
    """What is so after a row. The three keys are read from Redis; the rest follows from the rows until here.

    `in_worker` counts messages that a living worker has taken and not finished.
    """

    number: int
    row: Row
    is_committed: bool
    is_answered: bool
    in_worker: int
    mails: int

    @property
    def places(self) -> tuple[str, ...]:
        """Where the message is, or a copy of it."""
        there = {LIST: self.row.celery, UNACKED: self.row.unacked, WORKER: self.in_worker, MAIL: self.mails}
        return tuple(place for place, held in there.items() if held)


@dataclass(frozen=True)
class Variable:
    """One row of the tracker: its name, as Markdown, and its value after each row."""

    name: str
    values: tuple[int, ...]

    @property
    def changes(self) -> list[bool]:
        """For each value, whether it differs from the one before."""
        return [index > 0 and value != self.values[index - 1] for index, value in enumerate(self.values)]


@dataclass(frozen=True)
class Stay:
    """The message was in one place from one row to another, both numbers included."""

    place: str
    first: int
    last: int


def moments_of(rows: Iterable[Row]) -> list[Moment]:
    """One for each row."""
    moments, seen = [], Counter[str]()
    for number, row in enumerate(rows, 1):
        seen[row.kind] += 1
        in_worker = seen["taken"] - seen["done"] - seen["killed"]
        is_answered, is_committed = bool(seen["answered"]), bool(seen["committed"])
        moments.append(Moment(number, row, is_committed, is_answered, in_worker, seen["accepted"]))
    return moments


def variables_of(moments: Sequence[Moment]) -> list[Variable]:
    """What the tracker follows."""
    rows = [moment.row for moment in moments]
    return [
        Variable("database rows that others see", tuple(int(moment.is_committed) for moment in moments)),
        Variable("answers sent", tuple(int(moment.is_answered) for moment in moments)),
        Variable("`LLEN celery`", tuple(len(row.celery) for row in rows)),
        Variable("`HLEN unacked`", tuple(len(row.unacked) for row in rows)),
        Variable("`ZCARD unacked_index`", tuple(len(row.unacked_index) for row in rows)),
        Variable("messages in a worker's memory", tuple(moment.in_worker for moment in moments)),
        Variable("mails delivered", tuple(moment.mails for moment in moments)),
    ]


def stays_of(moments: Sequence[Moment]) -> Iterator[Stay]:
    """Each stay in each place."""
    for place in (LIST, UNACKED, WORKER, MAIL):
        first = 0
        for moment in moments:
            if place in moment.places:
                first = first or moment.number
            elif first:
                yield Stay(place, first, moment.number - 1)
                first = 0
        if first:
            yield Stay(place, first, moments[-1].number)


def counterparts(rows: Sequence[Row], others: Sequence[Row]) -> list[int | None]:
    """For each row the number, from 1, of the same happening in the other recording; None when it is not there."""
    places: dict[tuple[str, str, int], int] = {key: number for number, key in enumerate(_keys(others), 1)}
    return [places.get(key) for key in _keys(rows)]


def _keys(rows: Iterable[Row]) -> Iterator[tuple[str, str, int]]:
    seen: Counter[tuple[str, str]] = Counter()
    for row in rows:
        seen[row.kind, row.actor] += 1
        yield row.kind, row.actor, seen[row.kind, row.actor]
