"""Who is learning: anonymous, known by a signed cookie, and nobody else's business."""

import pytest
from django.conf import settings

from learners.models import Entry, Learner
from tests.people import browser_of_a_newcomer

pytestmark = pytest.mark.django_db


def test_reading_makes_no_learner():
    ada = browser_of_a_newcomer()
    for path in ("/", "/me.json", "/labs/", "/labs/email-in-request/"):
        ada.get(path)
    assert Learner.objects.count() == 0
    assert settings.LEARNER_COOKIE not in ada.cookies


def test_the_first_guess_makes_a_learner_with_a_strict_cookie():
    ada = browser_of_a_newcomer()
    answer = ada.post("/guesses/", {"slug": "home/inp", "choice": "rises"}, headers={"Accept": "application/json"})
    assert answer.status_code == 201
    cookie = ada.cookies[settings.LEARNER_COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    for_scripts = ada.cookies[f"{settings.LEARNER_COOKIE}_known"]
    assert (for_scripts.value, for_scripts["httponly"]) == ("1", "")
    assert ada.get("/me.json").json()["guesses"] == {"home/inp": "rises"}
    assert Learner.objects.count() == 1


def test_bob_sees_nothing_of_ada():
    ada, bob = browser_of_a_newcomer(), browser_of_a_newcomer()
    ada.post("/guesses/", {"slug": "home/inp", "choice": "rises"})
    assert bob.get("/me.json").json()["guesses"] == {}
    assert b"You guessed" not in bob.get("/").content


def test_a_cookie_that_somebody_made_up_is_nobody():
    ada, mallory = browser_of_a_newcomer(), browser_of_a_newcomer()
    ada.post("/guesses/", {"slug": "home/inp", "choice": "rises"})
    mallory.cookies[settings.LEARNER_COOKIE] = str(Learner.objects.get().pk)
    nobody = {"csrf": "", "learner": False, "labs": [], "guesses": {}, "progress": {}}
    assert mallory.get("/me.json").json() | {"csrf": ""} == nobody


def test_a_learner_who_is_no_longer_in_the_database_starts_anew():
    ada = browser_of_a_newcomer()
    ada.post("/guesses/", {"slug": "home/inp", "choice": "rises"})
    Learner.objects.all().delete()
    assert ada.post("/guesses/", {"slug": "home/inp", "choice": "rises"}).status_code in {201, 302}
    assert Entry.objects.count() == 1


def test_passing_is_noted_as_such_and_the_newest_guess_counts():
    ada = browser_of_a_newcomer()
    for choice in ("rises", "", "falls a little"):
        ada.post("/guesses/", {"slug": "home/inp", "choice": choice})
    assert list(Entry.objects.order_by("pk").values_list("kind", flat=True)) == ["predicted", "skipped", "predicted"]
    assert ada.get("/me.json").json()["guesses"] == {"home/inp": "falls a little"}


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"slug": "", "choice": "x"}, "slug"),
        ({"slug": "../etc", "choice": "x"}, "slug"),
        ({"slug": "a" * 200, "choice": "x"}, "slug"),
        ({"slug": "home/inp", "choice": "x" * 201}, "choice"),
    ],
)
def test_a_guess_out_of_bounds_is_refused_in_words(form, said):
    answer = browser_of_a_newcomer().post("/guesses/", form)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith(said)
    assert Entry.objects.count() == 0


def test_a_plain_form_is_led_back_but_never_to_another_site():
    ada = browser_of_a_newcomer()
    guess = {"slug": "home/inp", "choice": "rises"}
    assert ada.post("/guesses/", guess | {"back": "/#second"})["Location"] == "/#second"
    assert ada.post("/guesses/", guess | {"back": "https://evil.example/"}).status_code == 201


def test_a_guess_without_a_token_is_refused_with_the_remedy():
    answer = browser_of_a_newcomer(csrf=True).post("/guesses/", {"slug": "home/inp", "choice": "rises"})
    assert answer.status_code == 403
    assert b"cookies are switched off" in answer.content
