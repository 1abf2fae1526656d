"""An experiment as Ada meets it: her guesses, the button, her place in line, and what she writes of it."""

import pytest

from labs.bench.experiments import line
from labs.bench.experiments.line import State
from labs.bench.models import Experiment
from learners.models import Entry
from tests.labs.experiment_page import LAB, PAGE
from tests.people import browser_of_a_newcomer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody_starts")]


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
