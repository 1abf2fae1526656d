"""A number, with a unit and a tolerance. Learners may write it in any unit of the same kind: 0.3 s for 300 ms.

= 300 ms ± 10 %
~ 1.3 s
  believes: the wait of the worker is part of the answer
  > That is when the mail is delivered.

The tolerance holds for the known misses too; without one the number is exact. With a field `unit: ms` the unit stands
beside the field, and a number without one is taken in it. On a share, ± 5 % means five points: 45 % to 55 %.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from authoring.problems import Problem, did_you_mean
from authoring.quantity import (
    PERCENT,
    PLAIN,
    UNITS,
    NotAQuantity,
    Quantity,
    Unit,
    find_unit,
    read_quantity,
    units_like,
)
from authoring.source import SourceLine
from quizzes.answer_lines import Item
from quizzes.choices import Row
from quizzes.quiz import QuestionType, Try
from quizzes.typed import Miss, TypedBody, clashes, read_typed, starts, typed_html, written_typed

FORM = "Write `= 300 ms ± 10 %`, `= 300 ms ± 20 ms` or `= 8`, and a foreseen wrong number as `~ 1.3 s`."
TOLERANCE = re.compile(r"\s*(?:±|\+/-|\+-)\s*")
EXACT = Quantity(Decimal(0))


@dataclass(frozen=True)
class Tolerance:
    """How far off still counts: a share of the number, or a width of its kind."""

    width: Quantity = EXACT

    def around(self, value: Quantity) -> Decimal:
        """The distance allowed from `value`, in the base unit of its kind."""
        is_share = self.width.unit is PERCENT and value.unit is not PERCENT
        return abs(value.amount) * self.width.value / 100 if is_share else self.width.amount

    def holds(self, given: Quantity, value: Quantity) -> bool:
        """Whether `given` is near enough to `value`."""
        return abs(given.amount - value.amount) <= self.around(value)


@dataclass(frozen=True)
class Number(TypedBody):
    """A number near the key. `unit` is that of a number without one; None when a learner must name it."""

    open_template = "quizzes/types/number_open.html"
    closed_template = "quizzes/types/typed_closed.html"

    key: Quantity
    tolerance: Tolerance
    misses: tuple[Miss, ...] = ()
    unit: Unit | None = None

    def fingerprint(self) -> object:
        return [str(self.key), str(self.tolerance.width), [miss.text for miss in self.misses]]

    def objection(self, given: str) -> str:
        try:
            value = self._read(given)
        except NotAQuantity as reason:
            return f"{reason} Then press Answer."
        if value.unit.kind == self.key.unit.kind:
            return ""
        return self._other_kind(value)

    def is_right(self, given: str) -> bool:
        return not self.objection(given) and self.tolerance.holds(self._read(given), self.key)

    def open_shown(self, tries: Sequence[Try]) -> object:
        missed = self.missed_rows(tries)
        wants_unit = self.key.unit.kind != PLAIN.kind
        return {"missed": missed, "unit": self.unit.symbol if self.unit else "", "wants_unit": wants_unit}

    def closed_shown(self, tries: Sequence[Try]) -> object:
        return self.closed_rows(Row("key", typed_html(str(self.key)), self._accepted()), tries)

    def written(self) -> list[str]:
        width = "" if self.tolerance.width == EXACT else f" ± {self.tolerance.width}"
        return written_typed([f"{self.key}{width}"], self.misses)

    def _read(self, given: str) -> Quantity:
        """The number in the answer's terms. Raises NotAQuantity."""
        return read_quantity(given, self.unit or PLAIN)

    def miss(self, given: str) -> Miss | None:
        if self.objection(given):
            return None  # an answer to an earlier version of the question
        value = self._read(given)
        known = [(miss, self._read(miss.text)) for miss in self.misses]
        near = [(abs(one.amount - value.amount), miss) for miss, one in known if self.tolerance.holds(value, one)]
        return min(near, key=lambda pair: pair[0])[1] if near else None

    def _other_kind(self, value: Quantity) -> str:
        wanted = units_like(self.key.unit)
        if value.unit is PLAIN:
            return f"“{value}” has no unit. Write it behind the number: {wanted}."
        if self.key.unit.kind == PLAIN.kind:
            return f"“{value}” has a unit, and this answer is a plain number. Write the number alone."
        return f"“{value}” is a {value.unit.kind}, and this answer is a {self.key.unit.kind}. Its units: {wanted}."

    def _accepted(self) -> str:
        width = self.tolerance.around(self.key) / self.key.unit.factor
        if not width:
            return ""
        low, high = (Quantity(self.key.value + sign * width, self.key.unit) for sign in (-1, 1))
        return f"Accepted: {low} to {high}"


def read(lines: Sequence[SourceLine], path: Path, fields: Mapping[str, str]) -> tuple[Number | None, list[Problem]]:
    """The key with its tolerance, and the known misses. No body when anything is wrong with them."""
    typed, problems = read_typed(lines, path, FORM)
    if problems:
        return None, problems
    reader = _Reader(path, lines[0].number, fields.get("unit", ""))
    body = reader.number(typed.accepted, typed.misses)
    return (None if reader.problems else body), reader.problems


class _Reader:
    """Reads one number question; what is wrong with it gathers in `problems`."""

    def __init__(self, path: Path, line: int, unit_name: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.unit = find_unit(unit_name) if unit_name else None
        if unit_name and self.unit is None:
            hint = did_you_mean(unit_name, (unit.symbol for unit in UNITS if unit.symbol))
            self.told(line, f"Unknown unit {unit_name}.", hint)

    def told(self, line: int, message: str, hint: str) -> None:
        self.problems.append(Problem(self.path, line, message, hint))

    def number(self, accepted: Sequence[Item], misses: Sequence[Miss]) -> Number | None:
        """The body; None when the key itself cannot be read, so that nothing is compared with it."""
        first, *others = accepted
        for other in others:
            self.told(other.line, f"A second right number, after line {first.line}.", "Leave one; widen its tolerance.")
        value, *width = TOLERANCE.split(first.text, maxsplit=1)
        key = self.quantity(value, first.line)
        if key is EXACT:
            return None
        tolerance = Tolerance(self.width(width[0], key, first.line) if width else EXACT)
        self.check_known(key, tolerance, misses)
        if self.unit and self.unit.kind != key.unit.kind:
            hint = f"Write one of {units_like(key.unit) or 'none'}, or take the field away."
            self.told(first.line, f"The field unit is {self.unit.symbol}, and the number is {key}.", hint)
        return Number(key, tolerance, tuple(misses), self.unit)

    def quantity(self, text: str, line: int) -> Quantity:
        """The number, in the unit of the field when it names none; a problem and EXACT when it cannot be read."""
        try:
            return read_quantity(text, self.unit or PLAIN)
        except NotAQuantity as reason:
            self.told(line, reason.what, reason.remedy)
            return EXACT

    def width(self, text: str, key: Quantity, line: int) -> Quantity:
        """The tolerance of `key`, in its unit when it names none."""
        width = self.quantity(text, line)
        if width is EXACT:
            return EXACT
        if width.unit is PLAIN:
            width = Quantity(width.value, key.unit)
        if width.value < 0:
            self.told(line, "The tolerance is negative.", "Write how far off still counts: ± 20 ms")
        if width.unit is PERCENT and not key.value:
            self.told(line, f"{width} of 0 is 0.", "Write the tolerance as a width: ± 1 ms")
        elif width.unit.kind not in (PERCENT.kind, key.unit.kind):
            self.told(
                line, f"The tolerance {width} does not fit {key}.", "Write it in % or in a unit of the same kind."
            )
        return width

    def check_known(self, key: Quantity, tolerance: Tolerance, misses: Sequence[Miss]) -> None:
        known = [(self.quantity(miss.text, miss.line), miss) for miss in misses]
        for value, miss in known:
            if value is EXACT:
                continue
            if value.unit.kind != key.unit.kind:
                hint = "Write it with a unit of that kind."
                self.told(miss.line, f"{value} is no answer to a question for {key}.", hint)
            elif tolerance.holds(value, key):
                hint = "Narrow the tolerance or take this answer away."
                self.told(miss.line, f"{value} is accepted as right.", hint)
        self.problems += clashes(((value.amount, miss.text, miss.line) for value, miss in known), self.path)


TYPE = QuestionType("number", starts=starts, read=read, fields=("unit",), needs_solution=True)
