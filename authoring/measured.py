"""Measured figures: benchmarks write them down, lessons print them by name, so that no number is typed in prose.

A file `measured/<name>.json` beside a lesson's text holds

    {"measured_on": "2026-11-22", "by": "benchmarks/client_styles.py", "machine": "2 cores",
     "versions": {"Redis": "7.0.15"},
     "figures": {"fetch.inside.inp_ms": {"median": 24, "low": 8, "high": 40, "n": 16}, "mail_ms": 300}}

A plain number is a setting or a single run; a median of null says that there was none. The unit is the end of the name.

    {{ fetch.inside.inp_ms }}                  24 ms  (from 1000 ms up in seconds)
    {{ fetch.inside.inp_ms.bare }}             24
    {{ fetch.inside.inp_ms.spread }}           8 to 40 ms
    {{ fetch.inside.inp_ms.n }}                16     (also .low and .high)
    {{ form.inside.lcp_ms - form.queued.lcp_ms }}, {{ form.inside.lcp_ms / form.queued.lcp_ms }}
"""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from authoring.problems import ContentError, Problem, did_you_mean

# Longest ending first.
UNITS = {"requests_per_s": "requests/s", "_per_s": "/s", "_percent": "%", "_ms": "ms", "_s": "s"}
PARTS = ("median", "low", "high", "n")
SOURCE_KEYS = {"measured_on": str, "by": str, "machine": str, "versions": dict, "figures": dict}
WRITERS = re.compile(r"benchmarks/\w+\.py|manage\.py claims")
EXPRESSION = re.compile(r"(?P<left>\S+)(?: (?P<sign>[-/]) (?P<right>\S+))?")
COMPARISON = re.compile(
    r"(?P<left>\S+) (?:(?P<sign>[<>]) (?:(?P<factor>[\d.]+) \* )?|within (?P<margin>[\d.]+) of )(?P<right>\S+)"
)
NBSP, MINUS = "\N{NO-BREAK SPACE}", "\N{MINUS SIGN}"


@dataclass(frozen=True)
class Source:
    """Where figures come from: one file, written by one benchmark on one machine."""

    name: str
    measured_on: str
    by: str
    machine: str
    versions: Mapping[str, str]


@dataclass(frozen=True)
class Figure:
    """One measured quantity, in the unit its name ends with. `median` is None when there was nothing to measure."""

    median: float | None
    low: float | None
    high: float | None
    n: float | None


@dataclass(frozen=True)
class Quantity:
    """A number with its unit ("" for a count or a ratio)."""

    number: float | None
    unit: str

    @property
    def bare(self) -> str:
        """The rounded number alone."""
        return "none" if self.number is None else rounded(self.number)

    def __str__(self) -> str:
        if self.unit == "ms" and abs(self.number or 0) >= 1000:
            return str(Quantity((self.number or 0) / 1000, "s"))
        return self.bare + (NBSP + self.unit if self.unit and self.number is not None else "")


@dataclass(frozen=True)
class Figures:
    """All figures of a folder by name, their sources by file name, and what is wrong with the files."""

    by_name: Mapping[str, Figure] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def text(self, expression: str) -> str:
        """What stands between `{{` and `}}`, printed. Raises ContentError for an unknown name or part."""
        name, _, ending = expression.rpartition(".")
        if ending == "bare":
            return self.quantity(name).bare
        if ending == "spread":
            return f"{self.quantity(name + '.low').bare} to {self.quantity(name + '.high')}"
        return str(self.quantity(expression))

    def quantity(self, expression: str) -> Quantity:
        """The value of `name`, `name - name` or `name / name`. Raises ContentError for what it does not know."""
        found = EXPRESSION.fullmatch(expression.strip())
        if not found:
            raise ContentError(
                f"“{expression}” is not a figure.", "Write a name, or two names with - or / between them."
            )
        left = self._operand(found["left"])
        if not found["sign"]:
            return left
        right = self._operand(found["right"])
        if left.number is None or right.number is None:
            return Quantity(None, left.unit)
        if found["sign"] == "-":
            return Quantity(left.number - right.number, left.unit)
        return Quantity(left.number / right.number, "") if right.number else Quantity(None, "")

    def number(self, expression: str) -> float:
        """Like `quantity`, where a number is needed. Raises ContentError when there was nothing to measure."""
        number = self.quantity(expression).number
        if number is None:
            raise ContentError(
                f"{expression} is none, and a number is needed here.", "Measure again, or take another figure."
            )
        return number

    def holds(self, comparison: str) -> bool:
        """Whether `a > 2 * b`, `a < b` or `a within 16 of b` is true. Raises ContentError when it cannot be read."""
        found = COMPARISON.fullmatch(comparison.strip())
        if not found:
            raise ContentError(
                f"“{comparison}” is not a comparison.", "Write `a > b`, `a > 2 * b`, `a < b` or `a within 16 of b`."
            )
        left, right = self.number(found["left"]), self.number(found["right"])
        if found["margin"]:
            return abs(left - right) <= float(found["margin"])
        bound = float(found["factor"] or 1) * right
        return left > bound if found["sign"] == ">" else left < bound

    def _operand(self, name: str) -> Quantity:
        stem, _, part = name.rpartition(".")
        stem, part = (stem, part) if part in PARTS else (name, "median")
        figure = self.by_name.get(stem)
        if figure is None:
            raise ContentError(f"There is no figure {stem}.", did_you_mean(stem, self.by_name))
        if part == "n":
            return Quantity(figure.n, "")
        if part != "median" and getattr(figure, part) is None:
            raise ContentError(f"The figure {stem} has no {part}.", "Its benchmark did not write it down.")
        return Quantity(getattr(figure, part), unit_of(stem))


NO_FIGURES = Figures()


def unit_of(name: str) -> str:
    """The unit a figure's name ends with, or "" for a count."""
    return next((unit for ending, unit in UNITS.items() if name.endswith(ending)), "")


def rounded(number: float) -> str:
    """As printed: whole from 10 up, one decimal from 1 up, two significant digits below."""
    size = abs(number)
    digits = f"{size:,.0f}" if size >= 10 else f"{size:.1f}" if size >= 1 else f"{size:.2g}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return (MINUS if number < 0 and digits != "0" else "") + digits


def read_measured(folder: Path) -> Figures:
    """Read every JSON file of `folder`; a missing folder has no figures. Raises nothing: see `problems`."""
    by_name: dict[str, Figure] = {}
    sources: dict[str, Source] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.json")):
        try:
            source, figures = _read_file(path)
        except _BadFileError as error:
            problems.append(error.problem)
            continue
        problems += [] if WRITERS.fullmatch(source.by) else [_by_nobody(path, source.by)]
        problems += [_twice(path, name) for name in sorted(figures.keys() & by_name.keys())]
        by_name = figures | by_name
        sources[source.name] = source
    return Figures(by_name, sources, tuple(problems))


class _BadFileError(Exception):
    def __init__(self, path: Path, line: int, message: str, hint: str) -> None:
        self.problem = Problem(path, line, message, hint)


def _read_file(path: Path) -> tuple[Source, dict[str, Figure]]:
    try:
        text = path.read_text(encoding="utf-8")
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise _BadFileError(path, error.lineno, f"This is not JSON: {error.msg}.", "Run its benchmark again.") from None
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        raise _BadFileError(path, 1, f"The file cannot be read: {error}.", "Run its benchmark again.") from None
    missing = [
        key for key, kind in SOURCE_KEYS.items() if not isinstance(data, dict) or type(data.get(key)) is not kind
    ]
    if missing:
        hint = "A benchmark writes where its figures come from."
        raise _BadFileError(path, 1, f"The file has no {', '.join(missing)}.", hint)
    figures = {name: _figure(path, text, name, value) for name, value in data["figures"].items()}
    return Source(path.stem, *(data[key] for key in SOURCE_KEYS if key != "figures")), figures


def _figure(path: Path, text: str, name: str, value: Any) -> Figure:
    if _is_number(value):
        return Figure(value, None, None, 1)
    if (
        isinstance(value, dict)
        and "median" in value
        and not value.keys() - set(PARTS)
        and all(map(_is_known, value.values()))
    ):
        return Figure(value["median"], value.get("low"), value.get("high"), value.get("n"))
    hint = "Give a number, or median and, if known, low, high and n."
    raise _BadFileError(path, _line_of(text, name), f"The figure {name} cannot be read.", hint)


def _is_number(value: Any) -> bool:
    return type(value) in (int, float) and math.isfinite(value)


def _is_known(value: Any) -> bool:
    return value is None or _is_number(value)


def _line_of(text: str, name: str) -> int:
    return text.count("\n", 0, max(text.find(f'"{name}"'), 0)) + 1


def _by_nobody(path: Path, by: str) -> Problem:
    line = _line_of(path.read_text(encoding="utf-8"), "by")
    message = f"“{by}” is neither a benchmark nor a measured claim."
    return Problem(path, line, message, "Let benchmarks/<name>.py or `manage.py claims` write this file.")


def _twice(path: Path, name: str) -> Problem:
    line = _line_of(path.read_text(encoding="utf-8"), name)
    return Problem(path, line, f"The figure {name} is in another file too.", "Give one of them another name.")
