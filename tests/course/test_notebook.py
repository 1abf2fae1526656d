"""The notebook: Ada's predictions, runs and explanations in order; hers alone, to take along and to delete."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from labs.bench.experiments.lab import ExperimentLab
from labs.bench.lab import INP
from labs.bench.models import Experiment, Run
from labs.bench.registry import all_labs
from learners.models import Entry, Learner
from quizzes.models import Attempt
from tests.course.kept import LAB, newest_learner, page, run_of
from tests.labs.test_queue_loses_figures import made_up_rows
from tests.people import browser_of_a_newcomer

pytestmark = pytest.mark.django_db

SENTENCE = "The browser no longer waits, the worker does."


@pytest.fixture
def ada() -> Client:
    """Ada, who predicted 250 and 10, measured 330 and 45, and explained it."""
    browser = browser_of_a_newcomer()
    browser.post(f"{LAB}predict/", {"inside": 250, "queued": 10})
    learner = newest_learner()
    for wait_ms in (320, 330, 340):
        run_of(learner, "inside", wait_ms)
    run_of(learner, "queued", 45)
    browser.post(f"{LAB}explain/", {"text": SENTENCE})
    browser.post(f"{LAB}explain/ideas/", {"idea": ["0", "1"]})
    return browser


def test_an_empty_notebook_leads_to_a_first_prediction_and_makes_no_learner():
    shown = page(browser_of_a_newcomer())
    assert "Make your first prediction" in shown
    assert f'href="{LAB}"' in shown
    assert "Delete all of it" not in shown
    assert not Learner.objects.exists()


def test_it_is_found_from_every_page():
    assert 'href="/notebook/"' in page(browser_of_a_newcomer(), "/labs/")


def test_what_she_did_stands_there_in_the_order_in_which_she_did_it(ada):
    shown = page(ada)
    told = ["Inside the request 250 ms, Through Redis 10 ms", "You ran it 4 times", SENTENCE]
    places = [shown.index(text) for text in told]
    assert places == sorted(places)
    assert "Inside the request 330 ms at the median of 3 (320 to 340). Through Redis 45 ms." in shown
    assert "It had 2 of our 3 ideas." in shown


def test_predictions_stand_beside_what_was_then_measured(ada):
    shown = page(ada)
    assert "2 predictions measured: 2 too little." in shown
    assert "80 ms too little" in shown
    assert "Inside the request: wrote 250, was 330" in shown


@pytest.mark.parametrize(
    ("predicted", "said"), [((320, 50), "2 predictions measured: 2 near."), ((320, 400), "1 near, 1 too much.")]
)
def test_calibration_says_near_little_and_much(predicted, said):
    browser = browser_of_a_newcomer()
    browser.post(f"{LAB}predict/", dict(zip(("inside", "queued"), predicted, strict=True)))
    run_of(newest_learner(), "inside", 330)
    run_of(newest_learner(), "queued", 45)
    assert said in page(browser)


def test_a_prediction_is_compared_with_the_runs_after_it_at_the_setting_it_was_about():
    browser = browser_of_a_newcomer()
    browser.post(f"{LAB}predict/", {"inside": 250, "queued": 10})
    run_of(newest_learner(), "inside", 600, parameters={"mail_wait_ms": 600})
    run_of(newest_learner(), "inside", 900, crowded=True)
    assert "You have predicted, and not measured it yet." in page(browser)
    earlier = run_of(newest_learner(), "inside", 330)
    Run.objects.filter(pk=earlier.pk).update(created_at=timezone.now() - timedelta(minutes=5))
    assert "You have predicted, and not measured it yet." in page(browser)


def test_each_prediction_has_its_own_runs_until_the_next_one(ada):
    ada.post(f"{LAB}predict/", {"inside": 400, "queued": 50})
    run_of(newest_learner(), "inside", 410)
    shown = page(ada)
    assert "Inside the request: wrote 250, was 330" in shown
    assert "Inside the request: wrote 400, was 410" in shown


def test_predicting_anew_recalls_what_she_wrote_and_what_it_was(ada):
    assert "Predict anew" in page(ada, LAB)
    shown = page(ada, f"{LAB}?again=1")
    assert (
        'you wrote <span class="pencil">250 ms</span> for “Inside the request”; it was 330 ms, the median of 3' in shown
    )
    assert "What now?" in shown
    assert "Write it down" in shown
    assert "you wrote" not in page(browser_of_a_newcomer(), LAB)


def test_a_guess_on_another_page_stands_there_too_with_the_way_back():
    browser = browser_of_a_newcomer()
    browser.post("/guesses/", {"slug": "lessons/redis-as-a-message-broker/perf/inp", "choice": "stays where it was"})
    shown = page(browser)
    assert "stays where it was" in shown
    assert 'href="/lessons/redis-as-a-message-broker/perf/"' in shown


def test_nobody_reads_anothers_notebook(ada):
    bob = browser_of_a_newcomer()
    bob.post(f"{LAB}predict/", {"skip": "1"})
    for path in ("/notebook/", "/notebook.md", "/notebook.json"):
        assert SENTENCE not in page(bob, path)
        assert SENTENCE in page(ada, path)
        assert SENTENCE not in page(browser_of_a_newcomer(), path)


def test_as_markdown_nothing_she_wrote_turns_into_markup(ada):
    ada.post(f"{LAB}explain/", {"text": "# <b>It</b> | *waits*"})
    answer = ada.get("/notebook.md")
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert "notebook.md" in answer["Content-Disposition"]
    text = answer.content.decode()
    assert "\\# \\<b\\>It\\</b\\> \\| \\*waits\\*" in text
    assert "| The mail in the request | Inside the request | 250 | 330 | 3 | 80 ms too little |" in text


def test_as_json_every_row_is_there(ada):
    data = ada.get("/notebook.json").json()
    assert [entry["kind"] for entry in data["entries"]] == ["predicted", "explained"]
    assert data["entries"][0]["payload"] == {"waits_ms": {"inside": 250, "queued": 10}}
    assert [run["wait_ms"] for run in data["runs"]] == pytest.approx([320, 330, 340, 45], abs=0.1)


def test_deleting_is_asked_about_first_and_a_get_deletes_nothing(ada):
    assert 'href="/me/delete/"' in page(ada)
    shown = page(ada, "/me/delete/")
    assert "<li>What you predicted, explained and read off: 2</li>" in shown
    assert "<li>What you ran: 4</li>" in shown
    assert Learner.objects.count() == 1


def test_deleting_takes_everything_of_hers_the_cookie_too_and_nothing_of_bobs(ada):
    Attempt.objects.create(learner=newest_learner(), quiz="redis-as-a-message-broker")
    bob = browser_of_a_newcomer()
    bob.post(f"{LAB}predict/", {"skip": "1"})
    done = ada.post("/me/delete/")
    assert "All of it is deleted" in done.content.decode()
    assert all(cookie.value == "" for name, cookie in done.cookies.items() if name.startswith("learner"))
    assert any(name.startswith("learner") for name in done.cookies)
    assert Learner.objects.count() == 1
    assert Entry.objects.get().kind == Entry.Kind.SKIPPED
    assert not Run.objects.exists()
    assert not Attempt.objects.exists()
    assert "Make your first prediction" in page(ada)


def test_deleting_without_anything_kept_says_so():
    browser = browser_of_a_newcomer()
    assert "There is nothing to delete" in page(browser, "/me/delete/")
    assert "There is nothing to delete" in browser.post("/me/delete/").content.decode()


def test_deleting_needs_the_forms_own_token(ada):
    stranger = browser_of_a_newcomer(csrf=True)
    stranger.cookies = ada.cookies
    assert stranger.post("/me/delete/").status_code == 403
    assert Learner.objects.count() == 1


def test_a_later_lab_recalls_what_she_wrote_in_an_earlier_one(ada, monkeypatch):
    first = all_labs()["email-in-request"]
    later = replace(first, slug="a-later-lab", title="A later lab", conditions=first.conditions[:1])
    monkeypatch.setitem(all_labs(), later.slug, later)
    shown = page(ada, "/labs/a-later-lab/")
    assert 'in <a href="/labs/email-in-request/">The mail in the request</a>, you wrote' in shown
    assert "it was 330 ms" in shown
    assert "Through Redis”; it was" not in shown, "the later lab does not ask about that way"
    other_figure = replace(later, figure=INP)
    monkeypatch.setitem(all_labs(), later.slug, other_figure)
    assert "you wrote" not in page(ada, "/labs/a-later-lab/")


def test_what_an_experiment_found_stands_there_too_with_what_she_had_guessed():
    browser = browser_of_a_newcomer()
    browser.post("/labs/when-the-queue-loses/predict/", {"answer": "1.5", "result": "20"})
    result = {"rows": made_up_rows(), "setting": {}}
    usual = {"learner": newest_learner(), "lab": "when-the-queue-loses", "result": result}
    done = Experiment.objects.create(**usual, state=Experiment.State.DONE)
    Experiment.objects.create(**usual, state=Experiment.State.STOPPED)
    shown = page(browser)
    assert "1.5 ms" in shown
    assert shown.count("You ran the experiment") == 1
    assert f'href="/labs/when-the-queue-loses/runs/{done.pk}/"' in shown
    lab = all_labs()["when-the-queue-loses"]
    assert isinstance(lab, ExperimentLab)
    assert escape(lab.findings(result, {}).headline) in shown
    assert [one["state"] for one in browser.get("/notebook.json").json()["experiments"]] == ["done", "stopped"]
