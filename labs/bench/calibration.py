"""Predictions beside what was then measured: for the notebook, and for a later lab that recalls an earlier one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from labs.bench.lab import Condition, Lab
from labs.bench.models import Run
from labs.bench.registry import all_labs
from labs.bench.summary import summarise
from labs.bench.timeline import said
from learners import records
from learners.models import Entry, Learner

NEAR_SHARE = 0.1  # a prediction within a tenth of the median is called near


@dataclass(frozen=True)
class Calibrated:
    """One prediction in ms, and the median of the `n` runs made after it, at the lab's own setting; None without runs.

    The prediction is about the lab's own setting, so runs at another one say nothing about it.
    """

    lab: Lab
    condition: Condition
    at: datetime
    predicted_ms: float
    measured_ms: float | None
    n: int

    @property
    def is_near(self) -> bool:
        """Was it within a tenth of the median, or closer than the figure is measured?"""
        if self.measured_ms is None:
            return False
        return abs(self.off_ms) <= max(self.lab.figure.grain_ms, NEAR_SHARE * self.measured_ms)

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
        found += _of_lab(lab, learner)
    return sorted(found, key=lambda one: one.at)


def recalled(lab: Lab, learner: Learner | None) -> list[Calibrated]:
    """For each way that this lab asks about: the learner's newest prediction of the same figure, here or elsewhere."""
    earlier = [one for one in calibrated(learner) if one.lab.figure.slug == lab.figure.slug]
    newest = {one.condition.slug: one for one in earlier}
    return [newest[c.slug] for c in lab.conditions if c.is_predicted and c.slug in newest]


def _of_lab(lab: Lab, learner: Learner | None) -> list[Calibrated]:
    entries = [entry for entry in records.all_of(learner, f"labs/{lab.slug}") if "waits_ms" in entry.payload]
    if not entries:
        return []
    runs = [run for run in Run.objects.filter(learner=learner, lab=lab.slug) if run.parameters == lab.defaults]
    ends = [entry.at for entry in entries[1:]] + [None]
    return [one for entry, end in zip(entries, ends, strict=True) for one in _of_entry(lab, entry, end, runs)]


def _of_entry(lab: Lab, entry: Entry, end: datetime | None, runs: Sequence[Run]) -> list[Calibrated]:
    """The conditions of one prediction, with the runs made from then until the next prediction."""
    since = [run for run in runs if run.created_at >= entry.at and (end is None or run.created_at < end)]
    found = []
    for condition in lab.conditions:
        if condition.slug in entry.payload["waits_ms"]:
            predicted_ms = float(entry.payload["waits_ms"][condition.slug])
            made = summarise(condition, since, predicted_ms, lab.figure)
            found.append(Calibrated(lab, condition, entry.at, predicted_ms, made.median_ms, made.n))
    return found
