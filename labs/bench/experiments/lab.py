"""A bench lab: its experiment starts parts of its own, in a process of its own, and tells how far it is."""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from apparatus.processes import Group
from authoring.quantity import NotAQuantity, Unit, number_in
from labs.bench.lab import Condition, Lab, OutOfBounds


@dataclass(frozen=True)
class Guess:
    """A number that the learner predicts, from `minimum` to `maximum`, in `unit` when they name none.

    `label` is the question. `measured` reads from a result what was asked; None when it cannot tell. Less than `grain`
    is no difference.
    """

    slug: str
    label: str
    unit: Unit
    minimum: float
    maximum: float
    measured: "Callable[[Mapping[str, Any]], float | None]"
    grain: float

    def read(self, text: str) -> float:
        """The number in the text, in the unit. Raises OutOfBounds when it is none or out of bounds."""
        try:
            value = number_in(text, self.unit)
        except NotAQuantity as reason:
            raise OutOfBounds(f"{reason.what} {self.bounds}") from None
        if not self.minimum <= value <= self.maximum:
            raise OutOfBounds(f"{value:g} is out of bounds. {self.bounds}")
        return value

    @property
    def bounds(self) -> str:
        """The bounds, as a sentence."""
        return f"Write {self.minimum:g} to {self.maximum:g} {self.unit}."


@dataclass(frozen=True)
class Progress:
    """How far an experiment is: `done` of `of` steps, and what it does now, in words."""

    done: int
    of: int
    text: str


class Stopped(Exception):
    """Somebody pressed Stop: thrown into the experiment where it tells its progress."""


# Yields progress between two measurements, never during one, and returns the result as JSON data: under "rows" one
# flat dict for each measurement, and whatever `findings` needs beside them. Who catches Stopped and returns what there
# is until then says under "partial", in words, how much that is.
Steps = Generator[Progress, None, dict[str, Any]]
ExperimentFunction = Callable[[Group, Mapping[str, int]], Steps]


@dataclass(frozen=True)
class Table:
    """A table of findings: the first cell of each row names it, the others hold figures."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Findings:
    """What a result says: one headline, sentences, a figure with its caption, tables, and how it was measured.

    `compared` are the few figures, in words, by which two results are laid side by side.
    """

    headline: str
    sentences: tuple[str, ...]
    figure: SafeString
    caption: str
    tables: tuple[Table, ...]
    setting: tuple[tuple[str, str], ...]
    compared: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ResultFigure:
    """One number of a result, for quizzes about it.

    `read` gives it in `unit`, with a sentence in Markdown that says how it came about; None when the result has none.
    """

    slug: str
    unit: str
    read: Callable[[Mapping[str, Any]], tuple[float, str] | None]


@dataclass(frozen=True, kw_only=True)
class ExperimentLab(Lab):
    """A lab whose runs are experiments.

    `experiment` does the work with parts that it starts in the group it is given; `expected_s` says how many seconds
    that takes with these parameters. `findings` reads a result, with the learner's guesses (none for a stranger).
    `parts` names in one sentence what it runs on. `figures` are the numbers of a result that quizzes ask for.
    """

    experiment: ExperimentFunction
    expected_s: Callable[[Mapping[str, int]], float]
    findings: Callable[[Mapping[str, Any], Mapping[str, float]], Findings]
    guesses: tuple[Guess, ...]
    parts: str
    figures: tuple[ResultFigure, ...] = ()
    conditions: tuple[Condition, ...] = ()

    def read_guesses(self, form: Mapping[str, str]) -> tuple[dict[str, float], dict[str, str]]:
        """The guesses in a form, by name, and what is wrong with the others, by name."""
        values: dict[str, float] = {}
        problems: dict[str, str] = {}
        for guess in self.guesses:
            try:
                values[guess.slug] = guess.read(form.get(guess.slug, ""))
            except OutOfBounds as error:
                problems[guess.slug] = str(error)
        return values, problems
