"""Measuring slots: few timed runs at once, so that a learner measures the queue and not the class."""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from labs.bench.models import Run

LONGEST_HOLD_S = 10.0  # a run that waits for a dead worker gives its place to others after this


class NoSlotFree(Exception):
    """Every measuring slot is taken."""


def start_in_slot(run: Run) -> None:
    """Save a new run in the first free slot, in one INSERT when there is no crowd. Raises NoSlotFree."""
    for attempt in range(2):
        for number in range(settings.MEASURING_SLOTS):
            if _saved(run, number):
                return
        if attempt == 0 and not _free_abandoned():
            break
    run.slot = run.slot_until = None
    raise NoSlotFree


def start_in_crowd(run: Run) -> None:
    """Save a new run without a slot. It, and every run that it may disturb, is marked as measured in a crowd."""
    run.crowded = True
    run.save(force_insert=True)
    Run.objects.filter(slot__isnull=False).update(crowded=True)


def _saved(run: Run, number: int) -> bool:
    run.slot, run.slot_until = number, timezone.now() + timedelta(seconds=LONGEST_HOLD_S)
    try:
        with transaction.atomic():
            run.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def _free_abandoned() -> int:
    return Run.objects.filter(slot__isnull=False, slot_until__lt=timezone.now()).update(slot=None)
