"""The lines of an answer part, as items: a head line, and what stands indented below it.

    - [ ] in-redis: In Redis
      believes: the queue is the slow part
      > Why it is not the answer.

Continued text, a `believes:` line, quoted explanation and, where the type has them, smaller items may stand below it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from authoring.problems import Problem
from authoring.source import SourceLine

BELIEVES = re.compile(r"believes:\s*(?P<text>.*)")
QUOTED = re.compile(r"> ?(?P<text>.*)")
INDENT = 2


@dataclass
class Item:
    """One head line and what belongs to it. `text` is the head's group `text` and the lines that continue it."""

    head: re.Match[str]
    line: int
    lines: list[str]
    quoted: list[str] = field(default_factory=list)
    believes: str = ""
    below: list["Item"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The item's own text, Markdown over one or more lines."""
        return "\n".join(self.lines).strip("\n").rstrip()

    @property
    def explanation(self) -> str:
        """What was quoted below it."""
        return "\n".join(self.quoted).strip()


def read_items(
    lines: Sequence[SourceLine],
    path: Path,
    head: re.Pattern[str],
    form: str,
    small: re.Pattern[str] | None = None,
) -> tuple[list[Item], list[Problem]]:
    """All items and every line that belongs to none.

    `head` has a group `text`, and matches a line from its first column; `small` the same for items below an item, its
    indentation taken off. `form` says how a head is written, for the remedy.
    """
    reader = _Reader(head, form, small)
    problems = [Problem(path, line.number, *trouble) for line in lines if (trouble := reader.take(line))]
    return reader.items, problems


def explanation_faults(path: Path, name: str, item: Item) -> Iterator[Problem]:
    """What an option or a foreseen answer lacks. (That a wrong one names no misconception is a lint.)"""
    if not item.explanation:
        hint = "Say below it why it is or is not the answer, as an indented quote:   > Because ..."
        yield Problem(path, item.line, f"{name} has no explanation.", hint)


def written_below(believes: str, explanation: str, indent: int = INDENT) -> list[str]:
    """The lines below a head that are read as these two."""
    space = " " * indent
    lines = [f"{space}believes: {believes}"] if believes else []
    return lines + [f"{space}> {line}".rstrip() for line in explanation.split("\n") if explanation]


def written_text(first: str, text: str, indent: int = INDENT) -> list[str]:
    """A head with its text, continued lines indented."""
    head, *more = text.split("\n")
    return [f"{first}{head}".rstrip(), *(f"{' ' * indent}{line}" if line else "" for line in more)]


@dataclass
class _Reader:
    """Gives each line to the item it belongs to. What stands below a head that cannot be read is passed over."""

    head: re.Pattern[str]
    form: str
    small: re.Pattern[str] | None
    items: list[Item] = field(default_factory=list)
    is_lost: bool = False

    def take(self, line: SourceLine) -> tuple[str, str] | None:
        """What is wrong with the line and the remedy, if anything is."""
        text = line.text.rstrip()
        if not line.is_code and (found := self.head.fullmatch(text)):
            self.items.append(Item(found, line.number, [found["text"]]))
            self.is_lost = False
        elif text and text[0] != " ":
            return self._loose(text)
        elif text and not self.items and not self.is_lost:
            return "A line stands before the first answer that can be read.", self.form
        elif self.items and not self.is_lost:
            _take_below(line, self.items[-1], self.small)
        return None

    def _loose(self, text: str) -> tuple[str, str]:
        if text[0] in "-*+=~":
            self.is_lost = True
            return "This answer cannot be read.", self.form
        return "Text stands after the answers.", "Move it above them, or indent it so that it belongs to an answer."


def _take_below(line: SourceLine, item: Item, small: re.Pattern[str] | None) -> None:
    bare = line.text.strip()
    if small and not line.is_code and (found := small.fullmatch(bare)):
        item.below.append(Item(found, line.number, [found["text"]]))
        return
    target = item.below[-1] if item.below else item
    if not bare:
        (target.quoted or target.lines).append("")
    elif not line.is_code and (quoted := QUOTED.fullmatch(bare)):
        target.quoted.append(quoted["text"])
    elif not line.is_code and (believes := BELIEVES.fullmatch(bare)):
        target.believes = believes["text"].strip()
    else:
        target.lines.append(line.text.rstrip().removeprefix(" " * INDENT))
