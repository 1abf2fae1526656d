"""Predictions beside what was then measured: for the notebook, and for a later lab that recalls an earlier one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any

from labs.bench.crowd import judged
from labs.bench.experiments.lab import ExperimentLab, Guess
from labs.bench.lab import Condition, Lab
from labs.bench.models import Experiment, Run
from labs.bench.registry import all_labs
from labs.bench.summary import summarise
from labs.bench.timeline import said
from learners import records
from learners.models import Entry, Learner

NEAR_SHARE = 0.1  # a prediction within a tenth of the median is called near


@dataclass(frozen=True)
class Calibrated:
    """One prediction in ms, and the median of the `n` runs made after it, at the lab's own setting; None without runs.

    The prediction is about the lab's own setting, so runs at another one say nothing about it. In a bench lab each run
    is an experiment, and `condition` is what the learner was asked to guess. Less than `grain_ms` is no difference.
    """

    lab: Lab
    condition: Condition | Guess
    at: datetime
    predicted_ms: float
    measured_ms: float | None
    n: int
    grain_ms: float

    @property
    def is_near(self) -> bool:
        """Was it within a tenth of the median, or closer than the figure is measured?"""
        if self.measured_ms is None:
            return False
        return abs(self.off_ms) <= max(self.grain_ms, NEAR_SHARE * self.measured_ms)

    @property
    def predicted(self) -> str:
        """The prediction in ms, as finely as the figure is measured."""
        return self._in_ms(self.predicted_ms)

    @property
    def measured(self) -> str:
        """The measurement in ms, as finely as it is made; empty without one."""
        return "" if self.measured_ms is None else self._in_ms(self.measured_ms)

    def _in_ms(self, value_ms: float) -> str:
        return f"{value_ms:,.{1 if self.grain_ms < 1 else 0}f}".removesuffix(".0")

    @property
    def off_ms(self) -> float:
        """How much more was measured than predicted, in ms; negative when it was less."""
        return (self.measured_ms or 0.0) - self.predicted_ms

    @property
    def verdict(self) -> str:
        """How the two compare, in words."""
        if self.measured_ms is None:
            return "not measured yet"
        if self.is_near:
            return "near"
        return f"{said(abs(self.off_ms))} too {'little' if self.off_ms > 0 else 'much'}"


def calibrated(learner: Learner | None) -> list[Calibrated]:
    """Every prediction in ms that this learner has made in a lab, oldest first, one item for each condition."""
    found: list[Calibrated] = []
    for lab in all_labs().values():
        found += _of_experiments(lab, learner) if isinstance(lab, ExperimentLab) else _of_lab(lab, learner)
    return sorted(found, key=lambda one: one.at)


def recalled(lab: Lab, learner: Learner | None) -> list[Calibrated]:
    """For each way that this lab asks about: the learner's newest prediction of the same figure, here or elsewhere."""
    earlier = [one for one in calibrated(learner) if one.lab.figure.slug == lab.figure.slug]
    newest = {one.condition.slug: one for one in earlier}
    return [newest[c.slug] for c in lab.conditions if c.is_predicted and c.slug in newest]


def _of_lab(lab: Lab, learner: Learner | None) -> list[Calibrated]:
    entries = _predictions(lab, learner, "waits_ms")
    if not entries:
        return []
    runs = judged(run for run in Run.objects.filter(learner=learner, lab=lab.slug) if run.parameters == lab.defaults)
    return [one for entry, end in _until_the_next(entries) for one in _of_entry(lab, entry, end, runs)]


def _predictions(lab: Lab, learner: Learner | None, kind: str) -> list[Entry]:
    return [entry for entry in records.all_of(learner, f"labs/{lab.slug}") if kind in entry.payload]


def _until_the_next(entries: Sequence[Entry]) -> list[tuple[Entry, datetime | None]]:
    """Each prediction with when the next one was made, oldest first; None for the last."""
    return list(zip(entries, [entry.at for entry in entries[1:]] + [None], strict=True))


def _of_experiments(lab: ExperimentLab, learner: Learner | None) -> list[Calibrated]:
    """Every guess in a bench lab, with the whole results made from then until the next one."""
    entries = _predictions(lab, learner, "guesses")
    if learner is None or not entries:
        return []
    made = list(learner.experiments.filter(lab=lab.slug, state=Experiment.State.DONE))
    return [
        _of_guess(lab, guess, entry, [one.result for one in made if _is_between(one, entry.at, end)])
        for entry, end in _until_the_next(entries)
        for guess in lab.guesses
        if guess.slug in entry.payload["guesses"]
    ]


def _of_guess(lab: ExperimentLab, guess: Guess, entry: Entry, results: Sequence[dict[str, Any]]) -> Calibrated:
    values = [value for result in results if (value := guess.measured(result)) is not None]
    predicted = float(entry.payload["guesses"][guess.slug])
    return Calibrated(lab, guess, entry.at, predicted, median(values) if values else None, len(values), guess.grain)


def _is_between(made: Run | Experiment, start: datetime, end: datetime | None) -> bool:
    return made.created_at >= start and (end is None or made.created_at < end)


def _of_entry(lab: Lab, entry: Entry, end: datetime | None, runs: Sequence[Run]) -> list[Calibrated]:
    """The conditions of one prediction, with the runs made from then until the next prediction."""
    since = [run for run in runs if _is_between(run, entry.at, end)]
    found = []
    for condition in lab.conditions:
        if condition.slug in entry.payload["waits_ms"]:
            predicted_ms = float(entry.payload["waits_ms"][condition.slug])
            made = summarise(condition, since, predicted_ms, lab.figure)
            grain_ms = lab.figure.grain_ms
            found.append(Calibrated(lab, condition, entry.at, predicted_ms, made.median_ms, made.n, grain_ms))
    return found
