"""Claims that the course's server measures for the reader: it carries out their experiment, in line with all others."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from labs.bench.claims.claim import Claim, Verdict
from labs.bench.claims.sources import Rows
from labs.bench.claims.state import ShownArm, shown_arm
from labs.bench.experiments import keeper, line
from labs.bench.experiments.page import said
from labs.bench.experiments.registry import RUNS, Measurable, all_experiments
from labs.bench.lab import Number
from labs.bench.models import Experiment
from learners.models import Learner

LONGEST_SHOWN = 20  # characters of what somebody wrote into a number field


@dataclass(frozen=True)
class Field:
    """A parameter that the reader sets: its value as it stands in the field, and what is wrong with it."""

    of: Number
    value: str
    problem: str


@dataclass(frozen=True)
class Refused:
    """A form that started nothing: as it was sent, what is wrong in it by field, or else the reason."""

    written: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""


NOT_REFUSED = Refused()


@dataclass(frozen=True)
class OnServer:
    """What a claim's page shows of measuring it on the server, to one reader.

    `newest` is their own newest experiment of this kind, `said` where it is, in words. `holds` and `arms` are what
    it found, None and empty while there is nothing. `reason` is why nothing was started.
    """

    experiment: Measurable
    expected_s: int
    fields: tuple[Field, ...]
    newest: Experiment | None
    said: str
    holds: bool | None
    arms: tuple[ShownArm, ...]
    reason: str


def experiment_of(claim: Claim) -> Measurable | None:
    """The experiment that both arms of a claim are measured with; None for claims that a browser measures."""
    rows = _rows_of(claim)
    return all_experiments()[rows.experiment] if rows else None


def start(claim: Claim, learner: Learner, form: Mapping[str, str]) -> dict[str, str]:
    """Put the claim's experiment in line, and start it if nobody else runs one. Raises line.Refused.

    Returns what is wrong with the form's parameters, by name; then nothing was started.
    """
    experiment = experiment_of(claim)
    assert experiment is not None, f"{claim.id} is not measured on the server"
    parameters, problems = experiment.read_parameters(_usual(claim) | _set_in(form, experiment))
    if problems:
        return problems
    line.ask(experiment, learner, parameters)
    keeper.start_next()
    return {}


def on_server(
    claim: Claim, experiment: Measurable, learner: Learner | None, refused: Refused = NOT_REFUSED
) -> OnServer:
    """What the page of a claim with this experiment shows to this learner."""
    newest, done = line.newest_of(learner, experiment), line.newest_done_of(learner, experiment)
    verdict = judged(claim, done.result["rows"]) if done else None
    return OnServer(
        experiment,
        round(experiment.expected_s({name: int(value) for name, value in _usual(claim).items()})),
        tuple(_field(one, newest, refused) for one in _settable(experiment)),
        newest,
        said(newest) if newest else "",
        verdict.holds if verdict else None,
        tuple(shown_arm(arm, verdict.arms[arm.slug]) for arm in claim.arms) if verdict else (),
        refused.reason,
    )


def _field(parameter: Number, newest: Experiment | None, refused: Refused) -> Field:
    last = newest.parameters.get(parameter.name, parameter.default) if newest else parameter.default
    value = refused.written.get(parameter.name, str(last))[:LONGEST_SHOWN]
    return Field(parameter, value, refused.problems.get(parameter.name, ""))


def judged(claim: Claim, rows: list[dict[str, Any]]) -> Verdict:
    """The verdict on a claim from the rows of its experiment."""
    sources = {arm: arm.source for arm in claim.arms}
    return claim.judge(
        {
            arm.slug: [row.get(arm.figure) for row in rows if isinstance(source, Rows) and source.has(row)]
            for arm, source in sources.items()
        }
    )


def _rows_of(claim: Claim) -> Rows | None:
    one, other = (arm.source for arm in claim.arms)
    if not isinstance(one, Rows) or not isinstance(other, Rows):
        return None
    same = (one.experiment, one.parameters) == (other.experiment, other.parameters)
    assert same, f"{claim.id}: two experiments with different parameters cannot take turns"
    return one


def _usual(claim: Claim) -> dict[str, str]:
    rows = _rows_of(claim)
    return {name: str(value) for name, value in rows.parameters} if rows else {}


def _settable(experiment: Measurable) -> list[Number]:
    """All but how often: that is the claim's."""
    return [one for one in experiment.parameters if one.name != RUNS]


def _set_in(form: Mapping[str, str], experiment: Measurable) -> dict[str, str]:
    return {one.name: form[one.name] for one in _settable(experiment) if one.name in form}
