"""One question in the place of the weather quiz, open in a real browser."""

from pathlib import Path

from playwright.sync_api import Page, ViewportSize

from tests.quizzes.asked import QUESTION, write_question
from tests.quizzes.test_in_browser import visit

PHONE: ViewportSize = {"width": 390, "height": 800}


def ask(page: Page, weather: Path, kind: str, answer: str, fields: str = "") -> None:
    """Open a question of this type, its modules loaded."""
    write_question(weather, kind, answer, fields)
    visit(page, QUESTION)
