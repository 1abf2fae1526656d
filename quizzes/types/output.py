"""Predict the output: a program is shown, and what it prints is typed. A test runs the program and compares.

program: two_lists.py

= 3
~ 2
  believes: BRPOP leaves the element in the list
  > It takes it out.

The program is a file in the folder `programs` beside the quiz. Several lines of output stand indented below a lone `=`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from authoring.code_figure import code_figure
from authoring.problems import Problem, did_you_mean
from authoring.source import SourceLine
from quizzes.choices import Row
from quizzes.quiz import LONGEST_ANSWER, QuestionType, Try
from quizzes.typed import (
    Miss,
    Typed,
    TypedBody,
    clashes,
    code_html,
    read_typed,
    starts,
    untypable,
    written_typed,
)

PROGRAMS = "programs"
NAME = re.compile(r"[a-z][a-z0-9_]*\.py")
FORM = "Write the output as `= text`, several lines indented below a lone `=`; a foreseen wrong one as `~ text`."
SPACE_BY_A_MARK = re.compile(r" *([^\w\s]) *")


def normalised(text: str) -> str:
    """The output without what says nothing about understanding: kind of quotes, spaces by a mark, blank ends."""
    text = text.replace('"', "'").translate({0x2018: "'", 0x2019: "'", 0x201C: "'", 0x201D: "'"})
    lines = (SPACE_BY_A_MARK.sub(r"\1", " ".join(line.split())) for line in text.splitlines())
    return "\n".join(lines).strip("\n")


@dataclass(frozen=True)
class Output(TypedBody):
    """What a program prints. `code` is the text of the file `program`."""

    open_template = "quizzes/types/output_open.html"
    closed_template = "quizzes/types/output_closed.html"
    as_code = True

    program: str
    code: str
    key: str
    misses: tuple[Miss, ...] = ()

    def given_from(self, post: QueryDict) -> str:
        return "\n".join(line.rstrip() for line in post.get("answer", "").splitlines()).strip("\n")

    def fingerprint(self) -> object:
        return [self.code, self.key, [miss.text for miss in self.misses]]

    def objection(self, given: str) -> str:
        if not normalised(given):
            return "Nothing is written. Type what the program prints, line by line, then press Answer."
        if len(given) > LONGEST_ANSWER:
            return (
                f"Your answer is {len(given)} characters long, and the program prints far less. "
                f"Shorten it to {LONGEST_ANSWER} characters."
            )
        return untypable(given)

    def is_right(self, given: str) -> bool:
        return normalised(given) == normalised(self.key)

    def open_shown(self, tries: Sequence[Try]) -> object:
        last = tries[-1].given if tries else ""
        missed = self.missed_rows(tries)
        return {"code": self._code(), "missed": missed, "last": last}

    def closed_shown(self, tries: Sequence[Try]) -> object:
        rows = self.closed_rows(Row("key", code_html(self.key)), tries)
        return {"code": self._code(), "rows": rows}

    def written(self) -> list[str]:
        return written_typed([self.key], self.misses)

    def prose(self) -> Iterable[str]:
        return (self.code, *super().prose())

    def _code(self) -> SafeString:
        return code_figure(format_html("<code>{}</code>", self.program), self.code, {})

    def miss(self, given: str) -> Miss | None:
        return next((miss for miss in self.misses if normalised(miss.text) == normalised(given)), None)


def read(lines: Sequence[SourceLine], path: Path, fields: Mapping[str, str]) -> tuple[Output | None, list[Problem]]:
    """The output and the known misses, and the program from its file. No body when anything is wrong with them."""
    typed, problems = read_typed(lines, path, FORM)
    line = lines[0].number
    code, trouble = _program(fields.get("program", ""), path.parent / PROGRAMS)
    if trouble:
        problems.append(Problem(path, line, *trouble))
    problems += _faults(typed, path)
    if problems:
        return None, problems
    return Output(fields["program"], code, typed.accepted[0].text, typed.misses), problems


def _program(name: str, folder: Path) -> tuple[str, tuple[str, str] | None]:
    """The text of a program, or what is wrong and the remedy."""
    if not name:
        return "", ("The question names no program.", "Add a line `program: its_name.py` below the heading.")
    if not NAME.fullmatch(name):
        return "", (f"“{name}” cannot be the name of a program.", "Names are small letters, digits and _, then .py")
    try:
        return (folder / name).read_text(encoding="utf-8").strip("\n"), None
    except (OSError, UnicodeDecodeError):
        known = did_you_mean(name, (path.name for path in folder.glob("*.py")))
        return "", (f"There is no readable program {name} in {folder.name}/.", known)


def _faults(typed: Typed, path: Path) -> Iterator[Problem]:
    for other in typed.accepted[1:]:
        hint = "A program prints one thing: write several lines indented below a lone `=`."
        yield Problem(path, other.line, "A second output.", hint)
    yield from clashes(((normalised(text), text, line) for text, line in typed.texts()), path)


TYPE = QuestionType("output", starts=starts, read=read, fields=("program",), needs_solution=True)
