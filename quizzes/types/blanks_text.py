"""Reads code with gaps and what belongs into each; how they are written stands in quizzes.types.blanks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from authoring.problems import Problem, did_you_mean
from authoring.source import FENCE, SourceLine
from quizzes.answer_lines import Item, explanation_faults, read_items
from quizzes.typed import Miss

ID = r"[a-z0-9][a-z0-9-]{0,47}"
GAP = re.compile(rf"\[\[(?P<name>{ID})\]\]")
HEAD = re.compile(rf"- (?P<name>{ID}): +(?P<text>\S.*)")
WRONG = re.compile(r"~ +(?P<text>\S.*)")
FORM = "Write `- name: what belongs there | what else does`, and below it `  ~ a wrong text`."
SIGN = re.compile(r"\s*([^\w\s\"])\s*")
# What telephones put in place of what was typed, and the two kinds of quotes of a string.
QUOTES = "'\u2018\u2019\u201c\u201d"
AS_TYPED = str.maketrans(dict.fromkeys(QUOTES, '"') | {"\u2014": "--", "\u2013": "-"})


def normalised(text: str) -> str:
    """The text without what makes no difference: spaces beside signs other than quotes, and the kind of quotes."""
    return SIGN.sub(r"\1", " ".join(text.translate(AS_TYPED).split()))


@dataclass(frozen=True)
class Gap:
    """One gap: the accepted texts, the first of which is shown, and the wrong ones that the author foresaw."""

    name: str
    accepted: tuple[str, ...]
    explanation: str
    misses: tuple[Miss, ...]
    line: int = field(compare=False)

    def accepts(self, text: str) -> bool:
        """Whether this text belongs there."""
        return normalised(text) in map(normalised, self.accepted)

    def miss_of(self, text: str) -> Miss | None:
        """The foreseen wrong text that this is, if it is one."""
        return next((miss for miss in self.misses if normalised(miss.text) == normalised(text)), None)


@dataclass(frozen=True)
class CodeWithGaps:
    """What was read."""

    language: str
    code: str
    gaps: tuple[Gap, ...]


def starts(text: str) -> bool:
    """Whether a line begins the answer part: it opens a code block that names its language."""
    fence = FENCE.fullmatch(text.rstrip())
    return fence is not None and bool(fence[2].strip())


def read_gaps(lines: Sequence[SourceLine], path: Path) -> tuple[CodeWithGaps, list[Problem]]:
    """The code block that the first line opens, and the gaps below it in the order of the code, with every problem."""
    opening = FENCE.fullmatch(lines[0].text.rstrip())
    language = opening[2].strip() if opening else ""
    end = next((n for n, line in enumerate(lines) if not line.is_code), len(lines))
    code = "\n".join(line.text for line in lines[1 : end - 1])
    items, problems = read_items(lines[end:], path, HEAD, FORM, WRONG)
    problems += [*_bad_language(language, lines[0].number, path), *_bad_gaps(code, items, lines[0].number, path)]
    problems += [problem for item in items for problem in _faults(item, path)]
    places = [gap["name"] for gap in GAP.finditer(code)]
    gaps = sorted((_gap(item) for item in items if item.head["name"] in places), key=lambda gap: places.index(gap.name))
    return CodeWithGaps(language, code, tuple(gaps)), problems


def _gap(item: Item) -> Gap:
    name = item.head["name"]
    misses = (
        Miss(f"{name}-miss-{n}", wrong.text, wrong.believes, wrong.explanation, wrong.line)
        for n, wrong in enumerate(item.below, start=1)
    )
    return Gap(name, _accepted(item), item.explanation, tuple(misses), item.line)


def _accepted(item: Item) -> tuple[str, ...]:
    texts = re.split(r"(?<!\\)\|", item.text)
    return tuple(text.strip().replace("\\|", "|") for text in texts if text.strip())


def _faults(item: Item, path: Path) -> Iterator[Problem]:
    name = item.head["name"]
    if any("\n" in one.text for one in (item, *item.below)):
        yield Problem(path, item.line, f"What belongs into {name} has a second line.", "Ask for one line.")
    yield from explanation_faults(path, f"The blank {name}", item)
    seen: dict[str, int] = {}
    for text, line in [*((text, item.line) for text in _accepted(item)), *((one.text, one.line) for one in item.below)]:
        if normalised(text) in seen:
            hint = "Leave one of the two."
            yield Problem(path, line, f"“{text}” means the same as a text in line {seen[normalised(text)]}.", hint)
        seen.setdefault(normalised(text), line)
    if item.believes:
        hint = "Only a wrong text stands for a misconception: write the line below it, deeper indented."
        yield Problem(path, item.line, f"What belongs into {name} has a line believes.", hint)
    for wrong in item.below:
        yield from explanation_faults(path, f"The wrong text {wrong.text}", wrong)


def _bad_gaps(code: str, items: Sequence[Item], first: int, path: Path) -> Iterator[Problem]:
    """Gaps without an answer, answers without a gap, and either of them twice."""
    places = [gap["name"] for gap in GAP.finditer(code)]
    names = [item.head["name"] for item in items]
    if not places:
        yield Problem(path, first, "The code has no gap.", "Write one as [[its-name]].")
    for name in dict.fromkeys(places):
        if places.count(name) > 1:
            yield Problem(path, first, f"The gap {name} stands in the code twice.", "Give each its own name.")
        if name not in names:
            yield Problem(path, first, f"The gap {name} has no answer.", f"Write it below the code: - {name}: delay")
    for item in items:
        name = item.head["name"]
        if name not in places:
            yield Problem(path, item.line, f"There is no gap {name} in the code.", did_you_mean(name, places))
        elif names.count(name) > 1 and item.line != _first_line(items, name):
            hint = "Write all that is accepted into one line, with | between."
            yield Problem(path, item.line, f"The gap {name} has two answers.", hint)


def _first_line(items: Sequence[Item], name: str) -> int:
    return next(item.line for item in items if item.head["name"] == name)


def _bad_language(language: str, first: int, path: Path) -> Iterator[Problem]:
    try:
        get_lexer_by_name(language)
    except ClassNotFound:
        hint = "Name one that Pygments knows: python, text, bash, html, javascript."
        yield Problem(path, first, f"The language {language} is not known.", hint)
