"""Front matter: `key: value` lines between two lines of `---` at the top of a file."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from authoring.problems import Problem, did_you_mean

RULE = "---"
PAIR = re.compile(r"([a-z][a-z0-9_-]*):\s*(.*)")


@dataclass(frozen=True)
class FrontMatter:
    """What could be read. `values` has "" for what is missing; `lines` tells where each key stands."""

    values: Mapping[str, str]
    lines: Mapping[str, int]
    body: str
    body_line: int
    problems: tuple[Problem, ...]


def read_front_matter(
    text: str, path: Path, required: Collection[str] = (), optional: Collection[str] = ()
) -> FrontMatter:
    """Split `text` into keys and body. Raises nothing: keys that are unknown, repeated or missing are problems."""
    known = {*required, *optional}
    lines = text.split("\n")
    end = _end_of(lines)
    problems = [] if end else [_no_front_matter(path, lines)]
    values: dict[str, str] = {}
    places: dict[str, int] = {}
    for number, line in enumerate(lines[1:end], 2):
        pair = PAIR.fullmatch(line.rstrip())
        problem = _pair_problem(line, pair, values, known)
        if problem:
            problems.append(Problem(path, number, *problem))
        elif pair:
            values[pair[1]], places[pair[1]] = pair[2].strip(), number
    problems += [_missing(path, end, key) for key in sorted(required) if not values.get(key)] if end else []
    body_from = end + 1 if end else 0
    return FrontMatter(
        {key: values.get(key, "") for key in known},
        places,
        "\n".join(lines[body_from:]),
        body_from + 1,
        tuple(problems),
    )


def _end_of(lines: list[str]) -> int:
    """Index of the closing rule; 0 when there is no front matter."""
    if lines[0].rstrip() != RULE:
        return 0
    return next((index for index, line in enumerate(lines[1:], 1) if line.rstrip() == RULE), 0)


def _no_front_matter(path: Path, lines: list[str]) -> Problem:
    if lines[0].rstrip() == RULE:
        return Problem(path, 1, "The front matter is not closed.", "Put a line with --- after its last key.")
    return Problem(path, 1, "There is no front matter.", "Begin the file with ---, one `key: value` a line, then ---.")


def _missing(path: Path, end: int, key: str) -> Problem:
    return Problem(path, end + 1, f"The front matter has no {key}.", f"Add a line `{key}: ...` above this one.")


def _pair_problem(
    line: str, pair: re.Match[str] | None, seen: Collection[str], known: Collection[str]
) -> tuple[str, str] | None:
    if not line.strip():
        return None
    if pair is None:
        return f"“{line.strip()}” is not a key with a value.", "Write `key: value` on one line."
    if pair[1] not in known:
        return f"Unknown key {pair[1]}.", did_you_mean(pair[1], known)
    if pair[1] in seen:
        return f"The key {pair[1]} stands here a second time.", "Keep one of the two."
    return None
