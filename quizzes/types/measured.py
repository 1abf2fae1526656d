"""A question whose key is the learner's own run of a lab.

figure: email-in-request/ratio

= own ± 10 %

The figure is one that a lab has registered in `learners.measured`. An answer is compared with the newest run there is
when it is given; what that run said is kept with the answer, so that a later run changes only later answers. The
figure as it is printed counts too, however it was rounded.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from django.http import QueryDict

from authoring.problems import Problem, did_you_mean
from authoring.quantity import PERCENT, NotAQuantity, Quantity, Unit, find_unit, read_quantity, units_like
from authoring.source import SourceLine
from learners import measured
from learners.measured import Measured, Source
from learners.models import Learner
from quizzes.answer_lines import read_items
from quizzes.prose import inline
from quizzes.quiz import Body, QuestionType, Try
from quizzes.types.number import Tolerance

HEAD = re.compile(r"= *(?P<text>\S.*)")
OWN = re.compile(r"own *(?:±|\+/-|\+-) *(?P<width>\S.*)")
FORM = "Write one line `= own ± 10 %`: how far an answer may be off the learner's own figure."


@dataclass(frozen=True)
class OpenMeasured:
    """What the form shows: the unit, where the figure is measured, whether it was, and what was typed before."""

    source: Source
    unit: str
    is_measured: bool
    missed: tuple[str, ...]
    typed: str = ""

    @property
    def has_own_buttons(self) -> bool:
        """Without a run there is nothing to answer: the way to the lab stands in place of the button."""
        return not self.is_measured

    def filled(self, given: str) -> "OpenMeasured":
        """The same with an answer put in that was refused."""
        return replace(self, typed=_read_given(given)[0])


@dataclass(frozen=True)
class MeasuredFigure(Body):
    """A figure of the learner's own newest runs. Before `for_learner` it is nobody's."""

    open_template = "quizzes/types/measured_open.html"
    closed_template = "quizzes/types/measured_closed.html"

    figure: str
    tolerance: Tolerance
    learner: Learner | None = field(default=None, compare=False)

    def for_learner(self, learner: Learner | None) -> "MeasuredFigure":
        """The same for one learner. Their runs are read when they are needed."""
        return replace(self, learner=learner)

    def given_from(self, post: QueryDict) -> str:
        """What was typed and what the newest run says, as JSON; an empty text when nothing was typed."""
        typed = post.get("answer", "").strip()
        run = asdict(self._key) if self._key else None
        return json.dumps({"typed": typed, "run": run}, ensure_ascii=False) if typed else ""

    def fingerprint(self) -> object:
        return [self.figure, str(self.tolerance.width)]

    def objection(self, given: str) -> str:
        typed, run = _read_given(given)
        source = measured.source_of(self.figure)
        if run is None and (typed or self._key is None):
            return f"There is no run of yours yet to compare with. {source.to_do} The lab is “{source.title}”."
        try:
            value = self._quantity(typed)
        except NotAQuantity as reason:
            return f"{reason} Then press Answer."
        if value.unit.kind == self._unit.kind:
            return ""
        units = units_like(self._unit)
        return f"“{value}” is a {value.unit.kind}, and this is asked in {units}. Write it so, then press Answer."

    def is_right(self, given: str) -> bool:
        typed, run = _read_given(given)
        if run is None:
            return False
        value, key = self._quantity(typed), Quantity(Decimal(str(run.value)), self._unit)
        return self.tolerance.holds(value, key) or value.amount == read_quantity(in_print(run)).amount

    def open_shown(self, tries: Sequence[Try]) -> object:
        missed = tuple(_read_given(answer.given)[0] for answer in tries if not answer.right)
        return OpenMeasured(measured.source_of(self.figure), self._unit.symbol, self._key is not None, missed)

    def closed_shown(self, tries: Sequence[Try]) -> object:
        run = _read_given(tries[-1].given)[1] if tries else self._key
        return {
            "source": measured.source_of(self.figure),
            "run": run,
            "value": in_print(run) if run else "",
            "because": inline(run.because) if run else "",
            "answers": [self.in_words(answer.given) for answer in tries],
            "has_newer": bool(run and self._key and self._key.address != run.address),
        }

    def written(self) -> list[str]:
        return [f"= own ± {self.tolerance.width}"]

    def said_about(self, given: str) -> str:
        typed, run = _read_given(given)
        if run is None or self.is_right(given):
            return ""
        value, key = self._quantity(typed).amount, Quantity(Decimal(str(run.value)), self._unit).amount
        return f"Your own runs say {'more' if key > value else 'less'} than {self._quantity(typed)}."

    def in_words(self, given: str) -> str:
        typed = _read_given(given)[0]
        try:
            return str(self._quantity(typed))
        except NotAQuantity:
            return typed

    @cached_property
    def _key(self) -> Measured | None:
        return measured.measured(self.figure, self.learner)

    @property
    def _unit(self) -> Unit:
        unit = find_unit(measured.unit_of(self.figure))
        assert unit is not None, self.figure
        return unit

    def _quantity(self, typed: str) -> Quantity:
        """The number, in the figure's unit when it names none. Raises NotAQuantity."""
        return read_quantity(typed, self._unit)


def in_print(run: Measured) -> str:
    """A figure as pages print it: whole above ten, one decimal below; a factor with one decimal."""
    digits = 0 if run.unit != "times" and abs(run.value) >= 10 else 1
    return f"{run.value:.{digits}f} {run.unit}"


def _read_given(given: str) -> tuple[str, Measured | None]:
    """What was typed, and the run it was compared with; neither when it is no answer of this type."""
    try:
        found = json.loads(given)
        return str(found["typed"]), Measured(**found["run"]) if found["run"] else None
    except (ValueError, TypeError, KeyError):
        return "", None


def read(
    lines: Sequence[SourceLine], path: Path, fields: Mapping[str, str]
) -> tuple[MeasuredFigure | None, list[Problem]]:
    """The tolerance, from the line below a prompt; the figure stands in the field."""
    items, problems = read_items(lines, path, HEAD, FORM)
    for other in items[1:]:
        problems.append(Problem(path, other.line, "The key stands here a second time.", "Leave one line."))
    figure, known = fields.get("figure", ""), measured.known_figures()
    if figure not in known:
        what = f"No lab measures the figure {figure}." if figure else "The question names no figure."
        hint = did_you_mean(figure, known) if figure else f"Add a field `figure: {known[0] if known else 'lab/name'}`."
        problems.append(Problem(path, lines[0].number, what, hint))
    width = _width(items[0].text) if items else None
    if width is None:
        problems.append(Problem(path, lines[0].number, "The key cannot be read.", FORM))
    elif figure in known and not _fits(width, measured.unit_of(figure)):
        hint = f"Write a share, as in ± 10 %, or a width in {measured.unit_of(figure)}."
        problems.append(Problem(path, lines[0].number, f"± {width} says nothing about this figure.", hint))
    if problems or width is None:
        return None, problems
    return MeasuredFigure(figure, Tolerance(width)), []


def _width(text: str) -> Quantity | None:
    found = OWN.fullmatch(text.strip())
    try:
        width = read_quantity(found["width"]) if found else None
    except NotAQuantity:
        return None
    return width if width and width.value > 0 else None


def _fits(width: Quantity, unit_name: str) -> bool:
    unit = find_unit(unit_name)
    return width.unit is PERCENT or (unit is not None and width.unit.kind == unit.kind)


TYPE = QuestionType(
    "measured", starts=lambda text: text.startswith("="), read=read, fields=("figure",), needs_solution=True
)
