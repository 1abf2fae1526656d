"""Ada is asked how sure she is once she knows how questions work here, and sees how well her words fit."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from learners.models import Learner
from quizzes.certainty_page import FEWEST, levels
from quizzes.models import Answer, Attempt
from quizzes.page import ANSWERS_BEFORE_CERTAINTY
from tests.quizzes.conftest import WEATHER, answer, page

pytestmark = pytest.mark.django_db
WORDS = ("a guess", "fairly sure", "certain")


def earlier(count: int, certainty: int = 0, right: int = 0, *, mode: str = "test", question: str = "other") -> None:
    """Answers Ada has given before, in a sitting of its own, the first `right` of them right."""
    learner = Learner.objects.get()
    number = Attempt.objects.count() + 1
    attempt = Attempt.objects.create(learner=learner, quiz=f"{question}-{number}", mode=mode)
    Answer.objects.bulk_create(
        Answer(
            attempt=attempt,
            question=f"{question}-{place}",
            version="v",
            given="x",
            correct=place < right,
            certainty=certainty,
            try_number=1,
        )
        for place in range(count)
    )


def asks(html: str) -> bool:
    """Whether the page asks how sure one is."""
    return "How sure are you?" in html


def test_a_newcomer_is_not_asked(ada: Client) -> None:
    assert not asks(page(ada))
    answer(ada, "rain", "soil")
    assert not asks(page(ada))


def test_after_ten_answers_she_is_asked_and_need_not_say(ada: Client) -> None:
    answer(ada, "rain", "soil")
    earlier(ANSWERS_BEFORE_CERTAINTY - 2)
    assert not asks(page(ada))
    earlier(1)
    html = page(ada)
    assert asks(html)
    assert all(words in html for words in WORDS)

    assert "Right, at the first try." in answer(ada, "snow", "scatter")
    assert Answer.objects.get(question="snow").certainty == 0


def test_what_she_said_is_kept_and_answered_in_words(ada: Client) -> None:
    answer(ada, "rain", "soil")
    earlier(ANSWERS_BEFORE_CERTAINTY)
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page(ada)))
    ada.post("/quizzes/weather/snow/", fields | {"answer": "dye", "certainty": "3"})
    html = answer(ada, "snow", "cold")

    assert [kept.certainty for kept in Answer.objects.filter(question="snow").order_by("try_number")] == [3, 0]
    assert "You said: certain." in html
    assert "comes back in your review" in html


@pytest.mark.parametrize("sent", ["4", "0", "-1", "x", "3" * 50, "\uff13"])
def test_a_word_there_is_not_counts_as_not_said(ada: Client, sent: str) -> None:
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page(ada)))
    assert ada.post("/quizzes/weather/snow/", fields | {"answer": "dye", "certainty": sent}).status_code == 302
    assert Answer.objects.get().certainty == 0


def test_a_choice_of_words_survives_an_answer_that_cannot_be_marked(ada: Client) -> None:
    answer(ada, "rain", "soil")
    earlier(ANSWERS_BEFORE_CERTAINTY)
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page(ada)))
    html = ada.post("/quizzes/weather/snow/", fields | {"certainty": "2"}).content.decode()
    assert re.search(r'name="certainty" value="2" checked', html)


def test_the_picture_counts_first_tries_of_marked_answers_and_says_what_they_mean(ada: Client) -> None:
    answer(ada, "rain", "soil")
    earlier(10, certainty=3, right=5)
    earlier(10, certainty=2, right=6, question="b")
    earlier(FEWEST - 1, certainty=1, question="c")
    earlier(10, certainty=3, right=10, mode="prediction", question="d")
    second_try = {"version": "v", "given": "y", "correct": True, "certainty": 3, "try_number": 2}
    Answer.objects.create(attempt=Attempt.objects.get(quiz="b-3"), question="b-9", **second_try)
    guess, fairly, certain = levels(Learner.objects.get())

    assert (certain.right, certain.said, certain.percent) == (5, 10, 50)
    assert certain.verdict == "You are right less often than the word says."
    assert fairly.verdict == "The word fits."
    assert guess.verdict.startswith("Too few to tell")
    text = " ".join(unescape(re.sub(r"<[^>]+>", " ", ada.get("/quizzes/certainty/").content.decode())).split())
    assert "certain 5 of 10" in text
    assert "6 of 10" in text


def test_who_knows_more_than_they_say_is_told(ada: Client) -> None:
    answer(ada, "rain", "soil")
    earlier(10, certainty=1, right=9)
    assert levels(Learner.objects.get())[0].verdict == "You know more than you say."


def test_bob_sees_nothing_of_it_and_looking_makes_no_learner(ada: Client, bob: Client) -> None:
    answer(ada, "rain", "soil")
    earlier(10, certainty=3, right=5)
    html = bob.get("/quizzes/certainty/").content.decode()
    assert html.count("never said") == 3
    assert Learner.objects.count() == 1


def test_a_confident_mistake_stands_first_in_the_result(weather: Path, ada: Client) -> None:
    weather.write_text(WEATHER)
    for question, given, certainty in (("snow", "dye", "1"), ("rain", "ozone", "1"), ("wind", "up", "3")):
        fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page(ada, question)))
        ada.post(f"/quizzes/weather/{question}/", fields | {"answer": given, "certainty": certainty})
    html = ada.get("/quizzes/weather/result/").content.decode()
    assert html.index("Where wind goes") < html.index("Why snow is white")
