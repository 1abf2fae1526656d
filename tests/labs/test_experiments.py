"""The line of experiments: one runs at a time, places are kept, and whatever happens is told."""

import re
from datetime import timedelta

import pytest

from apparatus.processes import PartEnded
from apparatus.redis_server import NoRedisServer
from labs.bench.experiments import line, page, process
from labs.bench.experiments.lab import Progress, Stopped
from labs.bench.experiments.line import Refused, State
from labs.bench.models import Experiment, Run
from learners.models import Learner
from tests.labs.experiment_page import LAB

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody_starts")]


def ask(learner: Learner | None = None, runs: int = 7) -> Experiment:
    return line.ask(LAB, learner or Learner.objects.create(), {"runs": runs})


def begun() -> Experiment:
    """Somebody's experiment that runs."""
    ask()
    experiment = line.take_next()
    assert experiment
    return experiment


def later(seconds: float) -> None:
    """Time goes by: everything that happened did so earlier."""
    for row in Experiment.objects.all():
        for name in ("created_at", "started_at", "seen_at"):
            if at := getattr(row, name):
                setattr(row, name, at - timedelta(seconds=seconds))
        row.save()


def test_one_runs_and_the_others_wait_in_the_order_in_which_they_came():
    first, second, third = ask(), ask(), ask()
    assert line.take_next() == first
    assert line.take_next() is None, "one at a time on the whole site"
    assert line.ahead_of(third) == [first, second]
    first.refresh_from_db()
    line.complete(first, {"rows": []})
    assert line.take_next() == second


def test_the_place_in_line_is_told_with_the_time_it_takes():
    ask()
    line.take_next()
    ask()
    words = page.said(ask())
    told = re.fullmatch(r"You are third in line, about (\d+) s\. .*", words)
    assert told, words
    assert int(told[1]) == pytest.approx(2 * LAB.expected_s({"runs": 7}), abs=2)
    assert "keeps your place" in words


def test_two_tabs_are_one_person_and_have_one_experiment():
    ada = Learner.objects.create()
    assert ask(ada) == ask(ada, runs=3)
    assert Experiment.objects.count() == 1


def test_after_six_in_ten_minutes_a_learner_waits_and_others_do_not():
    ada = Learner.objects.create()
    for _ in range(line.IN_A_WHILE):
        line.stop(ask(ada))
    with pytest.raises(Refused, match="6 experiments in 10 minutes"):
        ask(ada)
    ask()
    later(601)
    ask(ada)


def test_a_line_without_end_is_no_line(monkeypatch):
    monkeypatch.setattr(line, "LONGEST_LINE", 3)
    for _ in range(3):
        ask()
    with pytest.raises(Refused, match="in line before you"):
        ask()


def test_who_leaves_the_line_gives_the_place_to_the_next():
    first, second = ask(), ask()
    line.stop(first)
    assert line.take_next() == second
    first.refresh_from_db()
    assert first.state == State.STOPPED


def test_who_presses_stop_while_it_runs_is_heard_at_the_next_step():
    experiment = begun()
    line.note_progress(experiment, Progress(1, 10, "Round 1"))
    line.stop(experiment)
    assert line.take_next() is None, "its parts still run"
    with pytest.raises(Stopped):
        line.note_progress(experiment, Progress(2, 10, "Round 1"))


def test_timed_runs_that_others_make_meanwhile_are_counted_and_told():
    ada = Learner.objects.create()
    Run.objects.create(learner=ada, lab="email-in-request", condition="inside")
    experiment = begun()
    assert line.others_meanwhile(experiment) == 0
    Run.objects.create(learner=ada, lab="email-in-request", condition="inside")
    assert line.others_meanwhile(experiment) == 1


def test_every_new_word_of_progress_is_an_event_once():
    experiment = begun()
    for done, text in ((1, "Round 1"), (2, "Round 1"), (3, "Round 2")):
        line.note_progress(experiment, Progress(done, 10, text))
    experiment.refresh_from_db()
    assert [event["text"] for event in experiment.events] == ["Round 1", "Round 2"]
    assert experiment.progress == {"done": 3, "of": 10, "text": "Round 2"}


def test_a_process_that_is_gone_without_a_word_holds_up_nobody():
    lost = begun()
    waiting = ask()
    later(line.SILENT_S - 1)
    assert line.take_next() is None
    later(2)
    assert line.take_next() == waiting
    lost.refresh_from_db()
    assert lost.state == State.FAILED
    assert "Run it again" in lost.error
    with pytest.raises(Stopped):
        line.note_progress(lost, Progress(1, 2, "still here"))
    line.complete(lost, {"rows": []})
    lost.refresh_from_db()
    assert lost.state == State.FAILED, "it ended once, and one ending counts"


def gone_without_a_word() -> None:
    later(line.SILENT_S + 1)
    line.take_next()


@pytest.mark.parametrize(
    "over",
    [
        lambda one: line.complete(one, {"rows": []}),
        lambda one: line.keep_partial(one, {"partial": "2 of 9"}),
        lambda one: line.end(one, Experiment.State.FAILED, "no worker"),
        lambda _: gone_without_a_word(),
    ],
    ids=["done", "stopped with a part", "failed", "silent"],
)
def test_every_experiment_that_is_over_says_since_when(over):
    """Runs ask it: one that was made while an experiment was carried out was not alone."""
    one = begun()
    over(one)
    one.refresh_from_db()
    assert one.is_final
    assert one.finished_at is not None


def test_who_left_the_line_is_over_too():
    begun()
    waiting = ask()
    line.stop(waiting)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.finished_at is not None) == ("stopped", True)


def outcome_of(error: BaseException, monkeypatch) -> Experiment:
    experiment = begun()

    def broken(experiment, lab):
        raise error

    monkeypatch.setattr(process, "measure", broken)
    process.carry_out(experiment, LAB)
    experiment.refresh_from_db()
    return experiment


@pytest.mark.parametrize(
    ("error", "state", "words"),
    [
        (Stopped(), State.STOPPED, ""),
        (process.Ended("It took longer than it may."), State.FAILED, "longer than it may"),
        (NoRedisServer("No Redis server was found."), State.FAILED, "needs a Redis server"),
        (
            PartEnded("Web ended with exit code 1. Its last lines (/secret/place):\n    key"),
            State.FAILED,
            "Web ended with exit code 1. Run it again.",
        ),
        (
            PartEnded("Worker ended with signal SIGKILL. It wrote nothing (/secret/place)."),
            State.FAILED,
            "Worker ended with signal SIGKILL. Run it again.",
        ),
        (TimeoutError("timed out"), State.FAILED, "did not answer in time"),
        (ZeroDivisionError(), State.FAILED, "an error of ours"),
    ],
)
def test_every_way_to_end_without_a_result_has_its_words(error, state, words, monkeypatch):
    ended = outcome_of(error, monkeypatch)
    assert ended.state == state
    assert words in ended.error
    assert "secret" not in ended.error
