"""The notebook holds Ada's own things alone, each in the section of its lab, in the order in which she did them."""

import pytest
from django.test import Client

from course.notebook import Section, notebook_of
from course.notebook_export import as_data, as_markdown
from labs.bench.experiments.line import State
from labs.bench.models import Experiment
from learners.models import Learner
from tests.course.kept import LAB, newest_learner, run_of
from tests.labs.test_queue_loses_figures import made_up_rows
from tests.people import browser_of_a_newcomer

pytestmark = pytest.mark.django_db

QUEUE = "/labs/when-the-queue-loses/"
PAGES = "/labs/who-freezes-the-page/"


def experiment_of(learner: Learner, lab: str = "when-the-queue-loses") -> Experiment:
    """An experiment that came to its end."""
    result = {"rows": made_up_rows(), "setting": {}}
    return Experiment.objects.create(learner=learner, lab=lab, state=State.DONE, result=result)


@pytest.fixture
def browser() -> Client:
    """Ada's, before she has done anything."""
    return browser_of_a_newcomer()


@pytest.fixture
def ada(browser: Client) -> Learner:
    """Ada, who predicted 250 and 10 in the first lab."""
    browser.post(f"{LAB}predict/", {"inside": 250, "queued": 10})
    return newest_learner()


def sections_of(learner: Learner) -> dict[str, Section]:
    """The sections of a notebook in their order, by address."""
    return {section.address: section for section in notebook_of(learner).sections}


def told(section: Section) -> list[str]:
    """What was done in a section, in its order."""
    return [item.kind for item in section.items]


def test_whatever_bob_runs_changes_nothing_in_adas_notebook(ada):
    run_of(ada, "inside", 330)
    experiment_of(ada)
    before = notebook_of(ada), as_markdown(notebook_of(ada)), as_data(ada)
    bob = Learner.objects.create()
    run_of(bob, "inside", 777)
    experiment_of(bob)
    assert (notebook_of(ada), as_markdown(notebook_of(ada)), as_data(ada)) == before
    assert told(sections_of(bob)[LAB]) == ["You ran it once"]
    assert [run["wait_ms"] for run in as_data(bob)["runs"]] == pytest.approx([777], abs=0.1)


def test_each_lab_has_its_own_things_and_no_others(ada):
    run_of(ada, "inside", 330)
    run_of(ada, "fetch-slow", 600, lab="who-freezes-the-page")
    experiment_of(ada)
    experiment_of(ada, "pool")  # she measured a claim, which is no lab of the notebook
    assert {address: told(section) for address, section in sections_of(ada).items()} == {
        LAB: ["You predicted", "You ran it once"],
        PAGES: ["You ran it once"],
        QUEUE: ["You ran the experiment"],
    }


def test_the_lab_where_she_began_stands_first(browser):
    browser.post(f"{QUEUE}predict/", {"answer": "1.5", "result": "20"})
    ada = newest_learner()
    run_of(ada, "fetch-slow", 600, lab="who-freezes-the-page")
    browser.post(f"{LAB}predict/", {"inside": 250, "queued": 10})
    assert list(sections_of(ada)) == [QUEUE, PAGES, LAB]


def test_runs_before_and_after_a_new_prediction_are_told_apart(browser, ada):
    first, second = run_of(ada, "inside", 320), run_of(ada, "inside", 340)
    browser.post(f"{LAB}predict/", {"inside": 400, "queued": 50})
    run_of(ada, "inside", 410)
    section = sections_of(ada)[LAB]
    assert told(section) == ["You predicted", "You ran it 2 times", "You predicted", "You ran it once"]
    before, after = section.items[1], section.items[3]
    assert (before.at, before.address) == (first.created_at, f"{LAB}runs/{second.pk}/")
    assert "Inside the request 330 ms at the median of 2" in before.text
    assert "Inside the request 410 ms." in after.text


def test_runs_at_another_setting_are_told_apart(ada):
    for mail_wait_ms in (300, 300, 600, 300):
        run_of(ada, "inside", mail_wait_ms + 30, parameters={"mail_wait_ms": mail_wait_ms})
    ran = sections_of(ada)[LAB].items[1:]
    assert [(item.kind, item.text.rpartition("Setting: ")[2]) for item in ran] == [
        ("You ran it 2 times", "the mail server takes about 300 ms."),
        ("You ran it once", "the mail server takes about 600 ms."),
        ("You ran it once", "the mail server takes about 300 ms."),
    ]


def test_a_run_in_a_crowd_is_told_and_is_in_no_median(ada):
    run_of(ada, "inside", 330)
    run_of(ada, "inside", 900, crowded=True)
    text = sections_of(ada)[LAB].items[1].text
    assert text.startswith("Inside the request 330 ms.")
    assert "1 without a figure that counts, 1 of them measured in a crowd: run it again." in text


def test_a_guess_on_the_home_page_says_what_it_was_about(browser):
    for slug, choice in (
        ("home/answer-sooner", "about 300 ms sooner"),
        ("home/inp", "rises"),
        ("lesson/why/seats", "two"),
    ):
        browser.post("/guesses/", {"slug": slug, "choice": choice})
    guesses = sections_of(newest_learner())[""]
    assert [(item.kind, item.pencil) for item in guesses.items] == [
        ("You guessed when the page answers with the queue", "about 300 ms sooner"),
        ("You guessed what the queue does to INP", "rises"),
        ("You guessed", "two"),
    ]
