"""Predict: a choice or a number, said before it is known. It is kept and never marked; then what we measured is shown.

- inp: The INP of the page
- ttfb: The first byte of the next page
  > Its gain is the whole mail.

Or, for a number in a unit, one line instead: `number: ms`. What we measured is the worked solution below.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from django.utils.html import escape
from django.utils.safestring import SafeString

from authoring.problems import Problem, did_you_mean
from authoring.quantity import PLAIN, UNITS, NotAQuantity, Quantity, Unit, find_unit, read_quantity, units_like
from authoring.source import SourceLine
from learners.certainty import in_words
from quizzes.answer_lines import read_items, written_below, written_text
from quizzes.choices import Row, picked, shuffled, texts
from quizzes.prose import inline
from quizzes.quiz import Body, Option, QuestionType, Try

ID = r"[a-z0-9][a-z0-9-]{0,47}"
STARTS = re.compile(rf"[-*+] {ID}: |number:")
HEAD = re.compile(rf"(?:- (?P<id>{ID})|(?P<number>number)): +(?P<text>\S.*)")
FORM = "Write the choices as `- id: Text`, or one line `number: ms` for a number in that unit."


@dataclass(frozen=True)
class Said:
    """A prediction as the page shows it afterwards, and in words how sure it was; empty when that was not said."""

    html: SafeString
    sure: str


class Prediction(Body):
    """What is recorded and never marked."""

    is_marked = False
    tries = 1
    closed_template = "quizzes/types/prediction_closed.html"

    def is_right(self, given: str) -> bool:
        return True  # nobody's prediction is wrong


@dataclass(frozen=True)
class ChoicePrediction(Prediction):
    """One of several choices; each may carry a word on what it would mean."""

    open_template = "quizzes/types/prediction_open.html"

    choices: tuple[Option, ...]

    def fingerprint(self) -> object:
        return sorted([option.id, option.text] for option in self.choices)

    def objection(self, given: str) -> str:
        if not given:
            return "Nothing is chosen. Choose what you expect, then press Answer."
        if given not in {option.id for option in self.choices}:
            return f"“{given[:60]}” is not one of the choices here. Choose one that is listed."
        return ""

    def open_shown(self, tries: Sequence[Try]) -> object:
        return {"rows": [Row(option.id, inline(option.text)) for option in self.choices]}

    def closed_shown(self, tries: Sequence[Try]) -> object:
        given = {answer.given: in_words(answer.certainty) for answer in tries}
        said = [Said(inline(option.text), given[option.id]) for option in self.choices if option.id in given]
        rows = [Row(one.id, inline(one.text), inline(one.explanation)) for one in self.choices if one.explanation]
        return {"said": said, "rows": rows}

    def written(self) -> list[str]:
        lines: list[str] = []
        for option in self.choices:
            lines += [*written_text(f"- {option.id}: ", option.text), *written_below("", option.explanation)]
        return lines

    def arranged(self, random: Random) -> "ChoicePrediction":
        """The same with its choices in another order."""
        return replace(self, choices=shuffled(self.choices, random))

    def picks(self, given: str) -> list[str]:
        return [given]

    def in_words(self, given: str) -> str:
        return picked(self.choices, [given])

    def prose(self) -> Iterable[str]:
        return texts(self.choices)


@dataclass(frozen=True)
class NumberPrediction(Prediction):
    """A number in `unit`, or in another unit of its kind."""

    open_template = "quizzes/types/prediction_number_open.html"

    unit: Unit
    explanation: str = field(default="", compare=True)

    def fingerprint(self) -> object:
        return ["number", self.unit.symbol]

    def objection(self, given: str) -> str:
        try:
            value = self._read(given)
        except NotAQuantity as reason:
            return f"{reason} Then press Answer."
        if value.unit.kind == self.unit.kind:
            return ""
        asked = f"in {units_like(self.unit)}" if self.unit is not PLAIN else "without a unit"
        return f"“{value}” is a {value.unit.kind}. Write your number {asked}."

    def open_shown(self, tries: Sequence[Try]) -> object:
        return {"unit": self.unit.symbol}

    def closed_shown(self, tries: Sequence[Try]) -> object:
        said = [Said(escape(self.in_words(answer.given)), in_words(answer.certainty)) for answer in tries]
        rows = [Row("number", inline(self.explanation))] if self.explanation else []
        return {"said": said, "rows": rows}

    def written(self) -> list[str]:
        return [f"number: {self.unit.symbol or 'none'}", *written_below("", self.explanation)]

    def in_words(self, given: str) -> str:
        return str(self._read(given))

    def prose(self) -> Iterable[str]:
        return (self.explanation,)

    def _read(self, given: str) -> Quantity:
        """The number, in the question's unit when it names none. Raises NotAQuantity."""
        return read_quantity(given, self.unit)


def read(lines: Sequence[SourceLine], path: Path, fields: Mapping[str, str]) -> tuple[Prediction | None, list[Problem]]:
    """The choices, or the unit of the number, from the first line below a prompt on."""
    items, problems = read_items(lines, path, HEAD, FORM)
    if any(item.head["number"] for item in items):
        if len(items) > 1:
            problems.append(Problem(path, items[1].line, "A number stands beside something else to choose.", FORM))
        name = items[0].text
        unit = PLAIN if name == "none" else find_unit(name)
        if unit is None:
            hint = did_you_mean(name, [known.symbol for known in UNITS if known.symbol])
            problems.append(Problem(path, items[0].line, f"Unknown unit {name}.", hint))
        return (None if problems or unit is None else NumberPrediction(unit, items[0].explanation)), problems
    choices = tuple(Option(item.head["id"], item.text, item.explanation, False, item.line) for item in items)
    problems += _faults(choices, lines[0].number, path)
    return (None if problems else ChoicePrediction(choices)), problems


def _faults(choices: Sequence[Option], line: int, path: Path) -> list[Problem]:
    problems = []
    if len(choices) < 2:
        problems.append(Problem(path, line, f"A prediction with {len(choices)} choices.", "Give it at least two."))
    seen: dict[str, int] = {}
    for choice in choices:
        if choice.id in seen:
            message = f"The id {choice.id} is taken by line {seen[choice.id]}."
            problems.append(Problem(path, choice.line, message, "Give it another id."))
        seen.setdefault(choice.id, choice.line)
    return problems


TYPE = QuestionType("prediction", starts=lambda text: STARTS.match(text) is not None, read=read, needs_solution=True)
