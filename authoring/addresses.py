"""Which addresses of this site exist, so that a text can be told of a link that leads nowhere.

Each feature registers its own when it is ready, and the state of the texts behind them, so that a page which shows a
part of another feature's text is made again when that text changes.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Neighbour:
    """A feature as others see it: every address it has, and a text that differs after each change of its content."""

    addresses: Callable[[], Iterable[str]]
    version: Callable[[], str] = lambda: ""


_neighbours: dict[str, Neighbour] = {}


def register_neighbour(name: str, neighbour: Neighbour) -> None:
    """Make a feature's addresses known. A second registration under the same name replaces the first."""
    _neighbours[name] = neighbour


def known_addresses() -> set[str]:
    """Every registered address, such as /labs/email-in-request/; empty while nobody has registered any."""
    return {address for neighbour in _neighbours.values() for address in neighbour.addresses()}


def neighbours_version() -> str:
    """Differs after each change of any feature's content."""
    return ";".join(neighbour.version() for neighbour in _neighbours.values())
