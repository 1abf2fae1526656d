"""Two or three questions about the learner's own runs. The answer is a number that stands in what they measured."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from labs.bench.lab import Condition, Lab
from labs.bench.models import Run
from labs.bench.timeline import MAIL_ARRIVED, said, timeline_of

NUMBER = re.compile(r"(?P<number>\d{1,7}(?:[.,]\d{1,6})?)\s*(?P<unit>ms|s|%)?", re.ASCII)
NEAR_SHARE, NEAR_MS, NEAR_PERCENT = 0.1, 5.0, 5.0  # who reads a figure off a bar is not more exact than this


class NoNumber(ValueError):
    """A text that holds no usable number; the message names it and the remedy."""


@dataclass(frozen=True)
class OwnRuns:
    """One run of each condition, in the order of the lab's conditions."""

    lab: Lab
    pairs: Sequence[tuple[Condition, Run]]


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


def _apart(own: OwnRuns) -> Asked | None:
    """How far the condition with the least figure and the one with the greatest lie apart."""
    figures = sorted((value, c.label) for c, run in own.pairs if (value := own.lab.figure.read(run)) is not None)
    if len(figures) < 2:
        return None
    (least_ms, fast), (most_ms, slow) = figures[0], figures[-1]
    apart_ms = most_ms - least_ms
    text = f"{_capital(own.lab.figure.label)}: how many ms lie between “{slow}” and “{fast}”?"
    seen = "" if apart_ms >= own.lab.figure.grain_ms else " Nobody could see so small a difference."
    return Asked(text, apart_ms, f"{said(most_ms)} less {said(least_ms)}.{seen}")


def _mail_after(own: OwnRuns) -> Asked | None:
    """How long after a queued answer its mail arrived."""
    for condition, run in own.pairs:
        arrived_ms = next((m.at_ms for m in timeline_of(run).moments if m.what == MAIL_ARRIVED), None)
        if run.was_queued and arrived_ms is not None and run.wait_ms is not None and arrived_ms > run.wait_ms:
            text = f"“{condition.label}”: how many ms after the answer did the mail arrive?"
            because = (
                f"The answer came after {said(run.wait_ms)}, the mail after {said(arrived_ms)}. In between, the page "
                "had its answer, and nobody knew yet whether the mail would leave."
            )
            return Asked(text, arrived_ms - run.wait_ms, because)
    return None


def _share(own: OwnRuns) -> Asked | None:
    """How much of a wait inside the request was the work."""
    for condition, run in own.pairs:
        stamps = run.web_stamps
        if run.wait_ms and {"work_started", "work_finished"} <= stamps.keys():
            work_ms = 1000 * (stamps["work_finished"] - stamps["work_started"])
            text = f"“{condition.label}”: how many percent of the wait was the work itself?"
            because = (
                f"The work took {said(work_ms)} of {said(run.wait_ms)}. No more than that can a queue take out of the "
                "wait."
            )
            return Asked(text, min(100.0, 100 * work_ms / run.wait_ms), because)
    return None


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


QUESTIONS = (Question("apart", "ms", _apart), Question("mail-after", "ms", _mail_after), Question("share", "%", _share))
QUESTION_BY_SLUG = {question.slug: question for question in QUESTIONS}
