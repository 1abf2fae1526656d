"""What `manage.py claims` prints: a progress bar, and every claim with its figures."""

import time
from types import TracebackType
from typing import Protocol

from authoring.measured import Quantity
from labs.bench.claims.claim import Arm, Spread
from labs.bench.claims.measuring import Found
from labs.bench.claims.sources import Source

WIDTH = 30
LINE_EVERY_S = 10.0  # into a file or a CI log


class Output(Protocol):
    """Where a command writes."""

    def write(self, msg: str, *, ending: str | None = None) -> object:
        """Write a line, or with `ending` a part of one."""

    def isatty(self) -> bool:
        """Is it a terminal?"""


class Bar:
    """Progress: one line that changes in a terminal, a line now and then elsewhere."""

    def __init__(self, output: Output) -> None:
        self.output, self.told_at = output, 0.0

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.output.isatty():
            self.output.write("\r\033[K", ending="")

    def step(self, done: int, total: int, source: Source) -> None:
        """`done` of `total` measurements are made, and now comes `source`."""
        if self.output.isatty():
            filled = WIDTH * done // total
            bar = "#" * filled + "." * (WIDTH - filled)
            self.output.write(f"\r\033[K{bar} {done} of {total}  {source.name}", ending="")
        elif time.monotonic() - self.told_at > LINE_EVERY_S:
            self.told_at = time.monotonic()
            self.output.write(f"{done} of {total} measurements made")


def row(found: Found) -> str:
    """A claim and its figures on one line."""
    state = "holds" if found.verdict.holds else "DOES NOT HOLD"
    again = "; measured twice" if found.was_repeated else ""
    return f"{state:<14}{found.claim.id:<29}{_figures(found)}{again}"


def in_words(found: Found) -> str:
    """What a claim says must hold, and what was found instead, on two lines."""
    again = ", measured twice" if found.was_repeated else ""
    return f"{found.claim.id}: {found.claim.must_words}{again}\n    {_figures(found)}"


def _figures(found: Found) -> str:
    return "; ".join(_arm_in_words(arm, found.verdict.arms[arm.slug]) for arm in found.claim.arms)


def _arm_in_words(arm: Arm, spread: Spread) -> str:
    if spread.median is None:
        return f"{arm.label} not reported (n {spread.n})"
    low, high = (Quantity(value, "").bare for value in (spread.low, spread.high))
    return f"{arm.label} {Quantity(spread.median, arm.unit)} ({low} to {high}, n {spread.n})"
