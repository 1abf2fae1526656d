"""A sitting of the weather quiz, as a browser without script takes it."""

import re
from html import unescape

from django.test import Client

from tests.quizzes.conftest import form_fields

KEYS = {"snow": "scatter", "rain": "soil", "wind": "low"}
WRONG = {"snow": "dye", "rain": "ozone", "wind": "up"}


def begin(browser: Client, mode: str) -> str:
    """Begin a sitting; its address."""
    return browser.post(f"/quizzes/weather/{mode}/")["Location"]


def asked(browser: Client, sitting: str, number: int) -> tuple[str, str]:
    """The address of a question of the sitting, and the question's id."""
    html = browser.get(f"{sitting}{number}/").content.decode()
    found = re.search(r'id="prompt-([a-z]+)"', html)
    assert found, html
    return f"{sitting}{number}/", found[1]


def save(browser: Client, place: str, given: str, **more: str) -> int:
    """Answer one question; the status."""
    fields = form_fields(browser.get(place).content.decode())
    return browser.post(place, fields | {"answer": given} | more).status_code


def take(browser: Client, sitting: str, answers: dict[str, str], **more: str) -> None:
    """Answer every question as a table of answers says."""
    for number in range(1, len(answers) + 1):
        place, question = asked(browser, sitting, number)
        assert save(browser, place, answers[question], **more) == 302


def result(browser: Client, sitting: str) -> str:
    """The text of the result."""
    browser.post(f"{sitting}hand-in/")
    html = browser.get(sitting).content.decode()
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
