"""The steps by number: what has to hold, and the code that says it does. They stand in steps.txt."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Step:
    """One step. `code` is typed into the lesson's page; it is a note to yourself, not a grade."""

    number: int
    code: str
    title: str


def read_steps() -> list[Step]:
    """All steps in order."""
    lines = Path(__file__).with_name("steps.txt").read_text(encoding="utf-8").splitlines()
    return [Step(int(number), code, title) for number, code, title in (line.split(" | ") for line in lines)]
