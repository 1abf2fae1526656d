"""Runs: rows made before the work and completed after the measured part, so a run survives a dead Redis."""

import secrets
from typing import Any

from django.db import models

from learners.models import Learner


def run_key() -> str:
    """128 random bits: whoever has the address of a run may see it, nobody can guess one."""
    return secrets.token_urlsafe(16)


class Run(models.Model):
    """One piece of real work under one condition.

    All stamps are seconds since the epoch, by the clock of the part that wrote them: the web process, the worker,
    the mail server, the browser. Each part writes its own column, so none overwrites another's.

    `others`: who stood in line when it began, and requests of other people that its web process served meanwhile.
    `alone` is decided when it is over (labs.bench.crowd), None before; `crowded` says that it shows others and not only
    itself, `crowd_note` why.
    """

    id = models.CharField(primary_key=True, max_length=22, default=run_key, editable=False)
    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="runs")
    lab = models.CharField(max_length=60)
    condition = models.CharField(max_length=30)
    parameters = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    slot = models.PositiveSmallIntegerField(null=True, unique=True)
    slot_until = models.DateTimeField(null=True)
    crowded = models.BooleanField(default=False)
    crowd_note = models.CharField(max_length=300, blank=True)
    others = models.PositiveIntegerField(default=0)
    alone = models.BooleanField(null=True)

    web_stamps = models.JSONField(default=dict)
    worker_stamps = models.JSONField(default=dict)
    mail_stamps = models.JSONField(default=dict)
    browser_stamps = models.JSONField(default=dict)
    error = models.CharField(max_length=300, blank=True)
    broker = models.CharField(max_length=60, blank=True)

    class Meta:
        """Read by learner and lab, newest first."""

        indexes = [
            models.Index(fields=["learner", "lab", "-created_at"], name="run_by_learner"),
            models.Index(fields=["created_at"], name="run_by_time"),
            models.Index(fields=["lab", "condition", "-created_at"], name="run_by_condition"),
        ]

    def __str__(self) -> str:
        return f"{self.lab}/{self.condition} {self.pk}"

    @property
    def was_queued(self) -> bool:
        """Was a message published, or at least tried to be?"""
        return "publish_started" in self.web_stamps

    @property
    def phase(self) -> str:
        """`failed`, `working` (in the request), `waiting` (in Redis), `started` (in the worker) or `done`."""
        if self.error:
            return "failed"
        if "finished" in self.worker_stamps or ("left" in self.web_stamps and not self.was_queued):
            return "done"
        if "started" in self.worker_stamps:
            return "started"
        return "waiting" if self.was_queued else "working"

    @property
    def is_final(self) -> bool:
        """Will nothing more happen to it?"""
        return self.phase in {"failed", "done"}

    @property
    def interrupted(self) -> str:
        """`hidden` when the tab was in the background meanwhile, `slept` when the machine slept, else empty."""
        return str(self.browser_stamps.get("interrupted", ""))

    @property
    def counts(self) -> bool:
        """May it stand in a median? It is done, and nothing else was measured with it."""
        return self.phase == "done" and not self.crowded and not self.interrupted

    @property
    def response_ms(self) -> float | None:
        """Milliseconds from request to answer, by the browser's clock; None when no script measured."""
        return _between_ms(self.browser_stamps, "sent", "received")

    @property
    def view_ms(self) -> float | None:
        """Milliseconds that the Django view took, by the web process's clock."""
        return _between_ms(self.web_stamps, "arrived", "left")

    @property
    def ended_at(self) -> float | None:
        """When the work was done, in seconds since the epoch by the clock of where it was done; None before."""
        at = self.worker_stamps.get("finished") if self.was_queued else self.web_stamps.get("left")
        return None if at is None else float(at)

    @property
    def done_ms(self) -> float | None:
        """Milliseconds from the request's arrival until the work was done; None before."""
        arrived = self.web_stamps.get("arrived")
        return None if arrived is None or self.ended_at is None else 1000 * (self.ended_at - float(arrived))

    @property
    def wait_ms(self) -> float | None:
        """The wait for an answer in ms: what the browser saw, else the view's own time."""
        return self.view_ms if self.response_ms is None else self.response_ms


class Place(models.Model):
    """A learner's place in the line for a measuring slot: since when, and when they last asked for one."""

    learner = models.OneToOneField(Learner, on_delete=models.CASCADE, primary_key=True, related_name="place")
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        """Read first come first."""

        indexes = [models.Index(fields=["since"], name="place_by_time")]

    def __str__(self) -> str:
        return f"in line since {self.since}"


class Experiment(models.Model):
    """One experiment of a bench lab: it waits in line, runs in a process of its own, and ends in one of three ways.

    `progress` is the last labs.bench.experiments.lab.Progress as JSON, `events` what it said so far with seconds since
    the start. `seen_at` is when its process last told its progress. `result` is the lab's own, `error` is for people.
    """

    class State(models.TextChoices):
        """Where it is."""

        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        STOPPED = "stopped"

    id = models.CharField(primary_key=True, max_length=22, default=run_key, editable=False)
    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="experiments")
    lab = models.CharField(max_length=60)
    parameters = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    stop_asked = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    progress = models.JSONField(default=dict)
    events = models.JSONField(default=list)
    result = models.JSONField(default=dict)
    error = models.CharField(max_length=600, blank=True)

    class Meta:
        """One runs at a time on the whole site; a learner has at most one that is not over."""

        indexes = [models.Index(fields=["learner", "lab", "-created_at"], name="experiment_by_learner")]
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=models.Q(state="running"), name="one_experiment_runs"),
            models.UniqueConstraint(
                fields=["learner"], condition=models.Q(state__in=["waiting", "running"]), name="one_experiment_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lab} {self.pk}: {self.state}"

    @property
    def partial(self) -> str:
        """How much there is of it, in words, when it was stopped before its end; empty when it is whole."""
        return str(self.result.get("partial", ""))

    @property
    def is_final(self) -> bool:
        """Will nothing more happen to it?"""
        return self.state not in {self.State.WAITING, self.State.RUNNING}


def _between_ms(stamps: dict[str, Any], start: str, end: str) -> float | None:
    if start not in stamps or end not in stamps:
        return None
    return float(1000 * (stamps[end] - stamps[start]))
