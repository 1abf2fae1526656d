"""Was a run measured in a crowd? It is held against the same run alone: made while nobody else was served.

A run is judged when it is over and somebody asks for it, not in its own answer. A run that was alone counts as it is;
others are held against it. A run that was not alone counts if its figures are within 20 % of those made alone; else it
is labelled, counts in no median and is offered again.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median

from django.db.models import Q, QuerySet

from labs.bench.models import Experiment, Run
from labs.bench.timeline import said

OFF_BY = 0.2  # of the figure alone; more than this, and the run shows the crowd
NEWEST_ALONE, FEWEST_ALONE = 15, 3
FEWEST_FOR_LEAST = 5
RUNS_READ = 200
LONGEST_RUN = timedelta(minutes=2)
AGAIN = "It counts in no median. Run it again."
NOBODY_ALONE = (
    f"Others were served meanwhile, and nobody has made this run alone yet, so nobody can say what they added. {AGAIN}"
)


@dataclass(frozen=True)
class Alone:
    """The same run alone, in ms: its view, from the request's arrival until the work was done, and the rest of the
    answer's time, which is neither the view's nor the network's; None when no browser has measured it."""

    view_ms: float
    done_ms: float
    rest_ms: float | None


def judged(runs: Iterable[Run]) -> list[Run]:
    """The runs, each judged that is over and was not yet."""
    found = list(runs)
    for run in found:
        judge(run)
    return found


def judge(run: Run) -> None:
    """Decide whether the run was alone, and if not, whether it was measured in a crowd. Keeps what was decided."""
    if run.alone is not None or run.phase != "done" or run.done_ms is None:
        return
    run.alone = is_alone(run)
    if not run.alone and not run.crowded:
        run.crowd_note = what_the_crowd_did(run)
        run.crowded = bool(run.crowd_note)
    Run.objects.filter(pk=run.pk).update(alone=run.alone, crowded=run.crowded, crowd_note=run.crowd_note)


def is_alone(run: Run) -> bool:
    """Was no request of other people served, no other run made, and no experiment carried out meanwhile?"""
    if run.others or run.crowded:
        return False
    start, end = _at(run.web_stamps["arrived"]), _at(run.ended_at or run.web_stamps["arrived"])
    near = Run.objects.exclude(pk=run.pk).filter(created_at__range=(start - LONGEST_RUN, end))
    if any(_still_busy_at(start, other) for other in near):
        return False
    going_on = Q(finished_at__gte=start) | Q(finished_at=None, state=Experiment.State.RUNNING)
    return not Experiment.objects.filter(going_on, started_at__lte=end).exists()


def _still_busy_at(start: datetime, run: Run) -> bool:
    """A message that nobody takes is no work: such a run is over for now once its view is."""
    until = run.ended_at or run.web_stamps.get("left")
    return until is None or _at(until) >= start


def what_the_crowd_did(run: Run) -> str:
    """In words, by how much which figure is off; empty when all are within 20 % of the same run alone."""
    alone = same_run_alone(run)
    if alone is None:
        return NOBODY_ALONE
    for what, found_ms, alone_ms in _compared(run, alone):
        if abs(found_ms - alone_ms) > OFF_BY * alone_ms:
            compared = f"{what} {said(found_ms)}; alone on this machine it is {said(alone_ms)}"
            return f"Others were served meanwhile. {compared}. {AGAIN}"
    return ""


def _compared(run: Run, alone: Alone) -> Iterator[tuple[str, float, float]]:
    """Each figure of the run in ms, with the one alone."""
    assert run.view_ms is not None
    assert run.done_ms is not None
    yield "The view took", run.view_ms, alone.view_ms
    yield "The work was done after", run.done_ms, alone.done_ms
    way_ms = _way_ms(run)
    if run.response_ms is not None and way_ms is not None and alone.rest_ms is not None:
        yield "The answer took", run.response_ms, alone.view_ms + alone.rest_ms + way_ms


def same_run_alone(run: Run) -> Alone | None:
    """The median of the newest such runs made alone; while they are fewer than three, the quickest of five or more.

    One run alone may have been a process's first, which takes longer; the crowd never makes a run quicker. With fewer
    runs than that it is what there is alone; None without any: nobody can tell then.
    """
    same = Run.objects.exclude(pk=run.pk).filter(lab=run.lab, condition=run.condition, error="")
    alone = _same_setting(same.filter(alone=True), run)[:NEWEST_ALONE]
    if len(alone) >= FEWEST_ALONE:
        return _figures(alone, median)
    everybodys = _same_setting(same, run)
    if len(everybodys) >= FEWEST_FOR_LEAST:
        return _figures(everybodys, min)
    return _figures(alone, median) if alone else None


def _same_setting(runs: QuerySet[Run], run: Run) -> list[Run]:
    newest = runs.order_by("-created_at")[:RUNS_READ]
    return [one for one in newest if one.parameters == run.parameters and one.phase == "done" and one.done_ms]


def _figures(runs: Sequence[Run], middle: Callable[[list[float]], float]) -> Alone:
    rest_ms = [one for one in map(_rest_ms, runs) if one is not None]
    return Alone(
        middle([run.view_ms for run in runs if run.view_ms is not None]),
        middle([run.done_ms for run in runs if run.done_ms is not None]),
        middle(rest_ms) if rest_ms else None,
    )


def _rest_ms(run: Run) -> float | None:
    way_ms = _way_ms(run)
    if run.response_ms is None or run.view_ms is None or way_ms is None:
        return None
    return max(0.0, run.response_ms - run.view_ms - way_ms)


def _way_ms(run: Run) -> float | None:
    """There and back between this browser and the server: the error of the best exchange of clocks is half of it."""
    error_s = run.browser_stamps.get("clock_error_s")
    return None if error_s is None else float(2000 * error_s)


def _at(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
