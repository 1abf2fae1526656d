"""Two or three questions about the learner's own runs. The answer is a number that stands in what they measured."""

from collections.abc import Callable
from dataclasses import dataclass

from authoring.quantity import MILLISECOND, PERCENT, NotAQuantity, Unit, number_in
from labs.bench.measured import OwnRuns, ReadFigure, apart, mail_after, work_share
from labs.bench.timeline import said

NEAR_SHARE, NEAR_MS, NEAR_PERCENT = 0.1, 5.0, 5.0  # who reads a figure off a bar is not more exact than this
LONGEST_QUOTED = 20  # characters of what was written, in an answer about it
LARGEST = 10_000_000.0  # in the unit of a question; no run takes three hours


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
    unit: Unit
    put: Callable[[OwnRuns], Asked | None]

    def is_near(self, written: float, measured: float) -> bool:
        """Whether a number is what the runs say, as exactly as a figure can be read."""
        least = NEAR_PERCENT if self.unit is PERCENT else NEAR_MS
        return abs(written - measured) <= max(least, NEAR_SHARE * abs(measured))

    def number_in(self, text: str) -> float:
        """The number a learner wrote, in the question's unit. Raises NotAQuantity."""
        number = number_in(text, self.unit)
        if not 0 <= number < LARGEST:
            remedy = f"Write it like {'85' if self.unit is PERCENT else '285, 285 ms or 0.285 s'}."
            raise NotAQuantity(f"“{text.strip()[:LONGEST_QUOTED]}” is out of bounds.", remedy)
        return number

    def in_words(self, value: float) -> str:
        """A value in the question's unit, as it is printed."""
        return f"{value:.0f} %" if self.unit is PERCENT else said(value)


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
    Question("apart", MILLISECOND, _ask_apart),
    Question("mail-after", MILLISECOND, _ask_of_one(mail_after, "how many ms after the answer did the mail arrive?")),
    Question("share", PERCENT, _ask_of_one(work_share, "how many percent of the wait was the work itself?")),
)
QUESTION_BY_SLUG = {question.slug: question for question in QUESTIONS}
