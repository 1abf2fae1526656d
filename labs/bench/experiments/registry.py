"""All experiments of the site: those of the bench labs, and those that no lab shows, which only claims ask for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Protocol

from labs.bench.experiments.lab import ExperimentFunction, ExperimentLab
from labs.bench.lab import Number, read_numbers
from labs.bench.registry import LABS_DIR, all_labs

RUNS = "runs"  # the parameter that says how often each arm is measured


class Measurable(Protocol):
    """What the line of experiments needs to know of one: an ExperimentLab is one too.

    `slug` names it in its rows of the database. `experiment` does the work with parts that it starts in the group it
    is given, `expected_s` says how many seconds that takes, `parts` names in one sentence what it runs on.
    """

    @property
    def slug(self) -> str: ...
    @property
    def experiment(self) -> ExperimentFunction: ...
    @property
    def expected_s(self) -> Callable[[Mapping[str, int]], float]: ...
    @property
    def parameters(self) -> tuple[Number, ...]: ...
    @property
    def parts(self) -> str: ...

    def read_parameters(self, form: Mapping[str, str]) -> tuple[dict[str, int], dict[str, str]]:
        """The values in a form, by name, and what is wrong with them, by name."""


@dataclass(frozen=True)
class HiddenExperiment:
    """An experiment that no lab shows: it stands under EXPERIMENTS in a lab's experiments.py. No lab has its slug."""

    slug: str
    experiment: ExperimentFunction
    expected_s: Callable[[Mapping[str, int]], float]
    parameters: tuple[Number, ...]
    parts: str

    def read_parameters(self, form: Mapping[str, str]) -> tuple[dict[str, int], dict[str, str]]:
        """The values in a form, by name, and what is wrong with them, by name. A missing field takes its default."""
        return read_numbers(self.parameters, form)


def runs(default: int, maximum: int) -> Number:
    """The parameter RUNS of an experiment."""
    return Number(RUNS, "Runs of each", "runs", default, 1, maximum, 1, "More would keep the others in line too long.")


@cache
def all_experiments() -> dict[str, Measurable]:
    """Every experiment of the site by its slug."""
    found: dict[str, Measurable] = {slug: lab for slug, lab in all_labs().items() if isinstance(lab, ExperimentLab)}
    for path in sorted(LABS_DIR.glob("*/experiments.py")):
        found |= {one.slug: one for one in import_module(f"labs.{path.parent.name}.experiments").EXPERIMENTS}
    return found
