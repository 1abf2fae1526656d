"""The glossary of the course: glossary.md, one word under each heading, one sentence below it.

## worker

Another process, which takes work out of the queue and does it.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import slugify

from authoring.glossary import Term, Terms
from authoring.markdown import to_html
from authoring.problems import Problem
from authoring.words import count_words
from lessons.blocks.texts import inline

ADDRESS = "/lessons/glossary/"
GLOSSARY_FILE = "glossary.md"
MOST_WORDS = 45  # it has to be read in passing
HEADING = re.compile(r"## +(.+?)\s*")


@dataclass(frozen=True)
class Glossary:
    """The words that could be read, in the order of the file, and what is wrong with the file."""

    terms: Terms
    lines: Mapping[str, int]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class _Entry:
    name: str
    line: int
    text: str


def read_glossary(text: str, path: Path) -> Glossary:
    """Read the text of a glossary. Raises nothing: what is wrong is in `problems`."""
    entries: dict[str, _Entry] = {}
    problems: list[Problem] = []
    for entry in _entries(text):
        problem = _problem(entry, entries)
        if problem:
            problems.append(Problem(path, entry.line, *problem))
        else:
            entries[entry.name.lower()] = entry
    terms = Terms({key: _term(entry) for key, entry in entries.items()}, ADDRESS)
    return Glossary(terms, {key: entry.line for key, entry in entries.items()}, tuple(problems))


def _entries(text: str) -> Iterator[_Entry]:
    """What stands under each heading; what stands above the first one is introduction for authors."""
    name, line, said = "", 0, list[str]()
    for number, row in enumerate(text.split("\n"), 1):
        heading = HEADING.fullmatch(row)
        if heading:
            if name:
                yield _Entry(name, line, "\n".join(said).strip())
            name, line, said = heading[1], number, []
        else:
            said.append(row)
    if name:
        yield _Entry(name, line, "\n".join(said).strip())


def _problem(entry: _Entry, before: Mapping[str, _Entry]) -> tuple[str, str] | None:
    if not _plain(_meaning(entry)):
        return f"The word {entry.name} is not explained.", "Write one sentence below the heading."
    if entry.name.lower() in before:
        return f"The word {entry.name} stands here a second time.", "Keep one of the two."
    if not slugify(entry.name):
        return f"“{entry.name}” has no letter or digit.", "Give the word its name."
    if count_words(entry.text) > MOST_WORDS or "\n\n" in entry.text:
        return f"{entry.name} is explained at length.", f"Keep to one sentence of at most {MOST_WORDS} words."
    return None


def _term(entry: _Entry) -> Term:
    meaning = _meaning(entry)
    return Term(entry.name, slugify(entry.name), meaning, _plain(meaning))


def _meaning(entry: _Entry) -> SafeString:
    return inline(to_html(entry.text))


def _plain(meaning: SafeString) -> str:
    return html.unescape(strip_tags(meaning)).strip()
