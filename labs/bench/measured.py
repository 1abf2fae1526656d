"""Figures of a learner's own runs, each one number with the sentence that says how it came about.

The lab's own questions ask for some of them (labs.bench.explain.questions). Quizzes ask for any by name, through
`learners.measured`: `register_figures` makes those of every lab known there, as `<lab>/<figure>`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from labs.bench.calibration import calibrated
from labs.bench.experiments.lab import ExperimentLab, ResultFigure
from labs.bench.experiments.line import newest_done_of
from labs.bench.lab import Condition, Lab
from labs.bench.models import Run
from labs.bench.registry import all_labs
from labs.bench.results import RUNS_READ
from labs.bench.timeline import MAIL_ARRIVED, said, timeline_of
from learners.measured import Measured, Provider, Source, register
from learners.models import Learner

RUN_BOTH = "Run it inside the request and queued, once each."
PREDICT_FIRST = "Write down a prediction there, then run each way once."


Pair = tuple[Condition, Run]


@dataclass(frozen=True)
class OwnRuns:
    """One finished run of each condition that has one, in the order of the lab's conditions, at one setting."""

    lab: Lab
    pairs: Sequence[Pair]


@dataclass(frozen=True)
class OwnFigure:
    """One figure of such runs. `read_from` are the conditions it was read from with their runs, as `because` names
    them."""

    value: float
    because: str
    read_from: tuple[Pair, ...]


ReadFigure = Callable[[OwnRuns], OwnFigure | None]


def apart(own: OwnRuns) -> OwnFigure | None:
    """How many ms the conditions with the greatest and the least of the lab's figure lie apart, greatest first."""
    extremes = _extremes(own)
    if extremes is None:
        return None
    (most_ms, slow), (least_ms, fast) = extremes
    apart_ms = most_ms - least_ms
    seen = "" if apart_ms >= own.lab.figure.grain_ms else " Nobody could see so small a difference."
    return OwnFigure(apart_ms, f"{said(most_ms)} less {said(least_ms)}.{seen}", (slow, fast))


def ratio(own: OwnRuns) -> OwnFigure | None:
    """How many times the least of the lab's figure the greatest is, greatest first."""
    extremes = _extremes(own)
    if extremes is None or not extremes[1][0]:
        return None
    (most_ms, slow), (least_ms, fast) = extremes
    because = (
        f"“{slow[0].label}”: {said(most_ms)}. “{fast[0].label}”: {said(least_ms)}. The first divided by the second."
    )
    return OwnFigure(most_ms / least_ms, because, (slow, fast))


def mail_after(own: OwnRuns) -> OwnFigure | None:
    """How many ms after a queued answer its mail arrived."""
    for condition, run in own.pairs:
        arrived_ms = next((m.at_ms for m in timeline_of(run).moments if m.what == MAIL_ARRIVED), None)
        if run.was_queued and arrived_ms is not None and run.wait_ms is not None and arrived_ms > run.wait_ms:
            because = (
                f"The answer came after {said(run.wait_ms)}, the mail after {said(arrived_ms)}. In between, the page "
                "had its answer, and nobody knew yet whether the mail would leave."
            )
            return OwnFigure(arrived_ms - run.wait_ms, because, ((condition, run),))
    return None


def work_share(own: OwnRuns) -> OwnFigure | None:
    """How many percent of a wait inside the request were the work."""
    for condition, run in own.pairs:
        stamps = run.web_stamps
        if run.wait_ms and {"work_started", "work_finished"} <= stamps.keys():
            work_ms = 1000 * (stamps["work_finished"] - stamps["work_started"])
            because = (
                f"The work took {said(work_ms)} of {said(run.wait_ms)}. No more than that can a queue take out of the "
                "wait."
            )
            return OwnFigure(min(100.0, 100 * work_ms / run.wait_ms), because, ((condition, run),))
    return None


def response_inline(own: OwnRuns) -> OwnFigure | None:
    """The wait in ms for an answer whose work was done inside the request."""
    return _response(own, was_queued=False)


def response_queued(own: OwnRuns) -> OwnFigure | None:
    """The wait in ms for an answer whose work was queued."""
    return _response(own, was_queued=True)


# By name, with its unit: what every lab can be asked about whose runs are requests.
FIGURES: dict[str, tuple[str, ReadFigure]] = {
    "apart": ("ms", apart),
    "ratio": ("times", ratio),
    "mail-after": ("ms", mail_after),
    "work-share": ("%", work_share),
    "response-inline": ("ms", response_inline),
    "response-queued": ("ms", response_queued),
}


def own_runs(lab: Lab, learner: Learner) -> Iterator[OwnRuns]:
    """The newest finished run of each condition, together for each setting of the lab, the last used setting first."""
    newest_first = Run.objects.filter(learner=learner, lab=lab.slug).order_by("-created_at")[:RUNS_READ]
    settings: dict[tuple[tuple[str, int], ...], dict[str, Run]] = {}
    for run in newest_first:
        if run.phase == "done":
            settings.setdefault(tuple(sorted(run.parameters.items())), {}).setdefault(run.condition, run)
    for by_condition in settings.values():
        yield paired(lab, by_condition.values())


def paired(lab: Lab, runs: Iterable[Run]) -> OwnRuns:
    """These runs, one of a condition, in the order of the lab's conditions."""
    by_condition = {run.condition: run for run in runs}
    return OwnRuns(lab, [(c, by_condition[c.slug]) for c in lab.conditions if c.slug in by_condition])


def prediction_off(lab: Lab, learner: Learner) -> Measured | None:
    """By how many ms the newest prediction was off the median measured since, for the way where it was off the most."""
    measured = [one for one in calibrated(learner) if one.lab.slug == lab.slug and one.measured_ms is not None]
    if not measured:
        return None
    newest = max(one.at for one in measured)
    most = max((one for one in measured if one.at == newest), key=lambda one: abs(one.off_ms))
    because = (
        f"“{most.condition.label}”: you predicted {said(most.predicted_ms)} and measured {said(most.measured_ms or 0)}"
        f"{f' at the median of {most.n}' if most.n > 1 else ''}."
    )
    return Measured(abs(most.off_ms), "ms", because, _address(lab))


def register_figures() -> None:
    """Make the figures of all labs known to `learners.measured`."""
    for lab in all_labs().values():
        if isinstance(lab, ExperimentLab):
            _register_results(lab)
        else:
            _register_runs(lab)


def _register_runs(lab: Lab) -> None:
    source = Source(lab.title, _address(lab), RUN_BOTH)
    for name, (unit, read) in FIGURES.items():
        register(f"{lab.slug}/{name}", _of_newest_runs(lab, unit, read), unit=unit, source=source)
    predicting = Source(lab.title, _address(lab), PREDICT_FIRST)
    register(f"{lab.slug}/prediction-off", lambda learner: prediction_off(lab, learner), unit="ms", source=predicting)


def _register_results(lab: ExperimentLab) -> None:
    source = Source(lab.title, _address(lab), f"Run it once; that takes about {lab.expected_s(lab.defaults):.0f} s.")
    for figure in lab.figures:
        register(f"{lab.slug}/{figure.slug}", _of_newest_result(lab, figure), unit=figure.unit, source=source)


def _of_newest_runs(lab: Lab, unit: str, read: ReadFigure) -> Provider:
    def provider(learner: Learner) -> Measured | None:
        found = next((figure for own in own_runs(lab, learner) if (figure := read(own))), None)
        if found is None:
            return None
        newest = max((run for _, run in found.read_from), key=lambda run: run.created_at)
        return Measured(found.value, unit, found.because, reverse("bench:run", args=[lab.slug, newest.pk]))

    return provider


def _of_newest_result(lab: ExperimentLab, figure: ResultFigure) -> Provider:
    def provider(learner: Learner) -> Measured | None:
        done = newest_done_of(learner, lab)
        found = figure.read(done.result) if done else None
        if done is None or found is None:
            return None
        value, because = found
        return Measured(value, figure.unit, because, reverse("bench:experiment", args=[lab.slug, done.pk]))

    return provider


def _response(own: OwnRuns, *, was_queued: bool) -> OwnFigure | None:
    for condition, run in own.pairs:
        if run.was_queued == was_queued and run.wait_ms is not None:
            because = f"“{condition.label}”: the answer came after {said(run.wait_ms)}."
            return OwnFigure(run.wait_ms, because, ((condition, run),))
    return None


def _extremes(own: OwnRuns) -> tuple[tuple[float, Pair], tuple[float, Pair]] | None:
    """The greatest and the least of the lab's figure with where they were measured; None with fewer than two."""
    figures = [(value, pair) for pair in own.pairs if (value := own.lab.figure.read(pair[1])) is not None]
    if len(figures) < 2:
        return None
    return max(figures, key=_value), min(figures, key=_value)


def _value(figure: tuple[float, Pair]) -> float:
    return figure[0]


def _address(lab: Lab) -> str:
    return f"/labs/{lab.slug}/"  # asked for while apps start, before there are addresses to reverse
