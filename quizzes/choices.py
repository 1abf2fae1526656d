"""Options with boxes, as several types of question list them: read, shuffled, shown, written."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from django.utils.safestring import SafeString

from authoring.problems import Problem
from authoring.source import FENCE, SourceLine
from quizzes.answer_lines import explanation_faults, read_items, written_below, written_text
from quizzes.prose import inline
from quizzes.quiz import Option

# A box, or what is left of an option whose box was forgotten: as part of the prompt it would vanish without a word.
STARTS = re.compile(r"[-*+] (\[|[a-z0-9-]+: )")
HEAD = re.compile(r"- \[(?P<mark>[ xX])\] +(?P<id>[a-z0-9][a-z0-9-]{0,47}):(?: +(?=\S)|$)(?P<text>.*)")
FORM = "Write `- [ ] short-id: Text`, with [x] for the right one; ids are small letters, digits and hyphens, up to 48."


@dataclass(frozen=True)
class Row:
    """An option as a page shows it, its two texts as HTML.

    `said` tells in words what `mark` ("right", "wrong" or nothing) tells by its border.
    """

    id: str
    html: SafeString
    explanation: str = ""
    mark: str = ""
    said: str = ""
    can_be_chosen: bool = True


def read_options(lines: Sequence[SourceLine], path: Path) -> tuple[tuple[Option, ...], list[Problem]]:
    """The options, and what is wrong with single lines or with what an option lacks."""
    items, problems = read_items(lines, path, HEAD, FORM)
    options = []
    for item in items:
        head = item.head
        is_key = head["mark"] != " "
        if not item.text:
            hint = "Write it behind the colon; a block of code stands indented below."
            problems.append(Problem(path, item.line, f"Option {head['id']} has no text.", hint))
        problems += explanation_faults(path, f"Option {head['id']}", item)
        options.append(Option(head["id"], item.text, item.explanation, is_key, item.line, item.believes))
    return tuple(options), problems


def faults(options: Sequence[Option], line: int, path: Path) -> Iterator[Problem]:
    """What is wrong with options as a list, whatever may be right."""
    if len(options) < 2:
        yield Problem(path, line, f"A choice with {len(options)} options.", "Give it at least two.")
    seen: dict[str, int] = {}
    for option in options:
        if option.id in seen:
            where = f"line {seen[option.id]}"
            yield Problem(path, option.line, f"Option id {option.id} is taken by {where}.", "Give it another id.")
        seen.setdefault(option.id, option.line)


def shuffled(options: Sequence[Option], random: Random) -> tuple[Option, ...]:
    """The options in another order."""
    return tuple(random.sample(options, len(options)))


def listed(option: Option) -> Row:
    """An option that can be chosen, nothing told of it."""
    return Row(option.id, inline(option.text))


def picked(options: Iterable[Option], ids: Iterable[str]) -> str:
    """The texts of the options with these ids, without the marks of code."""
    by_id = {option.id: option.text.replace("`", "") for option in options}
    return "; ".join(by_id.get(option_id, option_id) for option_id in ids)


def texts(options: Iterable[Option]) -> Iterator[str]:
    """All Markdown of the options, for the reading time."""
    return (text for option in options for text in (option.text, option.explanation))


def written_options(options: Iterable[Option]) -> list[str]:
    """The lines an author writes for them."""
    lines: list[str] = []
    for option in options:
        begins_with_code = FENCE.match(option.text) is not None
        lines += written_text(
            f"- [{'x' if option.is_key else ' '}] {option.id}: ", "\n" * begins_with_code + option.text
        )
        lines += written_below(option.believes, option.explanation)
    return lines
