"""Ada's run is held against the same run alone: it counts within 20 %, else it is labelled and she is told why."""

import time
from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import timezone

from labs.bench import company, crowd
from labs.bench.forms import BrowserStamps
from labs.bench.models import Experiment, Run
from labs.bench.runs import keep_browser_stamps
from learners.models import Learner

pytestmark = pytest.mark.django_db
NOW = 1_795_000_000.0


@pytest.fixture
def ada():
    return Learner.objects.create()


@pytest.fixture
def bob():
    return Learner.objects.create()


def run_of(learner: Learner, view_ms: float, *, at: float = NOW, others: int = 0, **more: Any) -> Run:
    """A run, inside the request unless told otherwise, that began at `at` and is over."""
    stamps = {"arrived": at, "left": at + view_ms / 1000}
    usual = {"lab": "email-in-request", "condition": "inside", "web_stamps": stamps, "others": others}
    run = Run(learner=learner, **(usual | more))
    run.save()
    Run.objects.filter(pk=run.pk).update(created_at=datetime.fromtimestamp(at, UTC))
    return run


def judged(run: Run) -> Run:
    crowd.judge(run)
    run.refresh_from_db()
    return run


@pytest.fixture
def alone(ada):
    """Nine runs of Ada's alone, one a minute, 300 ms at the median."""
    return [judged(run_of(ada, 296 + n, at=NOW - 3600 + 60 * n)) for n in range(9)]


def test_a_run_alone_counts_however_slow_and_is_what_others_are_held_against(alone, ada):
    slow = judged(run_of(ada, 900))
    assert slow.alone
    assert slow.counts
    held_against = crowd.same_run_alone(run_of(ada, 1, at=NOW + 60))
    assert held_against
    assert held_against.view_ms == pytest.approx(300.5, abs=0.01)


@pytest.mark.parametrize(("view_ms", "counts"), [(358, True), (362, False), (242, True), (238, False)])
def test_a_run_among_others_counts_within_20_percent(alone, bob, view_ms, counts):
    assert judged(run_of(bob, view_ms, others=3)).counts is counts


def test_the_label_says_what_it_was_held_against(alone, bob):
    run = judged(run_of(bob, 412, others=1))
    assert run.crowded
    assert "The view took 412 ms; alone on this machine it is 300 ms." in run.crowd_note


@pytest.mark.parametrize(
    "other", [{"parameters": {"mail_wait_ms": 900}}, {"lab": "who-freezes-the-page"}, {"condition": "queued"}], ids=str
)
def test_another_setting_lab_or_way_is_another_run(alone, bob, other):
    assert judged(run_of(bob, 900, others=1, **other)).crowd_note == crowd.NOBODY_ALONE


def test_while_nobody_was_ever_alone_the_quickest_of_five_stands_for_it(bob):
    runs = [run_of(bob, view_ms, others=9, at=NOW + n) for n, view_ms in enumerate((400, 300, 500, 700, 600, 330))]
    assert judged(runs[-1]).counts
    assert "alone on this machine it is 300 ms" in judged(runs[3]).crowd_note


def test_one_slow_first_run_alone_is_not_what_a_class_is_held_against(ada, bob):
    assert judged(run_of(ada, 900, at=NOW - 3600)).alone
    runs = [run_of(bob, view_ms, others=9, at=NOW + n) for n, view_ms in enumerate((310, 300, 305, 320, 330))]
    assert all(judged(run).counts for run in runs)


def test_work_that_the_class_delays_in_the_worker_is_labelled_too(ada, bob):
    def queued(learner: Learner, done_ms: float, at: float, others: int) -> Run:
        run = run_of(learner, 10, at=at, others=others)
        run.web_stamps |= {"publish_started": at, "published": at + 0.005}
        run.worker_stamps = {"started": at + 0.01, "finished": at + done_ms / 1000}
        run.save()
        return judged(run)

    assert queued(ada, 320, NOW - 60, others=0).counts
    run = queued(bob, 900, NOW, others=4)
    assert "The work was done after 900 ms" in run.crowd_note


def stamps(response_ms: float, clock_error_s: float) -> BrowserStamps:
    return BrowserStamps(NOW, NOW + response_ms / 1000, None, True, clock_offset_s=0, clock_error_s=clock_error_s)


def test_an_answer_that_stood_before_the_view_is_labelled_and_a_long_way_is_not(ada, bob):
    """Ada sits beside the server, Bob 100 ms away: his way is in his clock's error, and no crowd."""
    keep_browser_stamps(reference := run_of(ada, 300, at=NOW - 60), stamps(310, 0.002))
    judged(reference)
    keep_browser_stamps(far := run_of(bob, 300, others=1), stamps(406, 0.05))
    assert judged(far).counts
    keep_browser_stamps(stood := run_of(bob, 300, others=1, at=NOW + 60), stamps(520, 0.05))
    assert "The answer took 520 ms; alone on this machine it is 406 ms" in judged(stood).crowd_note


def test_what_the_browser_says_later_is_judged_again(ada, bob):
    keep_browser_stamps(reference := run_of(ada, 300, at=NOW - 60), stamps(310, 0.002))
    judged(reference)
    run = judged(run_of(bob, 300, others=1))
    assert run.counts
    keep_browser_stamps(run, stamps(900, 0.002))
    assert judged(run).crowded


def test_somebody_elses_run_meanwhile_is_company_and_a_message_that_nobody_takes_is_none(ada, bob):
    run_of(bob, 300, at=NOW + 0.1)
    assert not judged(run_of(ada, 300)).alone
    waiting = run_of(bob, 10, at=NOW + 50)
    waiting.web_stamps |= {"publish_started": NOW + 50}
    waiting.save()
    assert judged(run_of(ada, 300, at=NOW + 60)).alone


def test_an_experiment_meanwhile_is_company(ada, bob):
    now = timezone.now()
    Experiment.objects.create(learner=bob, lab="x", state=Experiment.State.RUNNING, started_at=now)
    assert not judged(run_of(ada, 300, at=time.time())).alone


def test_people_who_read_meanwhile_are_company_and_ones_own_tabs_are_not():
    with company.visiting("bob"), company.visiting("ada"), company.watching() as watch:
        with company.visiting("ada"):
            assert watch.others == 1, "Bob was there before"
        with company.visiting("eve"), company.visiting(""):
            pass
    assert watch.others == 3, "nobody knows whose a visit without a cookie is"
    with company.visiting("ada"), company.watching() as later:
        pass
    assert later.others == 0
