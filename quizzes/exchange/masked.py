"""Text in which a backslash takes the meaning from a sign: what it says, and where its signs are meant as signs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

ESCAPE = re.compile(r"\\([\\~=#{}:n])")
ESCAPED = "\x00"  # stands in `signs` for an escaped character; no file that is read holds it


@dataclass(frozen=True)
class Masked:
    """`said` and `signs` are of one length: the characters, and the same with escaped ones blotted out.

    `lines` has the number of the line on which each character stands, and one more for the end.
    """

    said: str
    signs: str
    lines: tuple[int, ...]

    @property
    def line(self) -> int:
        """The line on which it begins."""
        return self.lines[0]

    @property
    def text(self) -> str:
        """What it says, without the white space around it."""
        return self.said.strip()

    def part(self, start: int, end: int | None = None) -> "Masked":
        """A stretch of it, white space around it taken off as far as it was not escaped."""
        stop = len(self.signs) if end is None else end
        found = self.signs[start:stop]
        start += len(found) - len(found.lstrip())
        stop = max(start, stop - (len(found) - len(found.rstrip())))
        return Masked(self.said[start:stop], self.signs[start:stop], self.lines[start : stop + 1])

    def split_before(self, signs: str) -> list["Masked"]:
        """The stretches that begin at each of these signs; what stands before the first of them is the first."""
        starts = [place for place, sign in enumerate(self.signs) if sign in signs]
        ends = [*starts, len(self.signs)]
        parts = [self.part(start, end) for start, end in zip([0, *starts], ends, strict=True)]
        return [part for part in parts if part.signs]


def masked(lines: Sequence[tuple[int, str]]) -> Masked:
    """Numbered lines, joined by line breaks."""
    said: list[str] = []
    signs: list[str] = []
    numbers: list[int] = []
    for number, line in lines:
        for character, sign in (*_characters(line), ("\n", "\n")):
            said.append(character)
            signs.append(sign)
            numbers.append(number)
    return Masked("".join(said), "".join(signs), (*numbers, lines[-1][0])).part(0)


def _characters(line: str) -> Iterator[tuple[str, str]]:
    """Each character, and the sign it stands for."""
    place = 0
    for escape in ESCAPE.finditer(line):
        yield from ((character, character) for character in line[place : escape.start()])
        yield "\n" if escape[1] == "n" else escape[1], ESCAPED
        place = escape.end()
    yield from ((character, character) for character in line[place:])
