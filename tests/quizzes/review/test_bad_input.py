"""What no form of ours sends, and what belongs to somebody else."""

import pytest
from django.test import Client
from pytest_django import Settings

from learners.models import Learner
from quizzes.review.models import RetentionTarget, ReviewLog
from tests.quizzes.review.stories import GOOD, answer, answered, item_form, page, post, rate, signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("", "Nothing is chosen"),
        ("hail", "not one of the answers"),
        ("x" * 5000, "too long"),
        ("scatter\0", "cannot be kept"),
        ("<script>", "answers"),
    ],
)
def test_an_answer_that_cannot_be_marked_is_told_beside_the_form(
    ada: Client, learner: Learner, given: str, says: str
) -> None:
    answered(learner, "snow", "dye")
    response = ada.post("/review/answer/", item_form(page(ada)) | {"answer": given})

    assert response.status_code == 400
    html = response.content.decode()
    assert says in html
    assert 'role="alert"' in html
    assert 'aria-describedby="trouble-snow"' in html
    assert "<script>" not in html.split("<main")[1]
    assert ReviewLog.objects.count() == 0


BAD_FORMS = [
    {"number": "2"},
    {"number": "-1"},
    {"number": "9" * 400},
    {"number": "²"},
    {"item": ""},
    {"item": "questions/hail"},
    {"item": "\0" * 3},
    {"item": "x" * 4000},
]


@pytest.mark.parametrize("bad", BAD_FORMS)
def test_a_form_that_is_not_ours_counts_nothing(ada: Client, learner: Learner, bad: dict[str, str]) -> None:
    answered(learner, "snow", "dye")
    fields = item_form(page(ada)) | {"answer": "scatter"}
    assert ada.post("/review/answer/", fields | bad).status_code == 302
    assert ReviewLog.objects.count() == 0

    ada.post("/review/answer/", fields)
    assert ada.post("/review/rate/", fields | {"rating": GOOD} | bad).status_code == 302
    assert ReviewLog.objects.get().rating is None


@pytest.mark.parametrize("rating", ["", "0", "5", "1", "3.0", "good", "\0", "9" * 400])
def test_a_rating_that_does_not_exist_counts_nothing(ada: Client, learner: Learner, rating: str) -> None:
    answered(learner, "snow", "dye")
    answer(ada, "scatter")
    rate(ada, rating)
    assert ReviewLog.objects.get().rating is None


@pytest.mark.parametrize("log", ["", "0", "x", "\0", "9" * 400])
def test_an_undo_that_is_not_ours_takes_nothing_back(ada: Client, learner: Learner, log: str) -> None:
    answered(learner, "snow", "dye")
    answer(ada, "scatter")
    post(ada, "undo", log=log)
    assert ReviewLog.objects.count() == 1


def test_bob_can_neither_see_nor_rate_nor_undo_what_is_ada_s(ada: Client, learner: Learner, settings: Settings) -> None:
    answered(learner, "snow", "dye")
    bob = signed_in(Learner.objects.create(), settings)
    asked = item_form(page(ada))
    assert "Nothing to review yet" in page(bob)
    assert "taken out of the course" in post(bob, "answer", **asked, answer="scatter")
    answer(ada, "scatter")
    post(bob, "rate", **item_form(page(ada)), rating=GOOD)
    post(bob, "undo", log=str(ReviewLog.objects.get().pk))

    assert ReviewLog.objects.get().rating is None
    assert "snow" not in bob.get("/review/anki.txt").content.decode()


def test_a_form_without_its_token_is_refused(learner: Learner, settings: Settings) -> None:
    answered(learner, "snow", "dye")
    strict = signed_in(learner, settings, csrf=True)
    fields = item_form(page(strict)) | {"answer": "scatter"}
    for step in ("answer", "rate", "undo", "retention"):
        assert strict.post(f"/review/{step}/", {**fields, "csrfmiddlewaretoken": ""}).status_code == 403
    assert strict.post("/review/answer/", fields).status_code == 302


@pytest.mark.parametrize(
    ("percent", "says"),
    [
        ("79", "too little"),
        ("96", "too much"),
        ("", "no whole number"),
        ("9" * 400, "whole"),
        ("90.5", "whole"),
        ("100", "too much"),
    ],
)
def test_a_target_out_of_bounds_is_told_beside_its_field(
    ada: Client, learner: Learner, percent: str, says: str
) -> None:
    answered(learner, "snow", "dye")
    response = ada.post("/review/retention/", {"percent": percent})

    assert response.status_code == 400
    html = response.content.decode()
    assert says in html
    assert f'value="{percent}"' in html
    assert 'aria-invalid="true"' in html
    assert RetentionTarget.objects.count() == 0
