"""The `name: value` lines below a question's heading, with the table of its variants."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from authoring.problems import Problem, did_you_mean
from authoring.source import SourceLine
from quizzes.quiz import LEVELS, MOST_TRIES, TRIES
from quizzes.types import question_types

FIELD = re.compile(r"(?P<name>[a-z]+):\s*(?P<value>.*)")
READ = re.compile(r"[a-z]+(#[a-z0-9-]+)?")
REQUIRED = ("type", "topic", "level")
OPTIONAL = ("hint", "read", "shuffle", "tries")
VARIANTS = "variants"
NAME = re.compile(r"[a-z][a-z0-9_]*")
YES_NO = ("yes", "no")


@dataclass
class Fields:
    """What was read. `rows` holds the values of each variant, `rest` the lines below the fields."""

    values: dict[str, str] = field(default_factory=dict)
    rows: list[Mapping[str, str]] = field(default_factory=list)
    rest: Sequence[SourceLine] = ()
    problems: list[Problem] = field(default_factory=list)

    @property
    def own(self) -> dict[str, str]:
        """The fields of the question's type."""
        return {name: value for name, value in self.values.items() if name not in (*REQUIRED, *OPTIONAL)}


def read_fields(lines: Sequence[SourceLine], heading: int, question_id: str, path: Path) -> Fields:
    """The fields right below a heading at line `heading`, and every problem with them."""
    fields = Fields()
    places: dict[str, int] = {}
    index = 0
    while index < len(lines) and (found := FIELD.fullmatch(lines[index].text.rstrip())):
        name, number = found["name"], lines[index].number
        if name in places:
            hint = "Leave one of the two."
            fields.problems.append(Problem(path, number, f"The field {name} stands in line {places[name]} too.", hint))
        places[name] = number
        index += 1
        if name == VARIANTS:
            table = _table(lines[index:])
            _read_variants(table, number, path, fields)
            index += len(table)
        else:
            fields.values[name] = found["value"].strip()
    fields.rest = lines[index:]
    fields.problems += _troubles(fields.values, places, heading, question_id, path)
    return fields


def _troubles(
    values: Mapping[str, str], places: Mapping[str, int], heading: int, question_id: str, path: Path
) -> list[Problem]:
    problems = []
    for name, value in values.items():
        if trouble := _trouble(name, value, values.get("type", "")):
            problems.append(Problem(path, places[name], *trouble))
    for name in REQUIRED:
        if name not in values:
            hint = f"Add a line `{name}: ...` right below its heading."
            problems.append(Problem(path, heading, f"The question {question_id} has no {name}.", hint))
    return problems


def _trouble(name: str, value: str, type_name: str) -> tuple[str, str] | None:
    question_type = question_types().get(type_name)
    known = (*REQUIRED, *OPTIONAL, VARIANTS, *(question_type.fields if question_type else ()))
    if name not in known:
        if question_type is None and any(name in other.fields for other in question_types().values()):
            return None  # its type is unknown, which is said already
        return f"Unknown field {name}.", f"{did_you_mean(name, known)} The prompt begins after an empty line."
    if not value:
        return f"The field {name} is empty.", "Write its value after the colon."
    return _bad_value(name, value)


def _bad_value(name: str, value: str) -> tuple[str, str] | None:
    allowed: Mapping[str, Sequence[str]] = {"type": list(question_types()), "level": LEVELS, "shuffle": YES_NO}
    if name in allowed and value not in allowed[name]:
        return f"Unknown {name} {value}.", did_you_mean(value, allowed[name])
    if name == "tries" and value not in map(str, range(TRIES, MOST_TRIES + 1)):
        hint = f"Write a whole number from {TRIES} to {MOST_TRIES}, or take the field away."
        return f"“{value}” is no number of tries.", hint
    if name == "read" and not READ.fullmatch(value):
        return (
            f"“{value}” is no place to read.",
            "Write a mode of the lesson, with an anchor if you like: perf#the-wait.",
        )
    return None


def _table(lines: Sequence[SourceLine]) -> Sequence[SourceLine]:
    end = next((index for index, line in enumerate(lines) if not line.text.startswith("|")), len(lines))
    return lines[:end]


def _read_variants(table: Sequence[SourceLine], line: int, path: Path, fields: Fields) -> None:
    """Take the rows of a table into `fields`; its first row names the values."""
    cells = [(row.number, _cells(row.text)) for row in table if set(row.text) - set("|-: ")]
    if len(cells) < 3:
        hint = "Below the line: a row of names, then a row for each variant: | delay | total |"
        fields.problems.append(Problem(path, line, "The variants want a table with at least two rows of values.", hint))
        return
    (head_line, names), *rows = cells
    for name in names:
        if not NAME.fullmatch(name) or names.count(name) > 1:
            hint = "Names are small letters, digits and _, each once; the text says {name} where the value goes."
            fields.problems.append(Problem(path, head_line, f"“{name}” cannot name a value.", hint))
    for number, values in rows:
        if len(values) == len(names):
            fields.rows.append(dict(zip(names, values, strict=True)))
            continue
        message = f"This variant has {len(values)} values, the table has {len(names)} names."
        fields.problems.append(Problem(path, number, message, "Write one value below each name."))


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]
