"""A small quiz of three questions, answered by Ada and Bob."""

import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from quizzes import catalog
from quizzes.quiz import Quiz
from tests.people import browser_of_a_newcomer

WEATHER = """\
---
title: Weather
lesson: first-weather
lab: open-window
---

Look out of the *window*.

## snow
type: one
topic: Why snow is white
level: easy

Snow is ice, and ice is clear. Why is snow white?

- [ ] dye: It takes dust from the clouds
  believes: what somebody thinks who says dye
  > Dust would make it grey: why-not-dye.
- [x] scatter: Its many faces scatter light
  > Each face mirrors a little of every colour: why-scatter.
- [ ] cold: It is too cold for colours
  believes: what somebody thinks who says cold
  > Cold things keep their colours: why-not-cold.

## rain
type: one
topic: What rain smells of
level: medium

What do you smell after `rain`?

- [x] soil: Oils that drops throw up from the soil
  > It has a name, petrichor: why-soil.
- [ ] ozone: Ozone, and only after every single thunderstorm
  believes: what somebody thinks who says ozone
  > Ozone is smelt before the storm: why-not-ozone.

## wind
type: one
topic: Where wind goes
level: hard

Where does wind go?

- [ ] up: It goes up into space and is lost there for ever
  believes: what somebody thinks who says up
  > Gravity holds the air: why-not-up.
- [ ] down: It goes down
  believes: what somebody thinks who says down
  > It would pile up: why-not-down.
- [x] low: It goes to low pressure
  > It is pushed from high to low: why-low.
"""
EXPLANATIONS = {"dye": "why-not-dye", "scatter": "why-scatter", "cold": "why-not-cold"}


@pytest.fixture(autouse=True)
def weather(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Path:
    """The quiz in a folder of its own; the path of its text."""
    settings.ROOT_URLCONF = "tests.quizzes.urls"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    path = tmp_path / "weather.md"
    path.write_text(WEATHER, encoding="utf-8")
    monkeypatch.setattr(catalog, "CONTENT", tmp_path)
    return path


@pytest.fixture
def weather_in_all_modes(weather: Path) -> None:
    """The quiz of three questions, offered in every mode; one of them has a hint."""
    text = WEATHER.replace("lab: open-window\n", "lab: open-window\nmodes: check, practice, test, prediction\n")
    weather.write_text(text.replace("level: easy\n", "level: easy\nhint: Look closely.\n", 1))


@pytest.fixture
def ada() -> Client:
    """Ada's browser."""
    return browser_of_a_newcomer()


@pytest.fixture
def bob() -> Client:
    """Bob's browser."""
    return browser_of_a_newcomer()


def weather_quiz() -> Quiz:
    """The quiz as it stands in its file."""
    quiz = catalog.find("weather")
    assert quiz
    return quiz


def address(question: str = "snow") -> str:
    """The page of a question."""
    return f"/quizzes/weather/{question}/"


def page(browser: Client, question: str = "snow") -> str:
    """What the browser sees of a question."""
    return browser.get(address(question)).content.decode()


def form_fields(html: str) -> dict[str, str]:
    """The hidden fields of the form on a page."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html))


def answer(browser: Client, question: str, given: str | None) -> str:
    """Open the question, choose, press Answer, follow to what is shown then."""
    fields = form_fields(page(browser, question)) | ({} if given is None else {"answer": given})
    return browser.post(address(question), fields, follow=True).content.decode()
