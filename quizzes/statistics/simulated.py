"""Simulated learners: how they are told from real ones."""

from uuid import UUID

from django.db.models import QuerySet

from learners.models import Learner
from quizzes.models import Count
from quizzes.statistics.counting import SIMULATED

MOST = 10_000
FIRST = UUID("51310a1e-0000-8000-8000-000000000000")
"""Their ids count up from here. Version 8 (RFC 9562: for one's own use); a real learner's id is random, version 4."""


def simulated_id(number: int) -> UUID:
    """The id of one simulated learner."""
    return UUID(int=FIRST.int + number)


def is_simulated(learner: UUID) -> bool:
    """Whether a learner's id is one of theirs."""
    return FIRST.int <= learner.int < FIRST.int + MOST


def simulated_learners() -> QuerySet[Learner]:
    """All of them that there are."""
    return Learner.objects.filter(pk__gte=FIRST, pk__lt=simulated_id(MOST))


def remove_simulated() -> int:
    """Delete them with all they did and all that was counted of it. Returns how many there were."""
    learners = simulated_learners()
    how_many = learners.count()
    learners.delete()
    Count.objects.filter(what__startswith=SIMULATED).delete()
    return how_many
