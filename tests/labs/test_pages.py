"""The pages of a lab: what is refused is told, nothing written is lost, and nobody sees another's."""

import time

import pytest

from labs.bench import limits
from labs.bench.models import Run
from learners.models import Entry, Learner
from tests.people import browser_of_a_newcomer

pytestmark = pytest.mark.django_db

LAB = "/labs/email-in-request/"


@pytest.fixture
def ada():
    """Ada's browser, after she has gone on without a prediction."""
    browser = browser_of_a_newcomer()
    browser.post(f"{LAB}predict/", {"skip": "1"})
    return browser


def run_of(learner: Learner, **columns) -> Run:
    stamps = {"arrived": time.time(), "left": time.time() + 0.3}
    usual = {"parameters": {"mail_wait_ms": 300}, "web_stamps": stamps}
    return Run.objects.create(learner=learner, lab="email-in-request", condition="inside", **(usual | columns))


def test_before_a_prediction_the_later_stages_are_hidden():
    page = browser_of_a_newcomer().get(LAB).content.decode()
    assert "Write it down" in page
    assert page.count("data-stage hidden") + page.count('data-swap="after" hidden') == 2


def test_ones_own_runs_as_csv_and_json_and_nobody_elses(ada):
    run_of(Learner.objects.get())
    text = ada.get(f"{LAB}runs.csv?mail_wait_ms=300").content.decode()
    assert text.splitlines()[0].startswith("run,lab,condition,at,phase,crowded,alone,others,wait_ms")
    assert len(text.splitlines()) == 2
    assert ada.get(f"{LAB}runs.json?mail_wait_ms=300").json()["runs"][0]["wait_ms"] == pytest.approx(300, abs=1)
    assert browser_of_a_newcomer().get(f"{LAB}runs.json?mail_wait_ms=300").json() == {"runs": []}


def test_half_a_prediction_is_refused_and_the_other_half_stays_written():
    page = browser_of_a_newcomer().post(f"{LAB}predict/", {"inside": "250", "queued": ""})
    assert page.status_code == 400
    assert b'value="250"' in page.content
    assert b"nothing is written" in page.content
    assert Entry.objects.count() == 0


def test_skipping_is_recorded_as_a_choice(ada):
    assert Entry.objects.get().kind == Entry.Kind.SKIPPED
    assert b"You went on without a prediction." in ada.get(LAB).content


def test_the_address_of_a_wait_out_of_bounds_says_so_beside_the_field(ada):
    page = ada.get(f"{LAB}?mail_wait_ms=-1")
    assert page.status_code == 400
    assert b"-1 is below the least of 0 ms" in page.content
    assert b'value="-1"' in page.content


def test_too_many_runs_in_a_minute_are_refused_in_words(ada, monkeypatch):
    monkeypatch.setattr(limits, "RUNS_PER_MINUTE", 2)
    learner = Learner.objects.get()
    for _ in range(2):
        run_of(learner)
    answer = ada.post(f"{LAB}run/inside", {"mail_wait_ms": 0}, headers={"Accept": "application/json"})
    assert answer.status_code == 429
    assert "your earlier runs are kept" in answer.json()["reason"]
    assert b"your earlier runs are kept" in ada.post(f"{LAB}run/inside", {"mail_wait_ms": 0}).content


def test_only_the_owner_may_say_what_their_browser_measured(ada):
    run = run_of(Learner.objects.get())
    now = time.time()
    stamps = {"sent": now, "received": now + 0.33, "event_ms": "24", "reports_clicks": "1"}
    bob = browser_of_a_newcomer()
    bob.post(f"{LAB}predict/", {"skip": "1"})
    assert bob.post(f"{LAB}runs/{run.pk}/browser/", stamps).status_code == 404
    state = ada.post(f"{LAB}runs/{run.pk}/browser/", stamps).json()
    assert state["wait_ms"] == pytest.approx(330, abs=1)
    ada.post(f"{LAB}runs/{run.pk}/browser/", stamps | {"received": now + 0.01})
    run.refresh_from_db()
    assert run.response_ms == pytest.approx(330, abs=1), "a second word on the same run changes nothing"


def test_another_learners_runs_are_in_no_figure_of_mine(ada):
    run_of(Learner.objects.get())
    assert b"Inside the request: 300 ms." in ada.get(LAB).content
    bob = browser_of_a_newcomer()
    bob.post(f"{LAB}predict/", {"skip": "1"})
    assert b"Inside the request: 300 ms." not in bob.get(LAB).content


def test_a_run_has_an_address_that_strangers_may_read_and_that_names_nobody(ada):
    run = run_of(Learner.objects.get())
    stranger = browser_of_a_newcomer()
    page = stranger.get(f"{LAB}runs/{run.pk}/")
    assert page.status_code == 200
    data = stranger.get(f"{LAB}runs/{run.pk}.json").json()
    assert data["phase"] == "done"
    for text in (page.content.decode(), str(data)):
        assert str(run.learner_id) not in text
    assert stranger.get(f"{LAB}runs/no-such-run/").status_code == 404


def test_runs_at_another_setting_are_not_mixed_in(ada):
    learner = Learner.objects.get()
    run_of(learner)
    run_of(learner, parameters={"mail_wait_ms": 600}, web_stamps={"arrived": 1.0, "left": 1.6})
    page = ada.get(f"{LAB}?mail_wait_ms=600").content.decode()
    assert "Inside the request: 600 ms." in page
    assert "Inside the request: 300 ms." not in page


def test_labs_are_listed_with_their_question_behind_a_link():
    assert f'href="{LAB}"' in browser_of_a_newcomer().get("/labs/").content.decode()


def test_two_runs_stand_on_one_axis_with_what_differs(ada):
    learner = Learner.objects.get()
    first = run_of(learner)
    second = run_of(learner, parameters={"mail_wait_ms": 600}, web_stamps={"arrived": 1.0, "left": 1.6})
    page = ada.get(f"{LAB}runs/{first.pk}/?with={second.pk}").content.decode()
    assert page.count(">600 ms</text>") + page.count(">600</text>") >= 2, "both figures have the longer run's axis"
    assert "<td>300 ms more</td>" in page
    address = f"http://testserver{LAB}runs/{second.pk}/"
    assert "<td>300 ms more</td>" in ada.get(f"{LAB}runs/{first.pk}/", {"with": address}).content.decode()


def test_a_run_that_is_not_there_is_told_beside_the_field_and_stays_written(ada):
    run = run_of(Learner.objects.get())
    page = ada.get(f"{LAB}runs/{run.pk}/?with=nothing-like-it")
    assert page.status_code == 400
    assert b"There is no such run in this lab." in page.content
    assert b'value="nothing-like-it"' in page.content


def test_a_run_page_offers_ones_own_runs_and_no_strangers(ada):
    mine, other = run_of(Learner.objects.get()), run_of(Learner.objects.get())
    address = f"{LAB}runs/{mine.pk}/"
    assert f"?with={other.pk}" in ada.get(address).content.decode()
    assert f"?with={other.pk}" not in browser_of_a_newcomer().get(address).content.decode()


def test_a_run_is_downloaded_as_a_trace_under_a_name_of_its_own(ada):
    run = run_of(Learner.objects.get())
    answer = browser_of_a_newcomer().get(f"{LAB}runs/{run.pk}.trace.json")
    assert f"email-in-request-inside-{run.pk[:8]}.trace.json" in answer["Content-Disposition"]
    assert any(event["name"] == "inside: web" for event in answer.json()["traceEvents"])


def test_the_clock_gives_the_servers_two_stamps_in_order():
    before = time.time()
    stamps = browser_of_a_newcomer().get("/labs/clock.json").json()
    assert before <= stamps["received"] <= stamps["sent"] <= time.time()
