"""Two or three questions about the learner's own runs. The answer is a number that stands in what they measured."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from labs.bench.measured import OwnRuns, ReadFigure, apart, mail_after, work_share
from labs.bench.timeline import said

NUMBER = re.compile(r"(?P<number>\d{1,7}(?:[.,]\d{1,6})?)\s*(?P<unit>ms|s|%)?", re.ASCII)
NEAR_SHARE, NEAR_MS, NEAR_PERCENT = 0.1, 5.0, 5.0  # who reads a figure off a bar is not more exact than this


class NoNumber(ValueError):
    """A text that holds no usable number; the message names it and the remedy."""


@dataclass(frozen=True)
class Asked:
    """A question put to certain runs: its text, what they say, in the question's unit, and why."""

    text: str
    value: float
    because: str


@dataclass(frozen=True)
class Question:
    """One question. `put` puts it to the runs; None when these runs cannot tell."""

    slug: str
    unit: str
    put: Callable[[OwnRuns], Asked | None]

    def is_near(self, written: float, measured: float) -> bool:
        """Whether a number is what the runs say, as exactly as a figure can be read."""
        least = NEAR_PERCENT if self.unit == "%" else NEAR_MS
        return abs(written - measured) <= max(least, NEAR_SHARE * abs(measured))

    def number_in(self, text: str) -> float:
        """The number a learner wrote, in the question's unit; seconds count as 1,000 ms. Raises NoNumber."""
        found = NUMBER.fullmatch(text.strip())
        if found is None:
            shown = f"“{text.strip()[:20]}” is no number." if text.strip() else "Nothing is written."
            raise NoNumber(f"{shown} Write it like {'85' if self.unit == '%' else '285, 285 ms or 0.285 s'}.")
        unit = found["unit"] or self.unit
        if (unit == "%") != (self.unit == "%"):
            raise NoNumber(f"This is asked in {self.unit}, not in {unit}.")
        number = float(found["number"].replace(",", "."))
        return 1000 * number if unit == "s" else number

    def in_words(self, value: float) -> str:
        """A value in the question's unit, as it is printed."""
        return f"{value:.0f} %" if self.unit == "%" else said(value)


def _ask_apart(own: OwnRuns) -> Asked | None:
    found = apart(own)
    if found is None:
        return None
    (slow, _), (fast, _) = found.read_from
    label = own.lab.figure.label
    text = f"{label[:1].upper()}{label[1:]}: how many ms lie between “{slow.label}” and “{fast.label}”?"
    return Asked(text, found.value, found.because)


def _ask_of_one(read: ReadFigure, text: str) -> Callable[[OwnRuns], Asked | None]:
    """A question about a figure of one condition, whose label `text` begins with."""

    def ask(own: OwnRuns) -> Asked | None:
        found = read(own)
        return Asked(f"“{found.read_from[0][0].label}”: {text}", found.value, found.because) if found else None

    return ask


QUESTIONS = (
    Question("apart", "ms", _ask_apart),
    Question("mail-after", "ms", _ask_of_one(mail_after, "how many ms after the answer did the mail arrive?")),
    Question("share", "%", _ask_of_one(work_share, "how many percent of the wait was the work itself?")),
)
QUESTION_BY_SLUG = {question.slug: question for question in QUESTIONS}
