"""Ada answers questions; every story through the pages, as a browser without JavaScript sees them."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from learners.models import Learner
from quizzes import catalog, marking
from quizzes.models import Answer, Attempt
from quizzes.standing import standing
from tests.people import browser_of_a_newcomer
from tests.quizzes.conftest import EXPLANATIONS, WEATHER, address, answer, form_fields, page, weather_quiz

pytestmark = pytest.mark.django_db


def explanations_in(html: str) -> set[str]:
    """Which options of the first question the page explains."""
    return {option for option, words in EXPLANATIONS.items() if words in html}


def test_ada_is_right_and_sees_every_option_explained(ada: Client) -> None:
    html = answer(ada, "snow", "scatter")

    assert "Right, at the first try." in html
    assert explanations_in(html) == {"dye", "scatter", "cold"}
    assert "Right answer, your answer" in html
    assert address("rain") in html


def test_ada_misses_once_and_learns_why_and_nothing_more(ada: Client) -> None:
    html = answer(ada, "snow", "dye")

    assert explanations_in(html) == {"dye"}
    assert "Your first answer" in html
    assert "one more try" in html
    assert "Right answer" not in html
    assert re.findall(r'name="answer" value="(\w+)"', html) == ["scatter", "cold"]


def test_ada_misses_twice_and_then_sees_everything(ada: Client) -> None:
    answer(ada, "snow", "dye")
    html = answer(ada, "snow", "cold")

    assert explanations_in(html) == {"dye", "scatter", "cold"}
    assert "Your first answer" in html
    assert "Your second answer" in html
    assert "Right answer" in html
    assert "Answer</button>" not in html
    assert '<input type="radio"' not in html


def test_ada_is_right_at_the_second_try(ada: Client) -> None:
    answer(ada, "snow", "dye")
    assert "Right, at the second try." in answer(ada, "snow", "scatter")


def test_an_answer_survives_reload_and_leaves_the_page_at_its_address(ada: Client) -> None:
    first = ada.post(address(), form_fields(page(ada)) | {"answer": "scatter"})

    assert first.status_code == 302
    assert first["Location"] == f"{address()}#verdict-snow"
    assert 'id="verdict-snow"' in page(ada)
    assert "Right, at the first try." in page(ada)


def test_no_page_tells_the_key_before_it_is_due(ada: Client, weather) -> None:
    """The same quiz with another key gives the very same page: it cannot hold what it does not depend on."""
    before = page(ada)
    weather.write_text(WEATHER.replace("[ ] dye", "[x] dye").replace("[x] scatter", "[ ] scatter"), encoding="utf-8")
    catalog._read.cache_clear()
    assert weather_quiz().questions[0].body.is_right("dye")

    secrets = r'name="(csrfmiddlewaretoken|seal)" value="[^"]*"'
    assert re.sub(secrets, "", before) == re.sub(secrets, "", page(ada))
    assert explanations_in(before) == set()


def test_the_key_cannot_be_tried_out_from_the_seal(ada: Client) -> None:
    assert weather_quiz().questions[0].version not in page(ada)


def test_bob_sees_nothing_of_ada(ada: Client, bob: Client) -> None:
    answer(ada, "snow", "scatter")

    assert explanations_in(page(bob)) == set()
    assert "Nothing is answered yet" in bob.get("/quizzes/weather/result/").content.decode()
    assert "0 of 3" in page(bob)


def test_looking_around_makes_no_learner(ada: Client) -> None:
    for where in ("/quizzes/", "/quizzes/weather/", address(), "/quizzes/weather/result/"):
        assert ada.get(where).status_code == 200
    assert Learner.objects.count() == 0
    assert not any(name.startswith("learner") for name in ada.cookies)


def test_nothing_chosen_is_said_beside_the_answers_and_counts_nothing(ada: Client) -> None:
    html = answer(ada, "snow", None)

    assert re.search(r'role="alert"[^>]*>Nothing is chosen\.', html)
    assert 'aria-describedby="trouble-snow"' in html
    assert Learner.objects.count() == 0


def test_two_answers_that_both_saw_a_free_try_count_once(ada: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """What only a database without IMMEDIATE transactions lets happen: both read before either writes."""
    answer(ada, "rain", "soil")
    before, fields = standing(Learner.objects.get(), weather_quiz()), form_fields(page(ada))
    ada.post(address(), fields | {"answer": "scatter"})
    looks = iter([before])
    monkeypatch.setattr(marking, "standing", lambda *whose: next(looks, None) or standing(*whose))
    response = ada.post(address(), fields | {"answer": "dye"})

    assert "taken" in response["Location"]
    assert [kept.given for kept in Answer.objects.filter(question="snow")] == ["scatter"]


@pytest.mark.parametrize("given", ["hail", "<script>", "soil"])
def test_an_answer_that_does_not_exist_is_refused_with_its_name(ada: Client, given: str) -> None:
    response = ada.post(address(), form_fields(page(ada)) | {"answer": given})

    assert response.status_code == 400
    assert "is not one of the answers to this question" in response.content.decode()
    assert "<script>" not in response.content.decode().split("<main")[1]
    assert Learner.objects.count() == 0


def test_a_book_is_no_answer(ada: Client) -> None:
    response = ada.post(address(), form_fields(page(ada)) | {"answer": "x" * 5000})
    assert response.status_code == 400
    assert "too long" in response.content.decode()


def test_a_double_click_counts_once(ada: Client) -> None:
    fields = form_fields(page(ada)) | {"answer": "dye"}
    ada.post(address(), fields)
    html = ada.post(address(), fields, follow=True).content.decode()

    assert Answer.objects.count() == 1
    assert "one more try" in html
    assert "another tab" not in html


def test_a_second_tab_does_not_overwrite_the_first(ada: Client) -> None:
    answer(ada, "rain", "soil")  # so that both tabs belong to one learner
    tab_one, tab_two = form_fields(page(ada)), form_fields(page(ada))
    ada.post(address(), tab_one | {"answer": "scatter"})
    html = ada.post(address(), tab_two | {"answer": "dye"}, follow=True).content.decode()

    assert "already used from another tab" in html
    assert "Right, at the first try." in html
    assert [kept.given for kept in Answer.objects.filter(question="snow")] == ["scatter"]


STALE = [{"round": "2"}, {"try": "2"}, {"try": ""}, {"round": "-1"}, {"try": "9" * 400}, {"try": "²"}]


@pytest.mark.parametrize("stale", STALE)
def test_a_form_of_another_attempt_is_not_counted(ada: Client, stale: dict[str, str]) -> None:
    response = ada.post(address(), form_fields(page(ada)) | {"answer": "dye"} | stale)

    assert response.status_code == 409
    assert "earlier attempt" in response.content.decode()
    assert Answer.objects.count() == 0


def test_a_question_reworded_meanwhile_is_asked_again_with_the_choice_kept(ada: Client, weather) -> None:
    fields = form_fields(page(ada))
    weather.write_text(WEATHER.replace("Why is snow white?", "Why does snow look white?"), encoding="utf-8")
    catalog._read.cache_clear()
    response = ada.post(address(), fields | {"answer": "cold"})

    assert response.status_code == 409
    assert "reworded" in response.content.decode()
    assert 'value="cold" checked' in response.content.decode()
    assert Answer.objects.count() == 0


def test_a_form_without_its_token_is_refused() -> None:
    strict = browser_of_a_newcomer(csrf=True)
    fields = form_fields(page(strict)) | {"answer": "scatter"}

    assert strict.post(address(), {**fields, "csrfmiddlewaretoken": ""}).status_code == 403
    assert strict.post(address(), fields).status_code == 302


def test_statistics_can_tell_versions_and_options_apart(ada: Client) -> None:
    answer(ada, "snow", "dye")
    counted = Answer.objects.get()
    assert (counted.question, counted.given, counted.correct) == ("snow", "dye", False)
    assert counted.version == weather_quiz().questions[0].version


def test_an_answer_takes_four_statements(ada: Client) -> None:
    answer(ada, "rain", "soil")
    fields = form_fields(page(ada)) | {"answer": "dye"}
    with CaptureQueriesContext(connection) as queries:
        ada.post(address(), fields)

    data = ("SELECT", "INSERT", "UPDATE", "DELETE")
    statements = [query["sql"] for query in queries if query["sql"].strip().startswith(data)]
    assert len(statements) == 4, statements


def test_unknown_quiz_and_question_are_not_found(ada: Client) -> None:
    assert ada.get("/quizzes/whether/").status_code == 404
    assert ada.get("/quizzes/weather/hail/").status_code == 404
    assert ada.post("/quizzes/weather/hail/", {"answer": "x"}).status_code == 404


def test_an_attempt_ends_with_its_last_answer(ada: Client) -> None:
    for question, given in (("snow", "scatter"), ("rain", "soil"), ("wind", "up")):
        answer(ada, question, given)
        assert Attempt.objects.get().finished_at is None
    answer(ada, "wind", "low")
    assert Attempt.objects.get().finished_at is not None
