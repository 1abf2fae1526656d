"""How much one learner, and everybody together, may ask of the labs."""

from datetime import timedelta

from django.utils import timezone

from labs.bench.models import Run
from learners.models import Learner

RUNS_PER_MINUTE = 120
CROWD_PER_5_S = 60


def too_many(learner: Learner) -> str:
    """Why this learner must wait before the next run; empty when they need not."""
    now = timezone.now()
    if Run.objects.filter(learner=learner, created_at__gt=now - timedelta(minutes=1)).count() >= RUNS_PER_MINUTE:
        return f"That is {RUNS_PER_MINUTE} runs in one minute. Wait a minute; your earlier runs are kept."
    return ""


def crowd_is_full() -> bool:
    """Are so many runs made outside the measuring slots that one more would only measure the others?"""
    since = timezone.now() - timedelta(seconds=5)
    return Run.objects.filter(crowded=True, created_at__gt=since).count() >= CROWD_PER_5_S
