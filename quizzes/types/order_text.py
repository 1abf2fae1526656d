"""Reads the lines of a question that asks for their order; how they are written stands in quizzes.types.order."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from authoring.problems import Problem, did_you_mean
from authoring.source import SourceLine
from quizzes.answer_lines import Item, explanation_faults, read_items

ID = r"[a-z0-9][a-z0-9-]{0,47}"
STARTS = re.compile(rf"[-*+] (wrong +)?{ID}( +after +[^:]+)?:( |$)")
HEAD = re.compile(rf"- (?P<wrong>wrong +)?(?P<id>{ID})(?: +after +(?P<after>{ID}(?:, *{ID})*))?: (?P<text>.*\S)")
FORM = (
    "Write a line as `- id: code`, `- id after other-id: code`, or `- wrong id: code` for one that does not belong; "
    "ids are small letters, digits and hyphens, up to 48."
)
LEVEL_SPACES = 4
LEVELS = range(5)  # offered to everyone, so that they do not tell how deep the key goes
MOST_LINES = 20


@dataclass(frozen=True)
class Line:
    """One line: its code without the indentation, and its level. `after` names lines that must stand above it.

    `explanation` is Markdown; `is_wrong`: it belongs nowhere, and `believes` names the misconception behind using it.
    """

    id: str
    code: str
    level: int
    after: tuple[str, ...] = ()
    explanation: str = ""
    is_wrong: bool = False
    believes: str = ""
    line: int = field(default=0, compare=False)


def read_lines(
    lines: Sequence[SourceLine], path: Path, fields: Mapping[str, str]
) -> tuple[tuple[Line, ...], list[Problem]]:
    """The lines from the first below a prompt on, and everything wrong with them or with the fields of the type."""
    items, problems = read_items(lines, path, HEAD, FORM)
    made = tuple(_line(item) for item in items)
    for check in (_item_faults(items, path), _faults(made, lines[0].number, path), _bad_order(made, path)):
        problems += check
    return made, [*problems, *_bad_fields(fields, lines[0].number, path)]


def _line(item: Item) -> Line:
    head = item.head
    code = head["text"].lstrip(" ")
    after = tuple(re.split(r", *", head["after"])) if head["after"] else ()
    level = (len(head["text"]) - len(code)) // LEVEL_SPACES
    wrong = bool(head["wrong"])
    return Line(head["id"], code, level, after, item.explanation, wrong, item.believes, item.line)


def _item_faults(items: Sequence[Item], path: Path) -> Iterator[Problem]:
    for item in items:
        spaces = len(item.head["text"]) - len(item.head["text"].lstrip(" "))
        if spaces % LEVEL_SPACES or spaces // LEVEL_SPACES not in LEVELS:
            hint = f"Behind the colon and one space, {LEVEL_SPACES} spaces make a level; there are {len(LEVELS) - 1}."
            yield Problem(path, item.line, f"{spaces} spaces are no whole level.", hint)
        if "\n" in item.text:
            hint = "Give the second its own id, or make it an explanation with > before it."
            yield Problem(path, item.line, f"The line {item.head['id']} has a second line.", hint)
        if item.head["wrong"]:
            yield from explanation_faults(path, f"The line {item.head['id']}", item)
        elif item.believes:
            hint = "Only a line that does not belong stands for a misconception: `- wrong id: code`."
            yield Problem(path, item.line, f"The line {item.head['id']} belongs, yet has a line believes.", hint)


def _faults(lines: Sequence[Line], first: int, path: Path) -> Iterator[Problem]:
    right = [line for line in lines if not line.is_wrong]
    if len(right) < 2:
        yield Problem(path, first, f"{len(right)} lines are nothing to put in order.", "Give it at least two.")
    if len(lines) > MOST_LINES:
        hint = f"Ask for at most {MOST_LINES}; put the others into the prompt."
        yield Problem(path, first, f"{len(lines)} lines are too many.", hint)
    ids: dict[str, int] = {}
    codes: dict[str, str] = {}
    for line in lines:
        if line.id in ids:
            hint = "Give it another id."
            yield Problem(path, line.line, f"The line id {line.id} is taken by line {ids[line.id]}.", hint)
        elif line.code in codes:
            hint = "Nobody could tell them apart: make them differ."
            yield Problem(path, line.line, f"The line {line.id} reads like {codes[line.code]}.", hint)
        ids.setdefault(line.id, line.line)
        codes.setdefault(line.code, line.id)


def _bad_order(lines: Sequence[Line], path: Path) -> Iterator[Problem]:
    """Lines that must stand after one that does not exist, does not belong, or stands below them."""
    wrong = {line.id for line in lines if line.is_wrong}
    known = [line.id for line in lines]
    above: set[str] = set()
    for line in lines:
        if line.is_wrong and line.after:
            hint = "Take `after` away: it belongs nowhere."
            yield Problem(path, line.line, f"The wrong line {line.id} has a place.", hint)
        for id in line.after:
            if id in wrong or id not in known:
                what = "does not belong" if id in wrong else "does not exist"
                message = f"{line.id} must stand after {id}, which {what}."
                yield Problem(path, line.line, message, did_you_mean(id, [one for one in known if one not in wrong]))
            elif id not in above:
                hint = "Write the lines in one right order."
                yield Problem(path, line.line, f"{line.id} must stand after {id}, but stands above it here.", hint)
        above.add(line.id)


def _bad_fields(fields: Mapping[str, str], first: int, path: Path) -> Iterator[Problem]:
    indent, language = fields.get("indent", "no"), fields.get("language", "text")
    if indent not in ("yes", "no"):
        yield Problem(path, first, f"“indent: {indent}” is neither yes nor no.", "Write indent: yes, or take it away.")
    try:
        get_lexer_by_name(language)
    except ClassNotFound:
        hint = "Name one that Pygments knows: python, text, bash, html, javascript."
        yield Problem(path, first, f"The language {language} is not known.", hint)
