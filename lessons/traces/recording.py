"""A recording as it is kept: one line for each thing that happened, and what Redis held afterwards."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any, get_origin, get_type_hints

from authoring.lanes import LANE_BY_SLUG
from authoring.problems import ContentError
from lessons.reading import Refused, read_text
from lessons.traces.words import KINDS

AGAIN = "Record it again: `manage.py record-trace`."
JSON_TYPES: dict[Any, Any] = {str: str, float: (int, float), tuple: list, Mapping: dict}
LONGEST_MS = 3_600_000
LISTS = ("command", "celery", "unacked", "unacked_index")


@dataclass(frozen=True)
class Row:
    """One thing that happened: `kind` is what (`words.py` says it), `lane` and `actor` are whose doing it was.

    `command` are the words in which the parts told it: of a transaction one line for each command. `celery`, `unacked`
    and `unacked_index` are what these three keys of Redis held afterwards. `at_ms` counts from the first row.
    """

    kind: str
    lane: str
    actor: str
    command: tuple[str, ...]
    celery: tuple[str, ...]
    unacked: tuple[str, ...]
    unacked_index: tuple[str, ...]
    at_ms: float

    @property
    def compared(self) -> tuple[object, ...]:
        """What is the same in each recording of it: everything but the time."""
        return (self.kind, self.lane, self.actor, self.command, self.held)

    @property
    def held(self) -> tuple[tuple[str, ...], ...]:
        """What the three keys held."""
        return self.celery, self.unacked, self.unacked_index


@dataclass(frozen=True)
class Recording:
    """What was recorded by one recipe, when and with what."""

    recorded_on: str
    machine: str
    versions: Mapping[str, str]
    rows: tuple[Row, ...]


def recording_path(folder: Path, name: str) -> Path:
    """Where the recording of one recipe is kept in the folder of its lesson."""
    return folder / "traces" / f"{name}.json"


def write_recording(recording: Recording, path: Path) -> None:
    """Keep it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    head = {name: value for name, value in asdict(recording).items() if name != "rows"}
    rows = ",\n  ".join(json.dumps(asdict(row), ensure_ascii=False) for row in recording.rows)
    path.write_text(f'{json.dumps(head, ensure_ascii=False)[:-1]}, "rows": [\n  {rows}\n]}}\n', encoding="utf-8")


def read_recording(path: Path) -> Recording:
    """What is kept in a file. Raises ContentError for what is no recording."""
    try:
        data = json.loads(read_text(path))
        json.dumps(data, ensure_ascii=False).encode()  # half a character, as "\\ud800", could be read and not sent
    except Refused as refused:
        raise ContentError(refused.problem.message, refused.problem.hint) from None
    except (ValueError, RecursionError) as error:
        raise ContentError(f"{path.name} cannot be read: {error}.", AGAIN) from None
    if not isinstance(data, dict) or not _fits(data, Recording) or not data["rows"]:
        raise ContentError(f"{path.name} is not a recording.", AGAIN)
    rows = tuple(_row(path, number, row) for number, row in enumerate(data["rows"], 1))
    return Recording(data["recorded_on"], data["machine"], data["versions"], rows)


def _row(path: Path, number: int, row: Any) -> Row:
    is_row = isinstance(row, dict) and _fits(row, Row) and row["kind"] in KINDS and row["lane"] in LANE_BY_SLUG
    is_row = is_row and bool(row["actor"]) and 0 <= row["at_ms"] <= LONGEST_MS
    if not is_row or not all(isinstance(word, str) for name in LISTS for word in row[name]):
        raise ContentError(f"Row {number} of {path.name} cannot be read.", AGAIN)
    return Row(**row | {name: tuple(row[name]) for name in LISTS})


def _fits(data: dict[str, Any], kind: type) -> bool:
    """Whether the data has the names of a dataclass, in order, each with a value of the right type."""
    expected = [(name, JSON_TYPES[get_origin(hint) or hint]) for name, hint in get_type_hints(kind).items()]
    return list(data) == [name for name, _ in expected] and all(isinstance(data[name], of) for name, of in expected)


def differing(rows: Sequence[Row], others: Sequence[Row]) -> set[int]:
    """The numbers, from 1, of those among `rows` that are not the same in the other recording, times aside."""
    pairs = enumerate(zip_longest(rows, others), 1)
    return {number for number, (row, other) in pairs if row and (other is None or row.compared != other.compared)}
