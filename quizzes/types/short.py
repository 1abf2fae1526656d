"""Short text: a word or a command, typed. Case, spaces, surrounding quotes and a final dot make no difference.

= LPUSH
= redis.lpush
~ RPUSH
  believes: new messages are put where the worker takes them
  > The worker takes from the right with BRPOP, so what was pushed there would overtake everything.

With a field `case: yes` capital and small letters differ.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from authoring.problems import Problem
from authoring.source import SourceLine
from quizzes.choices import Row
from quizzes.quiz import QuestionType, Try
from quizzes.typed import (
    Miss,
    Typed,
    TypedBody,
    clashes,
    read_typed,
    starts,
    typed_html,
    untypable,
    written_typed,
)

LONGEST = 200
FORM = "Write what is accepted as `= text`, a foreseen wrong answer as `~ text`."
# Telephones put curly quotes for typed ones, and one long dash for “--”.
AS_TYPED = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2014": "--", "\u2013": "-"})
AROUND = "`'\"«»"


def normalised(text: str, *, case: bool) -> str:
    """The text without what makes no difference, so that equal answers are equal texts."""
    text = " ".join(text.translate(AS_TYPED).split())
    while (bare := text.removesuffix(".").strip(f"{AROUND} ")) != text:
        text = bare
    return text if case else text.casefold()


@dataclass(frozen=True)
class ShortText(TypedBody):
    """One of the accepted texts; the first is the one that is shown."""

    open_template = "quizzes/types/short_open.html"
    closed_template = "quizzes/types/typed_closed.html"

    accepted: tuple[str, ...]
    misses: tuple[Miss, ...]
    case: bool = False

    def fingerprint(self) -> object:
        return [sorted(self.accepted), [miss.text for miss in self.misses], self.case]

    def objection(self, given: str) -> str:
        if not normalised(given, case=self.case):
            return "Nothing is written. Type your answer, then press Answer."
        if len(given) > LONGEST:
            return f"Your answer is {len(given)} characters long. A few words are enough: up to {LONGEST} characters."
        return untypable(given)

    def is_right(self, given: str) -> bool:
        return self._same(given) in map(self._same, self.accepted)

    def open_shown(self, tries: Sequence[Try]) -> object:
        return {"missed": self.missed_rows(tries), "case": self.case}

    def closed_shown(self, tries: Sequence[Try]) -> object:
        first, *others = map(typed_html, self.accepted)
        also = f"Also accepted: {', '.join(self.accepted[1:])}" if others else ""
        return self.closed_rows(Row("key", first, also), tries)

    def key_texts(self) -> Sequence[str]:
        return self.accepted

    def written(self) -> list[str]:
        return written_typed(self.accepted, self.misses)

    def _same(self, text: str) -> str:
        return normalised(text, case=self.case)

    def miss(self, given: str) -> Miss | None:
        return next((miss for miss in self.misses if self._same(miss.text) == self._same(given)), None)


def read(lines: Sequence[SourceLine], path: Path, fields: Mapping[str, str]) -> tuple[ShortText | None, list[Problem]]:
    """What is accepted and what is foreseen. No body when anything is wrong with them."""
    typed, problems = read_typed(lines, path, FORM)
    problems += _faults(typed, path, fields, lines[0].number)
    accepted = tuple(item.text for item in typed.accepted)
    return (None if problems else ShortText(accepted, typed.misses, fields.get("case") == "yes")), problems


def _faults(typed: Typed, path: Path, fields: Mapping[str, str], line: int) -> Iterator[Problem]:
    case = fields.get("case", "no")
    if case not in ("yes", "no"):
        yield Problem(path, line, f"“case: {case}” is neither yes nor no.", "Write case: yes, or take the field away.")
    named = [(normalised(text, case=case == "yes"), text, where) for text, where in typed.texts()]
    yield from clashes(named, path)
    for meaning, text, where in named:
        if text and not meaning:
            hint = "Quotes and a final dot make no difference; write a word."
            yield Problem(path, where, f"Nothing is left of “{text}”.", hint)
        if len(text) > LONGEST or "\n" in text:
            hint = f"Ask for one line of up to {LONGEST} characters."
            yield Problem(path, where, "This is too long to be typed.", hint)


TYPE = QuestionType("short", starts=starts, read=read, fields=("case",), needs_solution=True)
