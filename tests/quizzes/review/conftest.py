"""Ada, who has been here before, and the clock of review, which stories move."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from learners import measured
from learners.measured import Measured, Source
from learners.models import Learner
from tests.quizzes.review.stories import Travel, signed_in, time_machine


@pytest.fixture(autouse=True)
def travel(monkeypatch: pytest.MonkeyPatch) -> Travel:
    """Go forward in time from START, where every story begins."""
    return time_machine(monkeypatch)


@pytest.fixture
def learner() -> Learner:
    """Ada, as the database knows her."""
    return Learner.objects.create()


@pytest.fixture
def ada(learner: Learner, settings: Settings) -> Client:
    """Ada's browser, which has been here before."""
    return signed_in(learner, settings)


CARDS = """\
---
title: Cards of the sky
lesson: first-weather
---

Turn them.

## cloud
type: card
topic: What a cloud is
level: easy

What is a cloud made of?

= Droplets of *water*: back-of-cloud.

## own-gust
type: measured
figure: open-window/gust
topic: Your own gust
level: hard

How fast was your gust?

= own ± 10 %

> It passes: worked-gust.
"""


@pytest.fixture
def cards(weather: Path, monkeypatch: pytest.MonkeyPatch) -> dict[Learner, Measured]:
    """A second quiz: a card, and a question on one's own gust, which is measured as the returned dictionary says."""
    gusts: dict[Learner, Measured] = {}
    source = Source("The open window", "/labs/open-window/", "Open it once.")
    monkeypatch.setattr(measured, "_figures", dict(measured._figures))
    measured.register("open-window/gust", gusts.get, unit="ms", source=source)
    (weather.parent / "cards.md").write_text(CARDS, encoding="utf-8")
    return gusts
