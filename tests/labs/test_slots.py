"""Measuring slots: two timed runs at once, and everybody else knows it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from labs.bench.models import Run
from labs.bench.slots import NoSlotFree, start_in_crowd, start_in_slot
from learners.models import Learner

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_slots(settings):
    settings.MEASURING_SLOTS = 2


@pytest.fixture
def ada():
    return Learner.objects.create()


def new_run(learner: Learner) -> Run:
    return Run(learner=learner, lab="email-in-request", condition="inside")


def test_two_runs_hold_the_two_slots_and_the_third_is_told(ada):
    start_in_slot(new_run(ada))
    start_in_slot(new_run(ada))
    with pytest.raises(NoSlotFree):
        start_in_slot(new_run(ada))
    assert Run.objects.count() == 2


def test_a_slot_given_back_is_taken_again(ada):
    first = new_run(ada)
    start_in_slot(first)
    start_in_slot(new_run(ada))
    Run.objects.filter(pk=first.pk).update(slot=None)
    start_in_slot(third := new_run(ada))
    assert third.slot == first.slot


def test_a_run_whose_worker_never_came_loses_its_slot_in_the_end(ada):
    for _ in range(2):
        start_in_slot(new_run(ada))
    Run.objects.update(slot_until=timezone.now() - timedelta(seconds=1))
    start_in_slot(new_run(ada))
    assert Run.objects.filter(slot__isnull=False).count() == 1


def test_a_run_in_the_crowd_marks_itself_and_those_it_disturbs(ada):
    start_in_slot(measured := new_run(ada))
    start_in_crowd(crowd := new_run(ada))
    measured.refresh_from_db()
    assert crowd.crowded
    assert measured.crowded
