"""Finds measured-looking numbers that an author typed: a number with a unit wants a figure's name or a source.

Left alone: `{{ figures }}`, code, what “others say” in quotes, and a sentence that holds a link to its source.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from authoring.problems import Problem
from authoring.source import source_lines

NUMBER = re.compile(
    r"(?<![\w.{])\d[\d.,]*(?:\s?|-)(?:ms|s|sec|seconds?|milliseconds?|%|percent|requests/s|[kKMG]i?B)(?!\w)"
)
FIGURE = re.compile(r"\{\{.*?\}\}")
QUOTED = re.compile(r"“[^”]*”")
LINK = re.compile(r"\]\([^)]+\)|<https?://[^>]+>")
SENTENCE_END = re.compile(r"(?<=[.!?:|])\s+|\n(?=\s*(?:[-*+]|\d+\.)\s)")
HINT = "Print a figure by its name, as in {{ publish_ms }}, or put a link to the source into the same sentence."


def typed_numbers(text: str, path: Path, first_line: int) -> Iterator[Problem]:
    """One problem for each sentence with a typed number and no source."""
    lines = [FIGURE.sub(_blank, line.prose) for line in source_lines(text, first_line)]
    line = first_line
    for paragraph in re.split(r"(\n[ \t]*\n)", "\n".join(lines)):
        yield from _in_paragraph(paragraph, path, line)
        line += paragraph.count("\n")


def _in_paragraph(paragraph: str, path: Path, line: int) -> Iterator[Problem]:
    unquoted = QUOTED.sub(_blank, paragraph)
    start = 0
    for end in [*(found.end() for found in SENTENCE_END.finditer(unquoted)), len(unquoted)]:
        number = NUMBER.search(unquoted, start, end)
        if number and not LINK.search(unquoted, start, end):
            yield Problem(path, line + unquoted.count("\n", 0, number.start()), f"“{number[0]}” is typed.", HINT)
        start = end


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])
