"""Try, Challenge and Recall of the first lesson: questions of the quiz engine, and nothing told too early."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from authoring.source import source_lines
from lessons.catalog import catalog
from quizzes import catalog as quiz_catalog
from quizzes.quiz import LEVELS, Question, Quiz
from quizzes.review.memory import Rating, rated, unseen
from quizzes.types.blanks import Blanks
from tests.people import browser_of_a_newcomer

LESSON = "redis-as-a-message-broker"
OPENER = re.compile(r':{3,} (checkpoint|card) quiz="([^"]+)" id="([^"]+)"')
STEP = re.compile(r':{4} step level="(\w+)"')
KINDS = {"output", "one", "blanks", "order"}


def text_of(mode: str) -> str:
    """What the author wrote."""
    return catalog().lessons[LESSON].texts[mode].source.text


def page_of(mode: str) -> str:
    """What everybody gets."""
    return Client().get(f"/lessons/{LESSON}/{mode}/").content.decode()


def placed(mode: str) -> list[tuple[str, Quiz, Question]]:
    """Each question of a mode with its block and its quiz, in order."""
    found = []
    for block, slug, id in OPENER.findall(text_of(mode)):
        quiz = quiz_catalog.find(slug)
        question = quiz.find(id) if quiz else None
        assert quiz
        assert question, id
        found.append((block, quiz, question))
    return found


def questions(mode: str) -> list[Question]:
    """The questions of a mode, in order."""
    return [question for _, _, question in placed(mode)]


def levels(found: Iterable[Question]) -> list[str]:
    return [question.level for question in found]


@pytest.mark.parametrize("mode", ["try", "challenge", "recall"])
def test_a_mode_says_what_for_and_names_the_question_that_shows_it(mode: str) -> None:
    text = catalog().lessons[LESSON].texts[mode]
    assert (text.problems, text.rendered.problems) == ((), ())
    assert text.outcome.startswith("Afterwards you ")
    assert text.shown.partition("/")[2] in [question.id for question in questions(mode)]
    assert Client().get(text.shown_address).status_code == 200


@pytest.mark.parametrize("mode", ["try", "challenge"])
def test_five_tasks_from_easy_to_hard_each_under_its_level(mode: str) -> None:
    found = levels(questions(mode))
    assert STEP.findall(text_of(mode)) == found
    assert found == sorted(found, key=LEVELS.index)
    assert (len(found), set(found)) == (5, set(LEVELS))


def test_tries_are_three_with_tiles_a_hint_and_at_most_two_gaps() -> None:
    for question in questions("try"):
        assert isinstance(question.body, Blanks)
        assert 1 <= len(question.body.gaps) <= 2
        assert question.body.tiles
        assert question.hint
        assert question.tries == 3


def test_each_task_of_try_lists_common_mistakes_and_the_page_tells_no_answer() -> None:
    tasks = text_of("try").split("::: step")[1:]
    assert all("Common mistakes" in task and task.count("\n- ") >= 2 for task in tasks)
    prose = " ".join(line.prose for line in source_lines(text_of("try")))
    for question in questions("try"):
        assert isinstance(question.body, Blanks)
        told = [
            text for gap in question.body.gaps for text in gap.accepted if re.search(rf"\b{re.escape(text)}", prose)
        ]
        assert told == [], question.id
        assert all(gap.explanation not in page_of("try") for gap in question.body.gaps)


def test_the_challenge_is_of_different_kinds_with_a_badge_and_a_clock_for_whoever_asks() -> None:
    assert {question.type for question in questions("challenge")} == KINDS
    quiz = quiz_catalog.find("five-problems")
    assert quiz
    assert quiz.badge == "All five right"
    assert quiz.badge not in page_of("challenge")
    html = page_of("challenge")
    assert "There is no time limit." in html
    assert 'role="timer"' not in html


def test_recall_holds_cards_and_marked_questions_and_leads_to_the_review() -> None:
    blocks = [(block, question.type == "card") for block, _, question in placed("recall")]
    assert blocks.count(("card", True)) >= 5
    assert blocks.count(("checkpoint", False)) >= 4
    assert len(blocks) == blocks.count(("card", True)) + blocks.count(("checkpoint", False))
    html = page_of("recall")
    assert 'href="/review/"' in html
    assert "https://doi.org/10.1037/0033-2909.132.3.354" in html
    assert "It takes messages" not in html


@pytest.mark.django_db
def test_the_badge_is_made_from_the_answers_of_whoever_asks() -> None:
    ada, result = browser_of_a_newcomer(), "/quizzes/five-problems/result/"
    before = page_of("challenge")
    for question in questions("challenge"):
        assert "All five right" not in ada.get(result).content.decode()
        post_right_answer(ada, question)
    assert '<strong class="stamp">All five right</strong>' in ada.get(result).content.decode()
    assert ada.get(f"/lessons/{LESSON}/challenge/").content.decode() == before


def post_right_answer(browser: Client, question: Question) -> None:
    """Send the form of a question as somebody who knows."""
    address = f"/quizzes/five-problems/{question.id}/"
    fields = dict(
        re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', browser.get(address).content.decode())
    )
    keys = {
        "three-calls": {"answer": "1\nmail to Ines\n1\nmail to Otto\n1"},
        "tell-all-four": {"answer": "channel"},
        "set-of-people": {"blank-argument": "sorted(people)"},
        "all-mails-to-otto": {"answer": "lambda"},
        "owed-receipts": in_order("view block.1 order.2 owe.2 answer.1 job each.1 publish.2 forget.2"),
    }
    assert browser.post(address, fields | keys[question.id], follow=True).status_code == 200


def in_order(lines: str) -> dict[str, str]:
    """The fields of a form of lines: each with its place, and its depth behind a dot."""
    fields: dict[str, str] = {}
    for place, line in enumerate(lines.split(), start=1):
        name, _, level = line.partition(".")
        fields |= {f"place-{name}": str(place), f"level-{name}": level or "0"}
    return fields


def test_pauses_grow_with_each_time_it_is_known_and_begin_anew_with_a_miss() -> None:
    """What Recall says of the review: from days to weeks to months, and a miss comes back soon."""
    at = datetime(2026, 11, 22, 12, tzinfo=UTC)
    memory, pauses = rated(unseen(at), Rating.Good, at), []
    at += timedelta(days=1)
    for _ in range(4):
        memory = rated(memory, Rating.Good, at)
        pauses.append(memory.due - at)
        at = memory.due
    assert pauses == sorted(pauses)
    assert timedelta(days=2) < pauses[0] < timedelta(weeks=2) < pauses[1] < timedelta(days=60) < pauses[-1]
    missed = rated(memory, Rating.Again, at)
    assert missed.due - at < timedelta(hours=1)
    known_again = rated(missed, Rating.Good, missed.due)
    assert known_again.due - missed.due < pauses[1]
