"""Finds blocks in an author's text, with their lines.

A block opens with three or more colons, a name and its options, and closes with the same number of colons alone:

    ::: claim id="sooner" holds="yes"
    ...
    :::

A block that holds others has more colons than they have. A block type without a body needs no closer. Fenced code is
left alone. Python-Markdown's own block extensions know no lines and swallow mistakes, which is why this exists.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from authoring.blocks import BLOCK_TYPES, Block
from authoring.measured import NO_FIGURES, Figures
from authoring.problems import Problem, did_you_mean
from authoring.source import SourceLine, source_lines, unclosed_fence

OPENER = re.compile(r"(:{3,})\s*([^:\s].*)")
CLOSER = re.compile(r"(:{3,})\s*")
NAME = re.compile(r"[a-z][a-z0-9-]*(?=\s|$)")
OPTION = re.compile(r'\s+([a-z][a-z0-9_-]*)="([^"]*)"')


@dataclass(frozen=True)
class Prose:
    """Plain Markdown between blocks, beginning on `line`."""

    text: str
    line: int


@dataclass(frozen=True)
class Scan:
    """What stands in a text, in order, and everything that is wrong with its blocks."""

    parts: tuple[Prose | Block, ...]
    problems: tuple[Problem, ...]


def scan(text: str, path: Path, first_line: int = 1, figures: Figures = NO_FIGURES) -> Scan:
    """Split `text` into prose and blocks of the outermost level. Never raises: what is wrong is in `problems`."""
    scanner = _Scanner(path, figures)
    for line in source_lines(text, first_line):
        scanner.read(line)
    scanner.end(unclosed_fence(text, first_line))
    return Scan(tuple(scanner.parts), tuple(sorted(scanner.problems)))


@dataclass
class _Open:
    """A block whose closer has not come yet."""

    colons: str
    header: str
    line: int
    body: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        found = NAME.match(self.header)
        return found[0] if found else self.header.split()[0]


class _Scanner:
    def __init__(self, path: Path, figures: Figures) -> None:
        self.path, self.figures = path, figures
        self.parts: list[Prose | Block] = []
        self.problems: list[Problem] = []
        self.prose: list[str] = []
        self.prose_line = 0
        self.open: _Open | None = None
        self.closer_allowed = ""  # right after a block without a body, its closer may stand or be left out

    def read(self, line: SourceLine) -> None:
        opener = None if line.is_code else OPENER.fullmatch(line.text)
        closer = None if line.is_code else CLOSER.fullmatch(line.text)
        allowed, self.closer_allowed = self.closer_allowed, ""
        if self.open is None:
            self._read_outside(line, opener, closer, allowed)
        else:
            self._read_inside(self.open, line, opener, closer)

    def _read_outside(
        self, line: SourceLine, opener: re.Match[str] | None, closer: re.Match[str] | None, allowed: str
    ) -> None:
        if opener:
            self._begin(opener, line.number)
        elif closer and closer[1] != allowed:
            hint = "Remove it, or open a block above it. A block that holds others needs more colons than they have."
            self._problem(line.number, "This closes a block, but none is open.", hint)
        elif not closer:
            self.prose_line = self.prose_line or line.number
            self.prose.append(line.text)

    def _read_inside(
        self, block: _Open, line: SourceLine, opener: re.Match[str] | None, closer: re.Match[str] | None
    ) -> None:
        if closer and len(closer[1]) >= len(block.colons):
            if closer[1] != block.colons:
                self._not_closed(block, f"before line {line.number}, which has {len(closer[1])} colons")
            self._finish(block)
        elif opener and len(opener[1]) >= len(block.colons):
            self._not_closed(block, f"before another opens on line {line.number}")
            self._finish(block)
            self._begin(opener, line.number)
        else:
            block.body.append(line.text)

    def end(self, fence_line: int | None) -> None:
        """The text is over."""
        if fence_line:
            self._problem(
                fence_line, "This code fence is never closed.", "Add a line with the same marks below the code."
            )
        if self.open:
            self._not_closed(self.open, "before the text ends")
            self._finish(self.open)
        self._end_prose()

    def _begin(self, opener: re.Match[str], line: int) -> None:
        self._end_prose()
        self.open = _Open(opener[1], opener[2].rstrip(), line)
        block_type = BLOCK_TYPES.get(self.open.name)
        if block_type and not block_type.has_body:
            self.closer_allowed = opener[1]
            self._finish(self.open)

    def _finish(self, block: _Open) -> None:
        self.open = None
        body = "\n".join(block.body)
        if block.name not in BLOCK_TYPES:
            self._problem(block.line, f"Unknown block {block.name}.", did_you_mean(block.name, BLOCK_TYPES))
            self.parts.append(Prose(body, block.line + 1))
            return
        options, problems = _read_options(block.name, block.header[len(block.name) :])
        for message, hint in problems:
            self._problem(block.line, message, hint)
        if not problems:
            self.parts.append(Block(block.name, options, body, self.path, block.line, self.figures))

    def _end_prose(self) -> None:
        if any(text.strip() for text in self.prose):
            self.parts.append(Prose("\n".join(self.prose), self.prose_line))
        self.prose, self.prose_line = [], 0

    def _not_closed(self, block: _Open, when: str) -> None:
        hint = (
            f"Close it with a line of {block.colons}, or, if it holds other blocks, give it more colons than they have."
        )
        self._problem(block.line, f"The block {block.name} is not closed {when}.", hint)

    def _problem(self, line: int, message: str, hint: str) -> None:
        self.problems.append(Problem(self.path, line, message, hint))


def _read_options(name: str, text: str) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Options by name, and message and remedy of each mistake among them."""
    block_type = BLOCK_TYPES[name]
    options = dict(OPTION.findall(text))
    rest = OPTION.sub("", text).strip()
    problems = (
        [(f"“{rest}” is not an option of {name}.", 'Write options as key="value", one space between them.')]
        if rest
        else []
    )
    known = {*block_type.required, *block_type.optional}
    problems += [
        (f"The block {name} has no option {key}.", did_you_mean(key, known)) for key in options if key not in known
    ]
    problems += [] if rest else _missing(name, block_type.required, options)
    return options, problems


def _missing(name: str, required: Iterable[str], options: dict[str, str]) -> list[tuple[str, str]]:
    return [
        (f"The block {name} needs the option {key}.", f'Add {key}="..." to this line.')
        for key in required
        if not options.get(key)
    ]
