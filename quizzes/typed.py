"""Answers that are typed, as several types of question list them: read, shown, written.

= what is accepted
~ a wrong answer the author foresees
  believes: the misconception behind it
  > Why it is not the answer.
"""

import re
import unicodedata
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import ClassVar

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from authoring.problems import Problem
from authoring.source import SourceLine
from quizzes.answer_lines import Item, explanation_faults, read_items, written_below
from quizzes.choices import Row
from quizzes.counting_words import ordinal
from quizzes.prose import inline
from quizzes.quiz import Body, Try

STARTS = re.compile(r"[=~](?![=~])")
HEAD = re.compile(r"(?P<sign>[=~])(?: +(?=\S)|$)(?P<text>.*)")


@dataclass(frozen=True)
class Miss:
    """A wrong answer the author foresaw. `explanation` is Markdown; `believes` names the misconception behind it."""

    id: str
    text: str
    believes: str
    explanation: str
    line: int = field(compare=False)


@dataclass(frozen=True)
class Typed:
    """The items behind `=`, and the known misses, numbered as they stand."""

    accepted: tuple[Item, ...]
    misses: tuple[Miss, ...]

    def texts(self) -> Iterator[tuple[str, int]]:
        """Every text with its line."""
        yield from ((item.text, item.line) for item in self.accepted)
        yield from ((miss.text, miss.line) for miss in self.misses)


class TypedBody(Body):
    """An answer that is typed: right, or a foreseen miss, which gets its own explanation, or any other.

    `as_code`: answers are shown as code, lines and spaces kept.
    """

    as_code: ClassVar[bool] = False
    misses: tuple[Miss, ...]

    @abstractmethod
    def miss(self, given: str) -> Miss | None:
        """The foreseen wrong answer that this one means."""

    def key_texts(self) -> Sequence[str]:
        """The right answers as texts that must not stand in a prompt; none where they may, as numbers do."""
        return ()

    def said_about(self, given: str) -> str:
        miss = self.miss(given)
        return miss.explanation if miss else ""

    def picks(self, given: str) -> list[str]:
        miss = self.miss(given)
        return ["key" if self.is_right(given) else miss.id if miss else "other"]

    def prose(self) -> Iterable[str]:
        return (miss.explanation for miss in self.misses)

    def missed_rows(self, tries: Sequence[Try]) -> list[Row]:
        """The wrong answers while the question is open. What the newest gets told, the page says itself."""
        return [_missed(given, name, None, self.as_code) for given, name in _wrong(tries, _ordinals(tries))]

    def closed_rows(self, key: Row, tries: Sequence[Try]) -> list[Row]:
        """Everything explained; see `closed_rows`."""
        return closed_rows(key, tries, self.misses, self.miss, as_code=self.as_code)


def starts(text: str) -> bool:
    """Whether a line begins the answer part."""
    return STARTS.match(text) is not None


def read_typed(lines: Sequence[SourceLine], path: Path, form: str) -> tuple[Typed, list[Problem]]:
    """What is accepted and what is foreseen, with every problem of single lines. `form` is the remedy for a bad one."""
    items, problems = read_items(lines, path, HEAD, form)
    accepted = tuple(item for item in items if item.head["sign"] == "=")
    foreseen = [item for item in items if item.head["sign"] == "~"]
    problems += [problem for item in items for problem in _faults(item, path)]
    if not accepted and not problems:
        problems.append(
            Problem(path, lines[0].number, "No right answer is given.", "Write it behind a = sign: = LPUSH")
        )
    numbered = enumerate(foreseen, start=1)
    misses = (Miss(f"miss-{n}", item.text, item.believes, item.explanation, item.line) for n, item in numbered)
    return Typed(accepted, tuple(misses)), problems


def _faults(item: Item, path: Path) -> Iterator[Problem]:
    if not item.text:
        yield Problem(path, item.line, "This answer is empty.", "Write it behind the sign, or indented below it.")
    if item.head["sign"] == "~":
        yield from explanation_faults(path, f"The foreseen answer {item.text}", item)
        return
    if item.explanation:
        hint = "Write it as the worked solution: below all answers, each line after a > in the first column."
        yield Problem(path, item.line, "An accepted answer has an explanation of its own.", hint)
    if item.believes:
        hint = "Only a wrong answer stands for a misconception: take the line away."
        yield Problem(path, item.line, "An accepted answer has a line believes.", hint)


def clashes(named: Iterable[tuple[object, str, int]], path: Path) -> Iterator[Problem]:
    """A problem for each answer that means the same as an earlier one: (what it means, its text, its line)."""
    seen: dict[object, tuple[str, int]] = {}
    for meaning, text, line in named:
        if meaning in seen:
            earlier, where = seen[meaning]
            message = f"“{text}” means the same as “{earlier}” in line {where}."
            yield Problem(path, line, message, "Leave one of the two.")
        seen.setdefault(meaning, (text, line))


def untypable(given: str) -> str:
    """The objection to control characters, which no keyboard sends and PostgreSQL does not store; empty without any."""
    if any(unicodedata.category(letter) == "Cc" and letter not in "\n\t" for letter in given):
        return "Your answer holds characters that cannot be typed. Type it anew instead of pasting it."
    return ""


def written_typed(accepted: Iterable[str], misses: Iterable[Miss]) -> list[str]:
    """The lines an author writes for these."""
    lines = [line for text in accepted for line in _written("=", text)]
    for miss in misses:
        lines += [*_written("~", miss.text), *written_below(miss.believes, miss.explanation)]
    return lines


def _written(sign: str, text: str) -> list[str]:
    return [sign, *(f"  {line}".rstrip() for line in text.split("\n"))] if "\n" in text else [f"{sign} {text}"]


def closed_rows(
    key: Row,
    tries: Sequence[Try],
    misses: Sequence[Miss],
    miss_of: Callable[[str], Miss | None],
    *,
    as_code: bool = False,
) -> list[Row]:
    """The right answer, then the learner's wrong ones, then what else was foreseen: everything explained."""
    names = _ordinals(tries) if len(tries) > 1 else ["Your answer"] * len(tries)
    right = [name.lower() for answer, name in zip(tries, names, strict=True) if answer.right]
    met = [miss_of(answer.given) for answer in tries]
    return [
        replace(key, mark="right", said=", ".join(["Right answer", *right])),
        *(_missed(given, name, miss_of(given), as_code) for given, name in _wrong(tries, names)),
        *(_foreseen(miss, as_code) for miss in misses if miss not in met),
    ]


def typed_html(text: str) -> SafeString:
    """A short answer as the author wrote it: plain text but for code in backticks, for *args is no emphasis."""
    return inline(text) if "`" in text else escape(text)


def code_html(text: str) -> SafeString:
    """Several lines as they are."""
    return format_html('<pre tabindex="0"><code>{}</code></pre>', text)


def _ordinals(tries: Sequence[Try]) -> list[str]:
    return [f"Your {ordinal(number)} answer" for number in range(1, len(tries) + 1)]


def _wrong(tries: Sequence[Try], names: Sequence[str]) -> list[tuple[str, str]]:
    return [(answer.given, name) for answer, name in zip(tries, names, strict=True) if not answer.right]


def _missed(given: str, name: str, miss: Miss | None, as_code: bool) -> Row:
    html = code_html(given) if as_code else escape(given)
    return Row("", html, inline(miss.explanation) if miss else "", "wrong", name)


def _foreseen(miss: Miss, as_code: bool) -> Row:
    return Row(miss.id, code_html(miss.text) if as_code else typed_html(miss.text), inline(miss.explanation))
