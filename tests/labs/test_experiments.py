"""The line of experiments: one runs at a time, places are kept, and whatever happens is told."""

import re
from datetime import timedelta
from typing import cast

import pytest

from apparatus.processes import PartEnded
from apparatus.redis_server import NoRedisServer
from labs.bench.experiments import keeper, line, page, process
from labs.bench.experiments.lab import ExperimentLab, Progress, Stopped
from labs.bench.experiments.line import Refused, State
from labs.bench.models import Experiment, Run
from labs.bench.registry import all_labs
from learners.models import Entry, Learner
from tests.people import browser_of_a_newcomer

pytestmark = pytest.mark.django_db

SLUG = "when-the-queue-loses"
PAGE = f"/labs/{SLUG}/"
LAB = cast(ExperimentLab, all_labs()[SLUG])


@pytest.fixture(autouse=True)
def nobody_starts(monkeypatch):
    """No process is started: what is tested here is who may be next."""
    monkeypatch.setattr(keeper, "start_next", lambda: None)


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


@pytest.fixture
def ada():
    """Ada's browser, after she has written her guesses."""
    browser = browser_of_a_newcomer()
    browser.post(f"{PAGE}predict/", {"answer": "1,5", "result": "20"})
    return browser


def test_guesses_are_kept_as_numbers_and_shown(ada):
    assert Entry.objects.get().payload == {"guesses": {"answer": 1.5, "result": 20}}
    page = ada.get(PAGE).content.decode()
    assert "1.5 ms" in page
    assert "Run the experiment" in page


def test_a_bad_guess_is_told_beside_the_field_and_the_other_stays_written():
    page = browser_of_a_newcomer().post(f"{PAGE}predict/", {"answer": "900", "result": "12"})
    assert page.status_code == 400
    assert b"900 is out of bounds. Write 0 to 500 ms." in page.content
    assert b'value="12"' in page.content
    assert Entry.objects.count() == 0


@pytest.mark.parametrize("bad", ["nan", "inf", "-1", "", "soon", "1,000"])
def test_what_is_no_number_of_ms_is_no_guess(bad):
    assert browser_of_a_newcomer().post(f"{PAGE}predict/", {"answer": bad, "result": "1"}).status_code == 400


def test_too_many_runs_of_each_size_are_refused_beside_the_field(ada):
    page = ada.post(f"{PAGE}runs/", {"runs": "99"})
    assert page.status_code == 400
    assert b"99 is above the limit of 15 runs" in page.content
    assert Experiment.objects.count() == 0


def test_a_plain_form_starts_it_and_the_page_shows_where_it_is(ada):
    answer = ada.post(f"{PAGE}runs/", {"runs": "2"})
    assert answer.status_code == 302
    page = ada.get(PAGE).content.decode()
    assert "You are next" in page
    assert "Leave the line" in page
    assert "Run the experiment" not in page
    assert "data-stop>Leave the line" in page
    line.take_next()
    assert "data-stop>Stop" in ada.get(PAGE).content.decode()


def test_only_its_owner_may_stop_it_and_everybody_may_look(ada):
    ada.post(f"{PAGE}runs/", {"runs": "2"})
    experiment = Experiment.objects.get()
    bob = browser_of_a_newcomer()
    bob.post(f"{PAGE}predict/", {"skip": "1"})
    assert bob.post(f"{PAGE}runs/{experiment.pk}/stop/").status_code == 404
    state = bob.get(f"{PAGE}runs/{experiment.pk}.json").json()
    assert (state["state"], state["final"], state["place"]) == ("waiting", False, 1)
    assert str(experiment.learner_id) not in str(state)
    assert ada.post(f"{PAGE}runs/{experiment.pk}/stop/").status_code == 302
    assert b"Stopped." in ada.get(PAGE).content


def test_the_seventh_in_ten_minutes_is_refused_in_words(ada, monkeypatch):
    monkeypatch.setattr(line, "IN_A_WHILE", 0)
    page = ada.post(f"{PAGE}runs/", {"runs": "2"})
    assert page.status_code == 429
    assert b"your results are kept" in page.content


def test_a_failure_is_told_where_the_button_is(ada):
    ada.post(f"{PAGE}runs/", {"runs": "2"})
    running = line.take_next()
    assert running
    line.end(running, State.FAILED, "Experiment worker ended with exit code 1.")
    page = ada.get(PAGE).content.decode()
    assert "Experiment worker ended with exit code 1." in page
    assert "Run the experiment" in page


def test_addresses_of_the_other_kind_of_lab_lead_nowhere(ada):
    for path in ("run/inside", "explain/apart/"):
        assert ada.post(PAGE + path).status_code == 404
    assert ada.get("/labs/email-in-request/runs/no-such.csv").status_code == 404


def test_a_learners_own_sentence_is_kept_and_ours_is_shown_beside_it(ada):
    assert ada.post(f"{PAGE}explain/", {"text": ""}).status_code == 400
    ada.post(f"{PAGE}explain/", {"text": "A message has a price."})
    ada.post(f"{PAGE}explain/ideas/", {"idea": ["0"]})
    page = ada.get(PAGE).content.decode()
    assert "A message has a price." in page
    assert LAB.ideas[2] in page
