"""An author's text as lines with numbers, knowing which of them are code."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
CODE_SPAN = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")


@dataclass(frozen=True)
class SourceLine:
    """One line without its line break. `number` counts from 1; fences and what they enclose are code."""

    number: int
    text: str
    is_code: bool

    @property
    def prose(self) -> str:
        """The line with code spans blanked out, columns kept; "" inside fenced code."""
        return "" if self.is_code else CODE_SPAN.sub(lambda span: " " * len(span[0]), self.text)


def source_lines(text: str, first_line: int = 1) -> Iterator[SourceLine]:
    """The lines of `text`, the first of them numbered `first_line`. An unclosed fence runs to the end."""
    fence = ""
    for number, line in enumerate(text.split("\n"), first_line):
        opens = FENCE.fullmatch(line)
        was_code = bool(fence)
        if fence:
            fence = "" if _closes(line, fence) else fence
        elif opens:
            fence = opens[1]
        yield SourceLine(number, line, was_code or bool(fence))


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """One line of prose, changed everywhere but in its code spans."""
    pieces, start = [], 0
    for span in CODE_SPAN.finditer(text):
        pieces += [change(text[start : span.start()]), span[0]]
        start = span.end()
    return "".join([*pieces, change(text[start:])])


def unclosed_fence(text: str, first_line: int = 1) -> int | None:
    """The line of a code fence that is never closed, or None."""
    opened_at, was_code = 0, False
    for line in source_lines(text + "\n", first_line):
        opened_at = line.number if line.is_code and not was_code else opened_at
        was_code = line.is_code
    return opened_at if was_code else None


def _closes(line: str, fence: str) -> bool:
    bare = line.strip()
    return len(bare) >= len(fence) and set(bare) == {fence[0]}
