"""How far Ada is: begun when she opens a mode, done when she says so or has answered the question that shows it."""

import re

import pytest
from django.test import Client

from learners.models import Learner, Progress
from lessons.catalog import catalog
from lessons.modes import MODE_BY_SLUG
from lessons.routes import FULL, LAB, SHORT, next_mode, routes_of
from quizzes.models import Answer, Attempt
from tests.people import browser_of_a_newcomer

pytestmark = pytest.mark.django_db

SLUG = "redis-as-a-message-broker"
PERF = f"/lessons/{SLUG}/perf/"
GUESS = {"slug": "home/inp", "choice": "rises"}


@pytest.fixture
def ada() -> Client:
    """Ada, who has guessed once on the home page."""
    browser = browser_of_a_newcomer()
    browser.post("/guesses/", GUESS)
    return browser


def progress(browser: Client) -> dict[str, str]:
    return browser.get("/me.json").json()["progress"]


def note(browser: Client, state: str, path: str = PERF):
    return browser.post(f"{path}progress/", {"state": state})


def page(browser: Client, path: str) -> str:
    return browser.get(path).content.decode()


def test_opening_a_mode_begins_it_once_and_saying_so_ends_it(ada):
    for state, stand in (("begun", "begun"), ("begun", "begun"), ("done", "done"), ("begun", "done")):
        note(ada, state)
        assert progress(ada) == {f"lessons/{SLUG}/perf": stand}
    assert Progress.objects.count() == 1


def test_a_newcomer_who_only_opens_a_mode_stays_a_newcomer():
    newcomer = browser_of_a_newcomer()
    assert note(newcomer, "begun").status_code == 204
    newcomer.get(f"{PERF}progress/")
    assert not Learner.objects.exists()
    note(newcomer, "done")
    assert progress(newcomer) == {f"lessons/{SLUG}/perf": "done"}


def test_it_can_be_taken_back(ada):
    note(ada, "done")
    assert "Perf is done." in page(ada, f"{PERF}progress/")
    note(ada, "not-done")
    assert progress(ada) == {f"lessons/{SLUG}/perf": "begun"}
    assert "I have worked through this" in page(ada, f"{PERF}progress/")


def test_one_mode_is_ended_and_taken_back_and_no_other(ada):
    learn, perf = f"lessons/{SLUG}/learn", f"lessons/{SLUG}/perf"
    for mode, state, stand in (
        ("learn", "begun", {learn: "begun"}),
        ("perf", "done", {learn: "begun", perf: "done"}),
        ("learn", "done", {learn: "done", perf: "done"}),
        ("perf", "not-done", {learn: "done", perf: "begun"}),
    ):
        note(ada, state, f"/lessons/{SLUG}/{mode}/")
        assert progress(ada) == stand


def test_of_two_times_done_the_first_counts(ada):
    note(ada, "done")
    first = Progress.objects.get().done_at
    note(ada, "done")
    assert Progress.objects.get().done_at == first


def test_a_guess_in_a_mode_begins_it(ada):
    ada.post("/guesses/", {"slug": f"lessons/{SLUG}/perf/inp", "choice": "rises"})
    assert progress(ada) == {f"lessons/{SLUG}/perf": "begun"}


def test_the_right_answer_to_the_question_that_shows_it_ends_it_and_a_wrong_one_does_not(ada):
    _, _, question = catalog().lessons[SLUG].texts["perf"].shown.rpartition("/")
    attempt = Attempt.objects.create(learner=Learner.objects.get(), quiz=SLUG)
    about = {"attempt": attempt, "question": question, "version": "1", "given": "x"}
    Answer.objects.create(**about, correct=False, try_number=1)
    assert f"lessons/{SLUG}/perf" not in progress(ada)
    Answer.objects.create(**about, correct=True, try_number=2)
    assert progress(ada)[f"lessons/{SLUG}/perf"] == "done"
    note(ada, "not-done")
    assert progress(ada)[f"lessons/{SLUG}/perf"] == "done", "what was shown stays shown"


def test_bobs_right_answer_is_not_adas(ada):
    bob = browser_of_a_newcomer()
    note(bob, "done")
    _, _, question = catalog().lessons[SLUG].texts["perf"].shown.rpartition("/")
    attempt = Attempt.objects.create(learner=Learner.objects.latest("created_at"), quiz=SLUG)
    Answer.objects.create(attempt=attempt, question=question, version="1", given="x", correct=True, try_number=1)
    assert progress(ada) == {}


def test_what_is_no_mode_has_no_progress(ada):
    for path in ("/lessons/nowhere/perf/", f"/lessons/{SLUG}/fast/"):
        assert note(ada, "done", path).status_code == 404
    refused = note(ada, "finished")
    assert refused.status_code == 400
    assert refused.content == b"state: begun, done or not-done."
    assert not Progress.objects.exists()


def test_saying_so_needs_the_forms_token():
    assert note(browser_of_a_newcomer(csrf=True), "done").status_code == 403


def test_without_a_script_the_lesson_leads_to_the_form_and_the_map_shows_it(ada):
    assert f'href="{PERF}progress/">I have worked through this</a>' in page(ada, PERF)
    assert "Done:" not in page(ada, "/")
    answer = note(ada, "done")
    assert answer["Location"] == f"{PERF}progress/"
    shown = page(ada, "/")
    assert re.search(r"Done: Perf\.", shown)
    written = [mode for mode in FULL if mode != LAB and mode in catalog().lessons[SLUG].texts and mode != "perf"]
    if written:
        assert (
            f'Go on: <a class="go" href="/lessons/{SLUG}/{written[0]}/">{MODE_BY_SLUG[written[0]].label}</a>' in shown
        )
    assert "Done:" not in page(browser_of_a_newcomer(), "/")


def test_a_newcomers_home_page_asks_nothing_of_progress(django_assert_num_queries):
    newcomer = browser_of_a_newcomer()
    newcomer.get("/")
    with django_assert_num_queries(0):
        newcomer.get("/")


def test_the_next_mode_is_the_first_of_the_full_route_that_is_not_done():
    lesson = catalog().lessons[SLUG]
    written = [mode for mode in (*FULL, "recall") if mode in lesson.texts]
    done: dict[str, str] = {}
    for mode in written:
        found = next_mode(lesson, done)
        assert found
        assert found.slug == mode
        done[f"lessons/{SLUG}/{mode}"] = "done"
    assert next_mode(lesson, done) is None


def test_routes_link_what_is_written_and_only_that():
    lesson = catalog().lessons[SLUG]
    short, full, tomorrow = routes_of(lesson)
    assert [step.label for step in short.steps] == ["Why", "the lab", "Recall"]
    labels = ["Learn", "Visual", "the lab", "Try", "Deep", "Challenge", "Project", "Perf"]
    assert [step.label for step in full.steps] == labels
    assert [step.label for step in tomorrow.steps] == ["Recall"]
    for route, names in ((short, SHORT), (full, FULL)):
        for step, name in zip(route.steps, names, strict=True):
            assert bool(step.address) == (name == LAB or name in lesson.texts)


def test_lesson_and_home_page_recommend_routes_and_call_no_mode_a_learning_style():
    for path in (PERF, "/"):
        shown = page(browser_of_a_newcomer(), path)
        routes = shown[shown.index("Where to begin: three routes") :]
        assert routes.index("25 minutes") < routes.index("all of it") < routes.index("Tomorrow")
        assert "Nine ways to work, not learning styles." in routes
        assert "Pashler et al. 2008" in routes
        assert 'href="/labs/email-in-request/"' in routes
