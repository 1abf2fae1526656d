"""Figures of every question, read from its counts: as many rows as there are figures, however many have answered."""

import datetime
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from learners.certainty import CERTAINTY, in_words
from quizzes import catalog
from quizzes.models import Count
from quizzes.quiz import Question, Quiz
from quizzes.statistics.counting import BINS, BUCKETS_PER_DOUBLING, SIMULATED


@dataclass(frozen=True)
class Thirds:
    """Shares from 0 to 1 among the weakest, the middle and the strongest third, by rest score."""

    weak: float
    middle: float
    strong: float


@dataclass(frozen=True)
class Certainty:
    """How many were this sure (1 to 3), and how many of them were right."""

    level: int
    n: int
    right: int

    @property
    def words(self) -> str:
        """What they said."""
        return in_words(self.level)


@dataclass(frozen=True)
class Figures:
    """What is known of one version of a question. `counts` are its rows, see `counting`; nobody yet is no rows."""

    question: str
    version: str
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def asked(self) -> int:
        """How many answered it."""
        return self.counts.get("asked", 0)

    @property
    def right(self) -> int:
        """How many were right at the first try."""
        return self.counts.get("right", 0)

    @property
    def completed(self) -> int:
        """How many answered it and finished the attempt: only they have a rest score."""
        return self.counts.get("n", 0)

    @property
    def since(self) -> datetime.date | None:
        """The day of the first answer (UTC)."""
        day = self.counts.get("since")
        return None if day is None else datetime.date(1970, 1, 1) + datetime.timedelta(days=day)

    @property
    def facility(self) -> float | None:
        """The share that was right at the first try."""
        return self.right / self.asked if self.asked else None

    @cached_property
    def discrimination(self) -> float | None:
        """The point-biserial correlation of being right here with the rest score, -1 to 1.

        None where it is not defined: fewer than two attempts, or all alike here or everywhere else.
        """
        n, x, t, tt, xt = (self.counts.get(what, 0) for what in ("n", "x", "t", "tt", "xt"))
        spread = x * (n - x) * (n * tt - t * t)
        return (n * xt - x * t) / math.sqrt(spread) if spread > 0 else None

    @cached_property
    def picks(self) -> dict[str, int]:
        """How many picked each option or sent each known miss, most picked first."""
        found = {what.removeprefix("pick:"): n for what, n in self.counts.items() if what.startswith("pick:")}
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))

    @property
    def certainties(self) -> list[Certainty]:
        """By level, from unsure to sure; empty when nobody said."""
        said = [
            Certainty(level, self.counts.get(f"sure:{level}", 0), self.counts.get(f"sure-right:{level}", 0))
            for level in CERTAINTY
        ]
        return said if any(one.n for one in said) else []

    @cached_property
    def median_ms(self) -> float | None:
        """The median time to the first answer in milliseconds, read from the buckets; None when none was measured."""
        times = {int(what[5:]): n for what, n in self.counts.items() if what.startswith("took:")}
        left = sum(times.values()) / 2
        for bucket in sorted(times):
            if left <= times[bucket]:
                return float(2 ** ((bucket + left / times[bucket]) / BUCKETS_PER_DOUBLING))
            left -= times[bucket]
        return None

    def right_by_third(self) -> Thirds | None:
        """The share that was right in each third; None before anyone finished an attempt."""
        return self._shares("in-right:{}")

    def picks_by_third(self, option: str) -> Thirds | None:
        """The share that picked this option in each third; None before anyone finished an attempt."""
        return self._shares(f"score:{option}:{{}}")

    @property
    def attempts_by_tenth(self) -> list[int]:
        """How many finished attempts have a rest score in each tenth, the weakest first."""
        return self._bins("in:{}")

    @property
    def right_by_tenth(self) -> list[int]:
        """How many of them were right here."""
        return self._bins("in-right:{}")

    def strong_from(self, least: float) -> int:
        """The highest tenth such that it and those above hold at least so many attempts; 0 when all are too few."""
        held, sizes = 0, self.attempts_by_tenth
        for place in reversed(range(BINS)):
            held += sizes[place]
            if held >= least:
                return place
        return 0

    def picks_from(self, tenth: int, option: str) -> int:
        """How many picked this option whose rest score is in this tenth or one above."""
        return sum(self._bins(f"score:{option}:{{}}")[tenth:])

    def _shares(self, what: str) -> Thirds | None:
        if not self.completed:
            return None
        bins, third = self._bins(what), self.completed / 3
        shares = (sum(part * n for part, n in zip(weights, bins, strict=True)) / third for weights in self._weights)
        return Thirds(*shares)

    def _bins(self, what: str) -> list[int]:
        return [self.counts.get(what.format(place), 0) for place in range(BINS)]

    @cached_property
    def _weights(self) -> tuple[list[float], list[float], list[float]]:
        """For each third, which part of each bin belongs to it."""
        sizes = self.attempts_by_tenth
        weak = _filled(sizes, self.completed / 3)
        strong = _filled(sizes[::-1], self.completed / 3)[::-1]
        return (
            weak,
            [1 - low - high if size else 0.0 for size, low, high in zip(sizes, weak, strong, strict=True)],
            strong,
        )


@dataclass(frozen=True)
class Item:
    """A question as it stands in its quiz now, with what is known of this version and of the ones before."""

    quiz: Quiz
    question: Question
    versions: Sequence[Figures]

    @property
    def now(self) -> Figures:
        """The version that is asked now."""
        new = Figures(self.question.id, self.question.version)
        return next((figures for figures in self.versions if figures.version == self.question.version), new)


def items(*, simulated: bool = False) -> list[Item]:
    """All questions in the order of the course, with one query. Simulated learners are never among the others."""
    known: dict[str, list[Figures]] = {}
    for figures in read_figures(simulated=simulated):
        known.setdefault(figures.question, []).append(figures)
    return [
        Item(quiz, question, known.get(question.id, []))
        for quiz in catalog.all_quizzes()
        for question in quiz.questions
    ]


def find_item(question_id: str, *, simulated: bool = False) -> Item | None:
    """One question with its figures, or None when no quiz has it."""
    for quiz in catalog.all_quizzes():
        if question := quiz.find(question_id):
            return Item(quiz, question, read_figures(question_id, simulated=simulated))
    return None


def read_figures(question: str = "", *, simulated: bool = False) -> list[Figures]:
    """All versions ever answered, of one question or of all, in the order in which they were first used."""
    rows = Count.objects.filter(question=question) if question else Count.objects.all()
    rows = rows.filter(what__startswith=SIMULATED) if simulated else rows.exclude(what__startswith=SIMULATED)
    counts: dict[tuple[str, str], dict[str, int]] = {}
    start = len(SIMULATED) if simulated else 0
    for asked, version, what, n in rows.order_by("pk").values_list("question", "version", "what", "n"):
        counts.setdefault((asked, version), {})[what[start:]] = int(n)
    return sorted((Figures(*key, found) for key, found in counts.items()), key=lambda one: one.counts.get("since", 0))


def _filled(sizes: Sequence[int], wanted: float) -> list[float]:
    """Which part of each bin is taken when bins are emptied in turn until `wanted` is reached."""
    parts = []
    for size in sizes:
        taken = min(size, wanted)
        parts.append(taken / size if size else 0.0)
        wanted -= taken
    return parts
