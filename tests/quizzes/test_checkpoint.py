"""A question inside a lesson: the same bytes for everyone, and a link to the question's own page."""

from pathlib import Path

import pytest
from django.core.checks.registry import registry
from django.test import Client

from authoring.page import render_page
from quizzes.checks import check_quizzes
from tests.quizzes.conftest import WEATHER, address, answer

LESSON = Path("lessons/content/x/perf.md")


def lesson(quiz: str = "weather", question: str = "snow") -> tuple[str, list[str]]:
    """The lesson's HTML, and what its author is told."""
    rendered = render_page(f'Text.\n\n::: checkpoint quiz="{quiz}" id="{question}"\n:::\n', LESSON)
    return rendered.html, [str(problem) for problem in rendered.problems]


def test_a_checkpoint_asks_and_links_and_holds_no_form() -> None:
    html, problems = lesson()

    assert problems == []
    assert "Why is snow white?" in html
    assert f'href="{address("snow")}"' in html
    assert "<form" not in html
    assert "csrf" not in html
    assert "scatter" not in html


@pytest.mark.django_db
def test_a_lesson_is_the_same_for_ada_before_and_after(ada: Client) -> None:
    before = ada.get("/lessons/weather/").content
    answer(ada, "snow", "scatter")
    assert ada.get("/lessons/weather/").content == before


@pytest.mark.parametrize(
    ("quiz", "question", "expected"),
    [
        ("wether", "snow", "lessons/content/x/perf.md:3: There is no quiz wether. Did you mean weather?"),
        ("weather", "show", "lessons/content/x/perf.md:3: The quiz weather has no question show. Did you mean snow?"),
    ],
)
def test_a_checkpoint_that_leads_nowhere_is_told(quiz: str, question: str, expected: str) -> None:
    html, problems = lesson(quiz, question)
    assert problems == [expected]
    assert "<a" not in html


def test_manage_check_prints_file_line_and_remedy(weather: Path) -> None:
    weather.write_text(WEATHER.replace("[x] scatter", "[ ] scatter"), encoding="utf-8")
    messages = [str(message) for message in check_quizzes(None)]

    assert check_quizzes in registry.get_checks()
    assert len(messages) == 1
    assert f"{weather}:16: (quizzes.W001) No option is marked as right." in messages[0]
    assert "HINT: Mark the key" in messages[0]


@pytest.mark.django_db
def test_an_author_sees_problems_on_the_page_and_a_learner_does_not(ada: Client, weather: Path, settings) -> None:
    weather.write_text(WEATHER.replace("[x] scatter", "[ ] scatter"), encoding="utf-8")
    settings.AUTHOR = True
    assert "No option is marked as right." in ada.get("/quizzes/weather/").content.decode()
    settings.AUTHOR = False
    assert "No option is marked as right." not in ada.get("/quizzes/weather/").content.decode()
