"""What a module of `formats/` offers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from quizzes.exchange.items import Bank, Loss, Refused
from quizzes.quiz import Quiz


@dataclass(frozen=True)
class Arrived:
    """What was read from a file: the questions, what they lost, and what was left out because it cannot be read."""

    bank: Bank
    losses: tuple[Loss, ...] = ()
    refusals: tuple[Refused, ...] = ()


@dataclass(frozen=True)
class Written:
    """A file for another system, and what it could not hold."""

    content: bytes
    losses: tuple[Loss, ...]


@dataclass(frozen=True)
class Format:
    """One format, found as `FORMAT` in a module of `quizzes/exchange/formats/`.

    `write` raises nothing; `read` gets the text of a file and raises `Refused` when nothing of it can be read. Without
    `read` a format is written only. `name` is what `--format` takes, `suffixes` those of its files, the first of them
    for a file we write.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    media_type: str
    write: Callable[[Quiz], Written]
    read: Callable[[str], Arrived] | None = None


def text(content: str, losses: Iterable[Loss]) -> Written:
    """A file of text, the losses in the order of their lines."""
    return Written(content.encode(), tuple(sorted(losses)))
