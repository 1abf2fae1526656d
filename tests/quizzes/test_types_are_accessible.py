"""Every state of a question on Ada's telephone: axe finds nothing, nothing sticks out, nothing is told too early."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from learners import measured
from learners.measured import Measured, Source
from tests.quizzes.asked_in_browser import PHONE, ask
from tests.quizzes.test_in_browser import ada, chromium, visit
from tests.quizzes.test_types_blanks import CODE as BLANKS
from tests.quizzes.test_types_order import CODE, INDENTED, RECIPE
from tests.quizzes.test_types_prediction import CHOICES
from tests.soundness import assert_sound

__all__ = ["ada", "chromium"]  # fixtures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks has a run of a lab that says 285 ms."""
    monkeypatch.setattr(measured, "_figures", {})
    run = Measured(285.0, "ms", "330 ms less 45 ms.", "/labs/open-window/runs/first/")
    source = Source("The open window", "/labs/open-window/", "Open it once.")
    measured.register("open-window/apart", lambda learner: run, unit="ms", source=source)


def become_a_learner(page: Page) -> None:
    """Write something, as a lab or a lesson would."""
    visit(page, "/labs/")
    page.evaluate(
        """async () => {
            const { csrf } = await (await fetch("/me.json")).json()
            const body = new URLSearchParams({ slug: "weather", choice: "rain" })
            await fetch("/guesses/", { method: "POST", headers: { "X-CSRFToken": csrf }, body })
        }"""
    )


KINDS = [
    ("order", CODE, INDENTED),
    ("order", RECIPE, ""),
    ("blanks", BLANKS, "tiles: yes"),
    ("prediction", CHOICES, ""),
    ("prediction", "number: ms", ""),
    ("measured", "= own ± 10 %", "figure: open-window/apart"),
    ("card", "= To **low** pressure.", ""),
]
SECRET = re.compile(r"why-|the-solution|apply_async|330 ms|285|To <strong>low")


def answer_somehow(page: Page) -> None:
    """Give an answer of the question's type, right or not."""
    for button in page.locator("[data-line] button.line").all():
        button.click()
    for index, field in enumerate(page.locator("form input.blank, form input.typed").all()):
        field.fill(f"1{index}")
    for radio in page.get_by_role("radio").all()[:1]:
        radio.check()
    for name in ("Turn the card over", "I knew it", "Answer"):
        button = page.get_by_role("button", name=name, exact=True)
        if button.count():
            button.click()
            page.wait_for_load_state("networkidle")


@pytest.mark.usefixtures("a_run")
@pytest.mark.parametrize(("kind", "answer", "fields"), KINDS)
def test_every_state_is_accessible_fits_a_phone_and_tells_nothing_too_early(
    ada: Page, weather: Path, kind: str, answer: str, fields: str
) -> None:
    ada.set_viewport_size(PHONE)
    become_a_learner(ada)
    ask(ada, weather, kind, answer, fields)
    assert not SECRET.search(ada.content().replace("/labs/open-window", ""))
    for _ in range(3):
        assert_sound(ada)
        answer_somehow(ada)
    assert "the-solution" in ada.content()
