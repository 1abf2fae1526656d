"""Measuring slots: two timed runs at once, and everybody else knows it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from labs.bench import slots
from labs.bench.models import Place, Run
from labs.bench.slots import GONE_AFTER_S, NoSlotFree, people_in_line, start_in_crowd, start_in_slot
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


def wait_for(learner: Learner) -> NoSlotFree:
    with pytest.raises(NoSlotFree) as refused:
        start_in_slot(new_run(learner))
    return refused.value


@pytest.fixture
def everybody(ada):
    """Ada measures twice; Bob, Eve and Otto come one after the other and are told their places."""
    for _ in range(2):
        start_in_slot(new_run(ada))
    bob, eve, otto = (Learner.objects.create() for _ in range(3))
    assert [wait_for(one).ahead for one in (bob, eve, otto)] == [0, 1, 2]
    return bob, eve, otto


def test_each_is_told_a_place_in_line_and_asks_less_often_the_longer_it_is(everybody):
    bob, eve, otto = everybody
    assert str(wait_for(bob)).startswith("You are next. ")
    assert str(wait_for(otto)).startswith("You are third in line. ")
    assert wait_for(otto).again_ms > wait_for(eve).again_ms > wait_for(bob).again_ms
    assert people_in_line() == 3


def test_who_came_first_starts_first(everybody):
    bob, eve, otto = everybody
    Run.objects.filter(slot=0).update(slot=None)
    assert wait_for(otto).ahead == 2, "the free slot is Bob's"
    assert wait_for(Learner.objects.create()).ahead == 3
    start_in_slot(run := new_run(bob))
    assert run.slot == 0
    assert wait_for(eve).ahead == 0


def test_two_free_slots_are_for_the_first_two(everybody):
    _, eve, otto = everybody
    Run.objects.update(slot=None)
    assert wait_for(otto).ahead == 2
    start_in_slot(new_run(eve))


def test_who_no_longer_asks_has_left_the_line(everybody):
    bob, eve, _ = everybody
    Place.objects.filter(learner=bob).update(seen_at=timezone.now() - timedelta(seconds=GONE_AFTER_S + 1))
    Run.objects.filter(slot=0).update(slot=None)
    start_in_slot(new_run(eve))
    assert wait_for(bob).ahead == 1, "and comes back behind Otto"


def test_who_asks_at_the_end_of_a_line_that_is_full_is_not_let_in(everybody, monkeypatch):
    monkeypatch.setattr(slots, "LONGEST_LINE", 3)
    assert wait_for(Learner.objects.create()).is_full
    assert people_in_line() == 3


def test_those_in_line_are_company_for_who_measures(everybody):
    Run.objects.filter(slot=0).update(slot=None)
    start_in_slot(run := new_run(everybody[0]))
    assert run.others == 2


def test_who_gets_a_slot_in_the_crowd_leaves_the_line_and_nobody_else_does(everybody):
    bob, eve, otto = everybody
    start_in_crowd(new_run(eve))
    assert set(Place.objects.values_list("learner_id", flat=True)) == {bob.pk, otto.pk}


def test_who_asks_again_is_seen_again_and_nobody_else_is(everybody):
    bob, eve, otto = everybody
    earlier = timezone.now() - timedelta(seconds=slots.NOTED_EVERY_S + 1)
    Place.objects.update(seen_at=earlier)
    assert wait_for(eve).ahead == 1
    assert set(Place.objects.filter(seen_at=earlier).values_list("learner_id", flat=True)) == {bob.pk, otto.pk}
