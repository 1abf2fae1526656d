"""All that is held of a learner, one kind at a time. Each feature registers its kinds when its app is ready."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet

from learners.models import Learner


@dataclass(frozen=True)
class Line:
    """One thing in plain words, with the page it belongs to."""

    at: datetime | None
    words: str
    address: str = ""


@dataclass(frozen=True)
class Kind:
    """One kind of thing. `rows` selects it, oldest first; `line` says a row in plain words.

    `name` is its key in the exported file. A row that hangs on another one, as an answer on its attempt, is a kind too.
    """

    name: str
    title: str
    rows: Callable[[Learner], QuerySet[Any]]
    line: Callable[[Any], Line]


@dataclass(frozen=True)
class Share:
    """What is held of one kind: how many, and the newest of them in plain words."""

    title: str
    count: int
    lines: tuple[Line, ...]

    @property
    def more(self) -> int:
        """How many are only in the exported file."""
        return self.count - len(self.lines)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known."""
    _kinds[kind.name] = kind


def models() -> set[type[Model]]:
    """The models whose rows are told."""
    nobody = Learner()
    return {kind.rows(nobody).model for kind in _kinds.values()}


def is_empty(learner: Learner) -> bool:
    """Is nothing held but the learner's number and cookie?"""
    return not any(kind.rows(learner).exists() for kind in _kinds.values())


def shares(learner: Learner, at_most: int) -> list[Share]:
    """What is held, kind by kind, with at most so many lines of each; kinds without any are left out."""
    made = [_share(kind, learner, at_most) for kind in _kinds.values()]
    return [share for share in made if share.count]


def export(learner: Learner) -> dict[str, Any]:
    """Every row that is held, with every column but the learner's number; ready for Django's JSON encoder."""
    return {"learner_since": learner.created_at} | {
        kind.name: [_without_learner(row) for row in kind.rows(learner).values()] for kind in _kinds.values()
    }


def _share(kind: Kind, learner: Learner, at_most: int) -> Share:
    rows = kind.rows(learner)
    return Share(kind.title, rows.count(), tuple(kind.line(row) for row in rows.reverse()[:at_most]))


def _without_learner(row: dict[str, Any]) -> dict[str, Any]:
    return {column: value for column, value in row.items() if column != "learner_id"}


def in_words(payload: Any) -> str:
    """What a row keeps as JSON, as text: names with their values."""
    if isinstance(payload, dict):
        return ", ".join(f"{str(name).replace('_', ' ')}: {in_words(value)}" for name, value in payload.items())
    if isinstance(payload, list):
        return "; ".join(in_words(one) for one in payload)
    return str(payload)
