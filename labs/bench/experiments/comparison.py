"""Two results of one experiment side by side: the few figures that each lab names, and both drawings."""

from typing import Any

from labs.bench.experiments import line
from labs.bench.experiments.lab import ExperimentLab, Findings
from labs.bench.models import Experiment
from learners.models import Learner

OFFERED = 10


def compared(lab: ExperimentLab, experiment: Experiment, wanted: str) -> dict[str, Any]:
    """The second result of a result's page. `wanted` is its id, or an address that ends in it; nothing when empty."""
    if not wanted:
        return {}
    if not experiment.result:
        return {"other_problem": "This one has no result to compare with."}
    key = wanted.strip().rstrip("/").rpartition("/")[2][:22]
    other = line.with_result(Experiment.objects.filter(lab=lab.slug, pk=key)).first()
    if other is None:
        return {"other_problem": "There is no such result of this lab. Paste the address of a result's own page."}
    findings = lab.findings(other.result, {})
    rows = side_by_side(lab.findings(experiment.result, {}), findings)
    return {"other": other, "other_findings": findings, "compared": rows}


def side_by_side(this: Findings, other: Findings) -> list[tuple[str, str, str]]:
    """Each figure by its name, in both results; "not measured" where one lacks it."""
    names = dict.fromkeys(name for found in (this, other) for name, _ in found.compared)
    first, second = dict(this.compared), dict(other.compared)
    return [(name, first.get(name, "not measured"), second.get(name, "not measured")) for name in names]


def offered(lab: ExperimentLab, learner: Learner | None, experiment: Experiment) -> list[Experiment]:
    """The learner's own other results, newest first."""
    if learner is None:
        return []
    own = line.with_result(learner.experiments.filter(lab=lab.slug)).exclude(pk=experiment.pk)
    return list(own.defer("events")[:OFFERED])
