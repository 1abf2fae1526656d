"""What stories about review share: time that is moved, Ada's browser, what she did before, and what she presses."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core import signing
from django.test import Client
from pytest_django import Settings

from learners import records
from learners.identity import SALT
from learners.models import Entry, Learner
from quizzes import catalog
from quizzes.models import Answer, Attempt
from quizzes.review import clock
from quizzes.review.deck import deck_of
from tests.people import browser_of_a_newcomer
from tests.quizzes.conftest import form_fields

AGAIN, HARD, GOOD, EASY = "1", "2", "3", "4"
START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # a Tuesday
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
IDEAS = ["The answer leaves sooner.", "The mail leaves no sooner.", "It has a price."]
Travel = Callable[[timedelta], datetime]


def time_machine(monkeypatch: pytest.MonkeyPatch) -> Travel:
    """Set the clock of review to START; what is returned goes forward from there, and tells the new time."""
    now = START

    def go(ahead: timedelta) -> datetime:
        nonlocal now
        now += ahead
        return now

    monkeypatch.setattr(clock, "now", lambda: now)
    return go


def cookie_of(learner: Learner) -> str:
    """The cookie that makes a browser this learner's."""
    return signing.dumps(str(learner.pk), salt=SALT)


def answered(
    learner: Learner,
    question: str,
    given: str,
    *,
    right: bool = False,
    certainty: int = 0,
    at: datetime = START - HOUR,
    mode: str = "check",
    finished: bool = True,
) -> Attempt:
    """The learner answered this question in an attempt of its own."""
    quiz, found = next((quiz, found) for quiz in catalog.all_quizzes() if (found := quiz.find(question)))
    attempt = Attempt.objects.create(
        learner=learner,
        quiz=quiz.slug,
        mode=mode,
        round=Attempt.objects.count() + 1,
        questions=[question],
        finished_at=at if finished else None,
    )
    answer = Answer.objects.create(
        attempt=attempt,
        question=question,
        version=found.version,
        given=given,
        correct=right,
        certainty=certainty,
        try_number=1,
    )
    Attempt.objects.filter(pk=attempt.pk).update(started_at=at)
    Answer.objects.filter(pk=answer.pk).update(at=at)
    return attempt


def explained(learner: Learner, missed: list[str], lab: str = "open-window", at: datetime = START - HOUR) -> None:
    """The learner explained a lab, and ticked which of its ideas the sentence had."""
    had = [idea for idea in IDEAS if idea not in missed]
    entry = records.write(learner, Entry.Kind.EXPLAINED, f"labs/{lab}", {"text": "It <just> feels faster."})
    records.amend(entry, {"had": had, "missed": missed})
    Entry.objects.filter(pk=entry.pk).update(at=at)


def signed_in(learner: Learner, settings: Settings, *, csrf: bool = False) -> Client:
    """A browser of this learner."""
    browser = browser_of_a_newcomer(csrf=csrf)
    browser.cookies[settings.LEARNER_COOKIE] = cookie_of(learner)
    return browser


def page(browser: Client) -> str:
    """What the browser sees of review."""
    return browser.get("/review/").content.decode()


def item_form(html: str) -> dict[str, str]:
    """The hidden fields of the item's form."""
    found = re.search(r'<form method="post" action="/review/(answer|rate)/"[^>]*>(.*?)</form>', html, re.DOTALL)
    assert found, html
    return form_fields(found[2])


def post(browser: Client, step: str, **fields: str) -> str:
    """Send a form; what is shown then."""
    return browser.post(f"/review/{step}/", fields, follow=True).content.decode()


def answer(browser: Client, given: str = "") -> str:
    """Answer what is asked now, or show its answer."""
    return post(browser, "answer", **item_form(page(browser)), **({"answer": given} if given else {}))


def rate(browser: Client, rating: str) -> str:
    """Press a rating of what is answered."""
    return post(browser, "rate", **item_form(page(browser)), rating=rating)


def undo(browser: Client) -> str:
    """Press Undo."""
    found = re.search(r'name="log" value="(\d+)"', page(browser))
    assert found, "nothing to undo"
    return post(browser, "undo", log=found[1])


def ratings_on(html: str) -> dict[str, str]:
    """The ratings offered, each with the interval printed on it."""
    return dict(re.findall(r'name="rating" value="(\d)".*?<small>(.*?)</small>', html))


def titles_due(learner: Learner) -> list[str]:
    """What is due, in order."""
    return [held.item.title for held in deck_of(learner, clock.now()).due]


def reworded(path: Path, old: str, new: str) -> None:
    """Otto rewrites the quiz."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    catalog._read.cache_clear()
