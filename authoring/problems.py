"""What is wrong with a text, said to its author: where, what, and the remedy."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.core.checks import Warning as CheckWarning


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in a text. `line` counts from 1; `hint` is the remedy."""

    path: Path
    line: int
    message: str
    hint: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message} {self.hint}"


class ContentError(ValueError):
    """A mistake that shows only while a text is rendered. `line` is where, 0 for the line of the block it stands in."""

    def __init__(self, message: str, hint: str, line: int = 0) -> None:
        super().__init__(f"{message} {hint}")
        self.message, self.hint, self.line = message, hint, line


def as_check_message(problem: Problem, check_id: str) -> CheckWarning:
    """The problem as Django prints it: `path:line: (id) message` and the hint below."""
    return CheckWarning(problem.message, hint=problem.hint, obj=f"{problem.path}:{problem.line}", id=check_id)


MOST_NAMED = 16  # more would bury the problem


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A closing sentence that names the nearest known word, or all of them when none is near and they are few."""
    known = sorted(known)
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        return f"Did you mean {near[0]}?"
    if len(known) > MOST_NAMED:
        return "None of those that are known is like it."
    return f"Known: {', '.join(known)}." if known else "None is known here."
