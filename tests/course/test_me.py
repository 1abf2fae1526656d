"""/me/: Ada sees all that is kept of her, takes it along and deletes it; and never sees anything of Bob."""

from typing import Any

import pytest
from django.apps import apps
from django.db.models import ForeignKey
from django.test import Client
from django.utils import timezone

from labs.bench.models import Experiment, Place, Run
from learners import held
from learners.models import Entry, Feedback, Learner, Progress, ResumeCode
from quizzes.models import Answer, Attempt, Star
from quizzes.review.models import Card, RetentionTarget, ReviewLog
from tests.people import browser_of_a_newcomer

pytestmark = pytest.mark.django_db

QUIZ = "redis-as-a-message-broker"


def somebody(mark: str) -> Client:
    """A browser whose learner has one of everything; `mark` stands in each."""
    browser = browser_of_a_newcomer()
    browser.post("/guesses/", {"slug": "home/inp", "choice": f"{mark}-guess"})
    learner = Learner.objects.latest("created_at")
    now = timezone.now()
    Run.objects.create(learner=learner, lab=f"{mark}-lab", condition="inside", parameters={"mail_wait_ms": 300})
    Experiment.objects.create(learner=learner, lab=f"{mark}-experiment")
    Place.objects.create(learner=learner, since=now, seen_at=now)
    attempt = Attempt.objects.create(learner=learner, quiz=f"{mark}-quiz")
    Answer.objects.create(
        attempt=attempt, question="snow", version="1", given=f"{mark}-given", correct=True, try_number=1
    )
    Star.objects.create(learner=learner, quiz=QUIZ, question=f"{mark}-star")
    card = Card.objects.create(learner=learner, item=f"{mark}-card", version="1", memory={})
    ReviewLog.objects.create(card=card, number=1, version="1", given=f"{mark}-review", answered_at=now, before={})
    RetentionTarget.objects.create(learner=learner, percent=85)
    Progress.objects.create(learner=learner, slug=f"lessons/{mark}/learn")
    Feedback.objects.create(learner=learner, about="/", text=f"{mark}-text")
    ResumeCode.objects.create(learner=learner, digest=mark, expires_at=now)
    return browser


@pytest.fixture
def ada() -> Client:
    """Ada, with one of everything."""
    return somebody("adas")


@pytest.fixture
def bob() -> Client:
    """Bob, with as much."""
    return somebody("bobs")


def page(browser: Client, path: str = "/me/") -> str:
    return browser.get(path).content.decode()


MARKS = ("guess", "lab", "experiment", "quiz", "given", "star", "card", "review", "text")


def test_all_of_it_is_told_in_words_and_nothing_of_bobs(ada, bob):
    shown = page(ada)
    assert [mark for mark in MARKS if f"adas-{mark}" not in shown] == []
    assert "adas/learn" in shown
    assert "You predicted: “adas-guess”" in shown
    assert "85 % of what comes back in review" in shown
    assert "bobs" not in shown
    assert "bobs" in page(bob)
    assert "adas" not in page(bob)


def test_all_of_it_is_in_one_file_and_nothing_of_bobs(ada, bob):
    answer = ada.get("/me/everything.json")
    assert "attachment" in answer["Content-Disposition"]
    assert [mark for mark in MARKS if f"adas-{mark}" not in answer.content.decode()] == []
    assert "bobs" not in answer.content.decode()
    data = answer.json()
    assert data["answers"][0]["given"] == "adas-given"
    assert data["runs"][0]["parameters"] == {"mail_wait_ms": 300}
    assert all(rows for name, rows in data.items()), "a kind without its row"
    own = {str(Learner.objects.earliest("created_at").pk)}
    assert not any(number in answer.content.decode() for number in own), "the number is the key to it all"


def belongs_to_learner(model: Any) -> bool:
    """Does a row of it hang on a learner, at any depth?"""
    parents = [field.related_model for field in model._meta.get_fields() if isinstance(field, ForeignKey)]
    return any(parent is Learner or belongs_to_learner(parent) for parent in parents if parent is not model)


def test_no_model_that_hangs_on_a_learner_is_left_untold():
    assert {model for model in apps.get_models() if belongs_to_learner(model)} == held.models()


def test_deleting_takes_every_row_of_hers_and_none_of_bobs(ada, bob):
    assert page(ada, "/me/delete/").count("<li>") == len(held.models())
    assert Learner.objects.count() == 2
    done = ada.post("/me/delete/")
    assert "All of it is deleted" in done.content.decode()
    assert done["Clear-Site-Data"] == '"storage"'
    assert {cookie.value for name, cookie in done.cookies.items() if name.startswith("learner")} == {""}
    assert sum(name.startswith("learner") for name in done.cookies) == 2
    assert [model.__name__ for model in held.models() if model._default_manager.count() != 1] == []
    assert "bobs-guess" in page(bob)
    assert "Nothing. You have answered" in page(ada)


def test_a_newcomer_reads_that_nothing_is_kept_and_still_is_none():
    newcomer = browser_of_a_newcomer()
    assert "Nothing. You have answered" in page(newcomer)
    assert "There is nothing to delete" in page(newcomer, "/me/delete/")
    assert list(newcomer.get("/me/everything.json").json()) == ["exported_at"]
    assert not Learner.objects.exists()
    assert not any(name.startswith("learner") for name in newcomer.cookies)


def test_no_page_of_it_may_be_kept_by_a_cache(ada):
    answers = [ada.get(path) for path in ("/me/", "/me/everything.json", "/me/delete/")]
    answers += [ada.post("/me/code/"), ada.post("/me/resume/", {"code": "x"})]
    assert ["no-store" in answer["Cache-Control"] for answer in answers] == [True] * 5


def test_of_very_much_the_newest_is_shown_and_the_rest_counted(ada):
    learner = Learner.objects.get()
    Entry.objects.bulk_create(
        Entry(learner=learner, kind="predicted", slug="home/inp", payload={"choice": f"no {n}."}) for n in range(120)
    )
    shown = page(ada)
    assert "no 119." in shown
    assert "no 19." not in shown
    assert "The other 21 are in the file below." in shown
    assert len(ada.get("/me/everything.json").json()["entries"]) == 121


def test_what_somebody_wrote_turns_into_no_markup(ada):
    Feedback.objects.update(text="<script>x</script>")
    assert "<script>x" not in page(ada)
    assert "&lt;script&gt;x" in page(ada)


def test_it_is_found_from_every_page():
    for path in ("/", "/labs/", "/quizzes/", f"/lessons/{QUIZ}/perf/"):
        assert 'href="/me/"' in page(browser_of_a_newcomer(), path)
