"""The pages of a lab: what is refused is told, nothing written is lost, and nobody sees another's."""

import re
import time

import pytest
from django.test import Client
from django.utils import timezone

from labs.bench import limits, runs
from labs.bench.forms import read_browser_stamps
from labs.bench.models import Experiment, Run
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
    usual = {
        "lab": "email-in-request",
        "condition": "inside",
        "parameters": {"mail_wait_ms": 300},
        "web_stamps": stamps,
    }
    return Run.objects.create(learner=learner, **(usual | columns))


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
    for owner in (learner, Learner.objects.create(), Learner.objects.create()):
        run_of(owner)
    assert limits.too_many(learner) == "", "what others run is not hers"
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


def test_of_two_words_on_a_run_at_the_same_moment_the_first_is_kept(ada):
    run = run_of(Learner.objects.get())
    now = time.time()
    both = (Run.objects.get(), 0.33), (Run.objects.get(), 0.01)
    for seen, wait_s in both:
        runs.keep_browser_stamps(seen, read_browser_stamps({"sent": f"{now}", "received": f"{now + wait_s}"}))
    run.refresh_from_db()
    assert run.response_ms == pytest.approx(330, abs=1)


def test_a_run_that_is_over_is_judged_by_whoever_asks_first(ada):
    run = run_of(Learner.objects.get())
    assert ada.get(f"{LAB}runs/{run.pk}.json").json()["alone"] is True
    run.refresh_from_db()
    assert run.alone


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


def test_what_is_measured_in_one_lab_is_in_no_figure_of_another(ada):
    learner = Learner.objects.get()
    ada.post(f"{LAB}predict/", {"inside": "300", "queued": "20"})
    ada.post("/labs/when-the-queue-loses/predict/", {"skip": "1"})
    pages = (LAB, f"{LAB}runs.csv?mail_wait_ms=300", "/labs/when-the-queue-loses/")
    before = [shown(ada, page) for page in pages]
    other = run_of(learner, lab="who-freezes-the-page")
    run_of(learner, lab="who-freezes-the-page", condition="queued")
    now = timezone.now()
    pool = Experiment.objects.create(learner=learner, lab="pool", state="done", started_at=now, finished_at=now)
    assert [shown(ada, page) for page in pages] == before
    for address in (f"{LAB}runs/{other.pk}/", f"{LAB}runs/{other.pk}.json", f"{LAB}runs/{other.pk}.trace.json"):
        assert ada.get(address).status_code == 404
    assert ada.post(f"{LAB}runs/{other.pk}/browser/", {"sent": "1", "received": "2"}).status_code == 404
    for ending in ("/", ".json", ".csv"):
        assert ada.get(f"/labs/when-the-queue-loses/runs/{pool.pk}{ending}").status_code == 404
    assert ada.post(f"/labs/when-the-queue-loses/runs/{pool.pk}/stop/").status_code == 404
    own = run_of(learner)
    assert ada.get(f"{LAB}runs/{own.pk}/?with={other.pk}").status_code == 400


def shown(browser: Client, address: str) -> str:
    """A page without its form tokens."""
    return re.sub(r'csrfmiddlewaretoken" value="[^"]+', "", browser.get(address).content.decode())


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
