"""What a learner has measured, one figure by its name: quizzes ask for it here, and know no lab.

A lab registers each of its figures when its app is ready, as `<lab>/<figure>`: `email-in-request/apart`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from learners.models import Learner


@dataclass(frozen=True)
class Measured:
    """One figure of a learner's newest runs, in `unit`. `because` says in Markdown how it came about; `address` is the
    page of the run it was read from."""

    value: float
    unit: str
    because: str
    address: str


@dataclass(frozen=True)
class Source:
    """Where a figure can be measured: the lab's title and address, and in one sentence what has to be done there."""

    title: str
    address: str
    to_do: str


Provider = Callable[[Learner], Measured | None]


@dataclass(frozen=True)
class _Figure:
    unit: str
    source: Source
    provider: Provider


_figures: dict[str, _Figure] = {}


def register(figure: str, provider: Provider, *, unit: str, source: Source) -> None:
    """Make a figure known. `provider` reads it from a learner's newest runs, in `unit`; None when they cannot tell."""
    _figures[figure] = _Figure(unit, source, provider)


def measured(figure: str, learner: Learner | None) -> Measured | None:
    """What this learner's newest runs say; None without such runs. Raises KeyError for an unknown figure."""
    provider = _figures[figure].provider
    return provider(learner) if learner else None


def unit_of(figure: str) -> str:
    """The unit in which a figure is given. Raises KeyError for an unknown figure."""
    return _figures[figure].unit


def source_of(figure: str) -> Source:
    """Where a figure can be measured. Raises KeyError for an unknown figure."""
    return _figures[figure].source


def known_figures() -> list[str]:
    """The names of all figures, in order."""
    return sorted(_figures)
