"""The line of experiments: one runs at a time on the whole site, the others wait in the order in which they came.

Everything here is rows and their states. What starts a process is in keeper, what runs in it in process.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from labs.bench.experiments.lab import Progress, Stopped
from labs.bench.experiments.registry import Measurable, all_experiments
from labs.bench.models import Experiment, Run
from learners.models import Learner

LONGEST_S = 60.0  # an experiment that runs longer is ended
SILENT_S = 30.0  # one that has not told its progress for this long has no process any more
IN_A_WHILE, WHILE = 6, timedelta(minutes=10)  # so many experiments of one learner in so long
LONGEST_LINE = 20  # at half a minute each, who came later would wait for more than ten minutes
LONGEST_ERROR = 600
STALE = "The process that measured is gone, and told nobody why. All its parts are gone too. Run it again."

State = Experiment.State
OPEN = (State.WAITING, State.RUNNING)


class Refused(Exception):
    """No experiment was made; the message says why and when it can be."""


def ask(lab: Measurable, learner: Learner, parameters: Mapping[str, int]) -> Experiment:
    """A new experiment at the end of the line. Raises Refused.

    A learner who has one in the line already gets that one, whatever the parameters: two tabs are one person. When it
    is an experiment of another kind, it is told and comes first.
    """
    if (own := open_of(learner)) is not None:
        return _of_that_kind(own, lab)
    if reason := _too_many(learner):
        raise Refused(reason)
    try:
        with transaction.atomic():
            return Experiment.objects.create(lab=lab.slug, learner=learner, parameters=dict(parameters))
    except IntegrityError:  # the other tab was quicker
        return _of_that_kind(Experiment.objects.get(learner=learner, state__in=OPEN), lab)


def _of_that_kind(own: Experiment, lab: Measurable) -> Experiment:
    if own.lab != lab.slug:
        raise Refused("You are in line with another experiment. When that one has ended, press again.")
    return own


def _too_many(learner: Learner) -> str:
    since = timezone.now() - WHILE
    if learner.experiments.filter(created_at__gt=since).count() >= IN_A_WHILE:
        return f"That is {IN_A_WHILE} experiments in 10 minutes. Wait a few minutes; your results are kept."
    if Experiment.objects.filter(state__in=OPEN).count() >= LONGEST_LINE:
        return f"{LONGEST_LINE} people are in line before you, about ten minutes. Come back later; nothing is lost."
    return ""


def open_of(learner: Learner) -> Experiment | None:
    """The learner's experiment that waits or runs."""
    return learner.experiments.filter(state__in=OPEN).first()


def newest_of(learner: Learner | None, lab: Measurable) -> Experiment | None:
    """The learner's last experiment in this lab, whatever became of it."""
    if learner is None:
        return None
    return learner.experiments.filter(lab=lab.slug).order_by("-created_at").first()


def newest_result_of(learner: Learner | None, lab: Measurable) -> Experiment | None:
    """The learner's last experiment in this lab that has a result, be it a partial one."""
    return None if learner is None else with_result(learner.experiments.filter(lab=lab.slug)).first()


def with_result(experiments: QuerySet[Experiment]) -> QuerySet[Experiment]:
    """Those that came to their end, or were stopped when there was something to keep; newest first."""
    partial = Q(state=State.STOPPED, result__has_key="partial")
    return experiments.filter(Q(state=State.DONE) | partial).order_by("-created_at")


def newest_done_of(learner: Learner | None, lab: Measurable) -> Experiment | None:
    """The learner's last experiment in this lab that came to its end."""
    if learner is None:
        return None
    return learner.experiments.filter(lab=lab.slug, state=State.DONE).order_by("-created_at").first()


def stop(experiment: Experiment) -> None:
    """Leave the line at once, or ask the running process to stop after the measurement it is in."""
    waiting = Experiment.objects.filter(pk=experiment.pk, state=State.WAITING)
    if not waiting.update(state=State.STOPPED, finished_at=timezone.now()):
        Experiment.objects.filter(pk=experiment.pk, state=State.RUNNING).update(stop_asked=True)


def take_next() -> Experiment | None:
    """The first in line, now running; None when nobody waits or somebody runs."""
    _fail_silent_ones()
    first = Experiment.objects.filter(state=State.WAITING).order_by("created_at", "pk").first()
    if first is None:
        return None
    now = timezone.now()
    try:
        with transaction.atomic():  # the database allows one running row, so of two web processes one gets it
            taken = Experiment.objects.filter(pk=first.pk, state=State.WAITING).update(
                state=State.RUNNING, started_at=now, seen_at=now
            )
    except IntegrityError:
        return None
    return Experiment.objects.get(pk=first.pk) if taken else None


def note_progress(experiment: Experiment, progress: Progress) -> None:
    """Write down how far it is. Raises Stopped when that was wished, or when the row is not running any more."""
    now = timezone.now()
    if not experiment.events or experiment.events[-1]["text"] != progress.text:
        assert experiment.started_at is not None
        after_s = (now - experiment.started_at).total_seconds()
        experiment.events.append({"after_s": round(after_s, 2), "text": progress.text})
    noted = _running(experiment).update(seen_at=now, progress=asdict(progress), events=experiment.events)
    if not noted or _running(experiment).filter(stop_asked=True).exists():
        raise Stopped


def complete(experiment: Experiment, result: dict[str, Any]) -> None:
    """Keep the result."""
    _running(experiment).update(state=State.DONE, finished_at=timezone.now(), result=result)


def keep_partial(experiment: Experiment, result: dict[str, Any]) -> None:
    """Somebody stopped it; keep what had been measured until then."""
    _running(experiment).update(state=State.STOPPED, finished_at=timezone.now(), result=result)


def end(experiment: Experiment, state: str, error: str = "") -> None:
    """It ended without a result: stopped, or failed with an error in words. Says nothing when it had ended already."""
    _running(experiment).update(state=state, finished_at=timezone.now(), error=error[:LONGEST_ERROR])


def others_meanwhile(experiment: Experiment) -> int:
    """How many timed runs of other labs were made while it ran: on one machine they disturb each other."""
    return Run.objects.filter(created_at__gte=experiment.started_at).count()


def ahead_of(experiment: Experiment) -> list[Experiment]:
    """Who runs or waits before this one, in order."""
    earlier = Q(created_at__lt=experiment.created_at) | Q(created_at=experiment.created_at, pk__lt=experiment.pk)
    before = Q(state=State.RUNNING) | Q(state=State.WAITING) & earlier
    return list(Experiment.objects.filter(before).exclude(pk=experiment.pk).order_by("created_at", "pk"))


def remaining_s(experiment: Experiment) -> float:
    """How many seconds it probably still takes, at least one."""
    lab = all_experiments().get(experiment.lab)
    expected_s = lab.expected_s(experiment.parameters) if lab else LONGEST_S
    if experiment.started_at is not None:
        expected_s -= (timezone.now() - experiment.started_at).total_seconds()
    return max(1.0, expected_s)


def _running(experiment: Experiment) -> QuerySet[Experiment]:
    return Experiment.objects.filter(pk=experiment.pk, state=State.RUNNING)


def _fail_silent_ones() -> None:
    now = timezone.now()
    too_long = Q(started_at__lt=now - timedelta(seconds=LONGEST_S + SILENT_S))
    silent = Q(seen_at__lt=now - timedelta(seconds=SILENT_S)) | too_long
    Experiment.objects.filter(silent, state=State.RUNNING).update(state=State.FAILED, finished_at=now, error=STALE)
