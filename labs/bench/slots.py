"""Measuring slots: few timed runs at once, so that a learner measures the queue and not the class.

Who finds every slot taken stands in one line for the whole site, first come first. A place is kept as long as its
learner goes on asking; nobody who comes later starts before them.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from labs.bench.models import Place, Run
from labs.bench.place_in_line import place_in_words
from learners.models import Learner

LONGEST_HOLD_S = 10.0  # a run that waits for a dead worker gives its place to others after this
GONE_AFTER_S = 5.0  # who has not asked for so long has left the line
NOTED_EVERY_S = 1.0  # asking more often than this is not written down again: others are measuring
LONGEST_LINE = 200
AGAIN_MS, LONGEST_AGAIN_MS = 150, 2000  # the first in line asks this often; who has longer to wait asks less often


class NoSlotFree(Exception):
    """Every measuring slot is taken, or promised to those who came before. `ahead` of this learner are so many."""

    def __init__(self, ahead: int = 0) -> None:
        super().__init__(f"{place_in_words(ahead)}. Others are measuring; your clock starts when it is your turn.")
        self.ahead = ahead

    @property
    def is_full(self) -> bool:
        """Is the line so long that nobody more may join it?"""
        return self.ahead >= LONGEST_LINE

    @property
    def again_ms(self) -> int:
        """After how many ms it is worth asking again."""
        return min(AGAIN_MS * (self.ahead + 1), LONGEST_AGAIN_MS)


def start_in_slot(run: Run) -> None:
    """Save a new run in the first free slot, in one INSERT when there is no crowd. Raises NoSlotFree."""
    line = _line()
    learners = [place.pk for place in line]
    ahead = learners.index(run.learner_id) if run.learner_id in learners else len(line)
    run.others = len(set(learners) - {run.learner_id})
    if not ahead or ahead < _free_slots():
        for attempt in range(2):
            for number in range(settings.MEASURING_SLOTS):
                if _saved(run, number, leaves_line=ahead < len(line)):
                    return
            if attempt == 0 and not _free_abandoned():
                break
    run.slot = run.slot_until = None
    _keep_place(run.learner, line, ahead)
    raise NoSlotFree(ahead)


def start_in_crowd(run: Run) -> None:
    """Save a new run without a slot. It, and every run that it may disturb, is marked as measured in a crowd."""
    run.crowded = True
    run.save(force_insert=True)
    Run.objects.filter(slot__isnull=False).update(crowded=True)
    Place.objects.filter(learner=run.learner).delete()


def people_in_line() -> int:
    """How many stand in line for a measuring slot, on the whole site."""
    return len(_line())


def _line() -> list[Place]:
    """Who stands in line, first come first."""
    gone = timezone.now() - timedelta(seconds=GONE_AFTER_S)
    return list(Place.objects.filter(seen_at__gt=gone).order_by("since", "pk"))


def _keep_place(learner: Learner, line: Sequence[Place], ahead: int) -> None:
    now = timezone.now()
    if ahead < len(line):
        if line[ahead].seen_at < now - timedelta(seconds=NOTED_EVERY_S):
            Place.objects.filter(learner=learner).update(seen_at=now)
    elif len(line) < LONGEST_LINE:
        _join(learner, now)


def _join(learner: Learner, now: datetime) -> None:
    Place.objects.filter(seen_at__lt=now - timedelta(seconds=GONE_AFTER_S)).delete()
    place = Place(learner=learner, since=now, seen_at=now)
    Place.objects.bulk_create([place], ignore_conflicts=True)  # the learner's other tab may have joined just now


def _free_slots() -> int:
    taken = Run.objects.filter(slot__isnull=False, slot_until__gte=timezone.now()).count()
    return int(settings.MEASURING_SLOTS) - taken


def _saved(run: Run, number: int, *, leaves_line: bool) -> bool:
    run.slot, run.slot_until = number, timezone.now() + timedelta(seconds=LONGEST_HOLD_S)
    try:
        with transaction.atomic():
            run.save(force_insert=True)
            if leaves_line:
                Place.objects.filter(learner=run.learner).delete()
    except IntegrityError:
        return False
    return True


def _free_abandoned() -> int:
    return Run.objects.filter(slot__isnull=False, slot_until__lt=timezone.now()).update(slot=None)
