"""Items as a text file for Anki, read back as Anki reads it; and the course's own bank through review."""

import csv
import html as html_entities
import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils.safestring import SafeString
from pytest_django import Settings

from learners.measured import Measured
from learners.models import Learner
from quizzes import catalog
from quizzes.prose import block, inline
from quizzes.quiz import Question, Quiz
from quizzes.review import clock
from quizzes.review.anki import HEADERS, quiz_as_anki
from quizzes.review.deck import Deck, deck_of
from quizzes.review.page import review_context
from quizzes.review.plain_html import plain_html
from tests.quizzes.conftest import EXPLANATIONS
from tests.quizzes.review.stories import IDEAS, answered, explained, reworded, signed_in

pytestmark = pytest.mark.django_db


def anki_rows(text: str) -> list[list[str]]:
    """The notes of a file, read as Anki reads it."""
    lines = text.splitlines(keepends=True)
    assert [line.rstrip("\n") for line in lines[: len(HEADERS)]] == list(HEADERS)
    return list(csv.reader(lines[len(HEADERS) :], delimiter="\t"))


def test_ada_takes_her_items_to_anki(ada: Client, learner: Learner) -> None:
    answered(learner, "snow", "dye")
    explained(learner, IDEAS[2:])
    response = ada.get("/review/anki.txt")
    notes = {note[0]: note for note in anki_rows(response.content.decode())}

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert set(notes) == {"brokered/questions/snow", "brokered/labs/open-window"}
    _, front, back, tags = notes["brokered/questions/snow"]
    assert "Why is snow white?" in front
    assert "Its many faces scatter light" in front
    assert not any(explanation in front for explanation in EXPLANATIONS.values())
    assert "why-scatter" in back
    assert "Right answer" in back
    assert tags.split() == ["brokered::weather", "brokered::easy", "brokered::one"]
    assert not re.search(r"<(input|svg|label|button)|class=|href=", front + back)
    assert "feels faster" in html_entities.unescape(notes["brokered/labs/open-window"][1])
    assert IDEAS[2] in notes["brokered/labs/open-window"][2]


def test_code_keeps_its_lines_and_quotes_on_the_way_to_anki(weather: Path) -> None:
    code = '```python\nif a < "b":\n    print(1)\n```\n\nWhere does wind go?'
    reworded(weather, "Where does wind go?", code)
    notes = anki_rows(quiz_as_anki(catalog.all_quizzes()[0]))

    assert [note[0] for note in notes] == [f"brokered/questions/{name}" for name in ("snow", "rain", "wind")]
    front = html_entities.unescape(notes[2][1])
    assert 'if a < "b":\n    print(1)' in front
    assert all(len(note) == 4 for note in notes)


def test_a_file_for_anki_has_her_own_figure_and_nobody_else_s(
    ada: Client, learner: Learner, cards: dict[Learner, Measured], settings: Settings
) -> None:
    bob = Learner.objects.create()
    cards[learner] = Measured(340, "ms", "It blew.", "/labs/open-window/runs/x/")
    cards[bob] = Measured(777, "ms", "It blew.", "/labs/open-window/runs/y/")
    texts = [browser.get("/review/anki.txt").content.decode() for browser in (ada, signed_in(bob, settings))]
    assert ["340 ms" in text for text in texts] == [True, False]
    assert ["777 ms" in text for text in texts] == [False, True]
    of_all = quiz_as_anki(catalog.all_quizzes()[0])
    assert "back-of-cloud" in of_all
    assert "gust" not in of_all


@pytest.fixture
def own_bank(monkeypatch: pytest.MonkeyPatch) -> list[Quiz]:
    """The quizzes of the course itself."""
    monkeypatch.setattr(catalog, "CONTENT", Path(catalog.__file__).parent / "content")
    return catalog.all_quizzes()


def explanations_of(question: Question) -> list[SafeString]:
    """Everything that may be seen only after answering, as HTML."""
    options = [inline(option.explanation) for option in question.body.options() if option.explanation]
    return options + [block(variant.solution) for variant in question.variants if variant.solution]


def test_every_question_of_the_course_can_be_reviewed_without_its_answer(
    learner: Learner, own_bank: list[Quiz]
) -> None:
    questions = {question.id: question for quiz in own_bank for question in quiz.questions if question.is_marked}
    for question_id in questions:
        answered(learner, question_id, "x")
    deck = deck_of(learner, clock.now())
    reviewed = {held.item.slug.removeprefix("questions/"): held for held in deck.due}
    assert {question.type for name, question in questions.items() if name not in reviewed} <= {"measured"}
    for name, held in reviewed.items():
        html = render_to_string("quizzes/review/review.html", review_context(learner, Deck([held], deck.now)))
        assert held.item.asked(1).prompt in html
        assert [told for told in explanations_of(questions[name]) if told in html] == [], name


def test_every_question_of_the_course_fits_anki(own_bank: list[Quiz]) -> None:
    for quiz in own_bank:
        questions = [question for question in quiz.questions if question.is_marked and question.type != "measured"]
        notes = anki_rows(quiz_as_anki(quiz))
        assert [note[0] for note in notes] == [f"brokered/questions/{question.id}" for question in questions]
        for (_, front, back, _tags), question in zip(notes, questions, strict=True):
            assert front
            assert back
            told = [plain_html(explanation) for explanation in explanations_of(question)]
            assert [explanation for explanation in told if explanation in front] == [], question.id
            assert plain_html(block(question.variants[0].solution)) in back, question.id
            assert all(plain_html(inline(option.explanation)) in back for option in question.body.options()), (
                question.id
            )


def test_lines_and_gaps_of_code_are_plain_outside_of_the_course() -> None:
    lines = '<pre><code><span class="ln"><span>a = <b>1</b></span></span><span class="ln">b = <input name="x"></span>'
    page_html = (
        f'<figure class="code">{lines}</code></pre></figure><label><input type="radio" name="a"> <svg/>One</label>'
    )
    assert plain_html(page_html) == "<div><pre><code>a = <b>1</b>\nb = ____\n</code></pre></div> One<br>"


def test_what_is_said_of_a_line_begins_a_line_and_a_line_of_code_keeps_its_depth() -> None:
    assert plain_html("<li>no<small>because</small></li>") == "<li>no<br><small>because</small></li>"
    assert (
        plain_html("<li><strong>yes</strong> <small>so</small></li>")
        == "<li><strong>yes</strong> <br><small>so</small></li>"
    )
    assert plain_html("<p>no</p>\n<small>because</small>") == "<p>no</p>\n<small>because</small>"
    assert plain_html('<li data-level="1"><code>a</code></li>') == f"<li>{'&nbsp;' * 4}<code>a</code></li>"


def test_code_is_not_centred_in_anki() -> None:
    sides = [side for note in anki_rows(quiz_as_anki(catalog.all_quizzes()[0])) for side in note[1:3]]
    assert all(side.startswith('<div style="text-align: left">') and side.endswith("</div>") for side in sides)


def test_what_only_the_page_needs_is_left_out_of_plain_html() -> None:
    hidden = '<p class="vh">for the ear</p><p hidden>never</p><script>no()</script><select><option>1</select>'
    assert plain_html(f'{hidden}<p class="big" onclick="x">5 &lt; 6 <img src="/x" alt="A picture"></p></div>') == (
        "<p>5 &lt; 6 A picture</p>"
    )
