"""Ada has clicked both buttons of the home page and guessed: what it says then, and where it leads."""

from pathlib import Path

import pytest
from django.test import Client

from learners.models import Learner
from lessons.catalog import read_catalog
from tests.labs.test_explain import runs_of
from tests.people import browser_of_a_newcomer

pytestmark = pytest.mark.django_db

WHY = '<a class="btn" href="/lessons/redis-as-a-message-broker/perf/">Why?'


@pytest.fixture
def ada() -> Client:
    """Ada's browser, after her guess about INP and one run of each way."""
    browser = browser_of_a_newcomer()
    browser.post("/guesses/", {"slug": "home/inp", "choice": "rises"})
    runs_of(Learner.objects.get())
    return browser


def test_the_surprise_leads_to_the_lesson_that_explains_it(ada: Client):
    page = ada.get("/").content.decode()
    assert "You guessed: it rises." in page
    assert WHY in page
    assert ada.get("/lessons/redis-as-a-message-broker/perf/").status_code == 200


def test_in_a_course_without_our_lesson_nothing_leads_there(ada: Client, tmp_path: Path, monkeypatch):
    monkeypatch.setattr("course.home.catalog", lambda: read_catalog(tmp_path))
    page = ada.get("/").content.decode()
    assert "You guessed: it rises." in page
    assert "Why?" not in page
    assert "Every figure, and the code that ran" in page
