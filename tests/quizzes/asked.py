"""One question in the place of the weather quiz, and what a browser without script does with its form."""

import re
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.test import Client

from quizzes.quiz import Body
from tests.quizzes.conftest import address, form_fields, page
from tests.quizzes.written import HEAD, tries

QUESTION = address("wind")


def write_question(path: Path, kind: str, answer: str, fields: str = "") -> None:
    """Make the weather quiz one question of this type, `wind`."""
    own = f"{fields.strip()}\n" if fields else ""
    head = f"type: {kind}\ntopic: Where wind goes\nlevel: easy\n{own}\nHow does the wind blow?\n\n"
    path.write_text(f"{HEAD}{head}{answer.strip(chr(10))}\n\n> It is so: the-solution.\n", encoding="utf-8")


def shown(browser: Client) -> str:
    """The question's page."""
    return page(browser, "wind")


def send(browser: Client, **fields: str | list[str]) -> HttpResponse:
    """Open the question, fill in these fields, press Answer, and follow to what is shown then."""
    answer: Any = browser.post(QUESTION, form_fields(shown(browser)) | fields, follow=True)
    assert isinstance(answer, HttpResponse)
    return answer


def values(html: str) -> dict[str, str]:
    """What stands in the text fields of a page."""
    found = re.findall(r'<input (?!type=)[^>]*name="([\w-]+)"[^>]*? value="([^"]*)"', html)
    return dict(found)


def opened(body: Body, *given: str) -> Any:
    """What the form shows after these answers."""
    return body.open_shown(tries(body, *given))


def explained(body: Body, *given: str) -> Any:
    """What stands there in place of the form once these answers have closed the question."""
    return body.closed_shown(tries(body, *given))
