"""The questions of the course as a whole: what they cover, and that knowing nothing does not help."""

import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from labs.bench.registry import all_labs
from learners.measured import known_figures
from lessons import catalog as lessons_catalog
from quizzes import catalog
from quizzes.parser import read_quiz
from quizzes.quiz import LEVELS, Option, Question, Quiz
from quizzes.typed import TypedBody
from quizzes.types import question_types
from quizzes.types.measured import MeasuredFigure

CONTENT = catalog.CONTENT  # read when this module is imported: the stories of this folder have a quiz of their own
LESSON = "redis-as-a-message-broker"
FEWEST = 64
LONGEST_LINE = 120
MOST_CHOOSE_ONE = 1 / 3
FEWEST_OWN_RUNS = 10
FEWEST_WITH_VARIANTS = 5
MOST_BETTER_THAN_CHANCE = 0.10
# Code in backticks, and what only code and its people write: `a.b`, `a_b`, `a(`, and words in capitals.
TECHNICAL = re.compile(r"`[^`]+`|\w+[._(]\w*|\b[A-Z]{2,}\b")
KEY_LINE = re.compile(r"= |- \[x\]|- (?!\[|wrong )")
ANCHOR = re.compile(r"\{#([\w-]+)\}")
FIRST_PLACE_TO_LAST = [LESSON, "recall-cards"]
# Each is refuted by at least one question: what people believe, and the questions that stand against it.
REFUTED = {
    "a queue improves INP by 100 to 500 ms": ("inp-gain", "which-number"),
    "a slow view blocks rendering": ("while-you-wait",),
    "the request's thread is the browser's main thread": ("held-thread", "responsiveness"),
    "DOM operations, reflows and paint cost tell the two apart": ("browser-columns",),
    "a gain needs no method": ("fair-claim",),
    "Celery sends tasks by publish and subscribe": ("where-found", "worker-down"),
    "a published message is delivered reliably": ("nobody-listens",),
    "a published message is either sent to all or lost": ("two-truths",),
    "a message is removed after it was processed": ("taken",),
    "a reader polls the list": ("reader-loop",),
    "numbers come back from Redis as numbers": ("counted",),
    "there is one name to import from redis": ("names",),
    "listen yields messages only": ("first-item",),
    "one publish replaces a loop over users": ("loop-over-users",),
    "Celery is a part of Django": ("outside-django",),
    "a list makes tasks run in order": ("in-order",),
    "always offload, for a publish never waits": ("worth-queueing", "broker-closed", "lines-that-wait"),
    "a task needs neither arguments nor retries nor a commit": ("what-is-missing", "too-early"),
    "early acknowledgement loses all that was taken ahead": ("early-lost",),
}


Guess = Callable[[Sequence[Option]], Option]


@pytest.fixture(scope="module")
def quizzes() -> list[Quiz]:
    """The quizzes of the lesson, as they are shipped: without a single problem."""
    readings = [read_quiz(path) for path in sorted(CONTENT.glob("*.md"))]
    assert [problem for reading in readings for problem in reading.problems] == []
    return [reading.quiz for reading in readings if reading.quiz and reading.quiz.lesson == LESSON]


@pytest.fixture(scope="module")
def bank(quizzes: list[Quiz]) -> list[Question]:
    """Every question of these quizzes."""
    return [question for quiz in quizzes for question in quiz.questions]


def first(options: Sequence[Option]) -> Option:
    """The guess of who takes what stands at the top."""
    return options[0]


def longest(options: Sequence[Option]) -> Option:
    """The guess of who takes what says most."""
    return max(options, key=lambda option: len(option.text))


def most_technical(options: Sequence[Option]) -> Option:
    """The guess of who takes what looks most like code."""
    return max(options, key=lambda option: (len(TECHNICAL.findall(option.text)), len(option.text)))


def better_than_chance(guess: Guess, offered: Sequence[Sequence[Option]]) -> float:
    """How much more often such a guess is right than a blind one, as a share of 1."""
    hits = sum(guess(options).is_key for options in offered)
    by_chance = sum(sum(option.is_key for option in options) / len(options) for options in offered)
    return (hits - by_chance) / len(offered)


def test_there_are_enough_of_every_type_and_level(bank: list[Question]) -> None:
    types = Counter(question.type for question in bank)
    assert len(bank) >= FEWEST
    assert types.keys() == question_types().keys()
    assert {question.level for question in bank} == set(LEVELS)
    assert types["one"] <= MOST_CHOOSE_ONE * len(bank)
    assert len([question for question in bank if len(question.variants) > 1]) >= FEWEST_WITH_VARIANTS
    assert any(question.group for question in bank)


def test_no_id_is_taken_twice(bank: list[Question]) -> None:
    assert [id for id, n in Counter(question.id for question in bank).items() if n > 1] == []


def test_each_question_has_a_name_of_its_own_on_lists(bank: list[Question]) -> None:
    assert [topic for topic, n in Counter(question.topic.casefold() for question in bank).items() if n > 1] == []


def test_no_name_on_a_list_says_the_answer(bank: list[Question]) -> None:
    for question in bank:
        keys = [option.text for option in question.body.options() if option.is_key]
        keys += question.body.key_texts() if isinstance(question.body, TypedBody) else []
        words = f" {question.topic.casefold()} "
        assert [key for key in keys if f" {key.casefold()} " in words] == [], question.id


def test_the_quizzes_are_listed_from_the_first_questions_to_the_cards(quizzes: list[Quiz]) -> None:
    in_order = [quiz.slug for quiz in sorted(quizzes, key=lambda quiz: quiz.place)]
    assert [in_order[0], in_order[-1]] == FIRST_PLACE_TO_LAST
    assert [quiz.place for quiz in sorted(quizzes, key=lambda quiz: quiz.place)] == list(range(1, len(quizzes) + 1))


def test_what_to_read_next_is_a_place_of_the_lesson(bank: list[Question]) -> None:
    for question in bank:
        page, _, anchor = question.read.partition("#")
        if question.read:
            text = (lessons_catalog.CONTENT / LESSON / f"{page}.md").read_text(encoding="utf-8")
            assert not anchor or anchor in ANCHOR.findall(text), question.id


def test_typed_figures_are_those_that_the_lesson_shows(bank: list[Question]) -> None:
    by_id = {question.id: question for question in bank}
    pages = by_id["inp-gain"].group
    assert pages
    for name, row in (("fetch", "`fetch`"), ("xhr", "synchronous XHR")):
        inp, text = (
            (f"{name}.inside.inp_ms", f"{name}.queued.inp_ms"),
            (
                f"{name}.inside.final_text_ms",
                f"{name}.queued.final_text_ms",
            ),
        )
        typed = " | ".join(f"{median_shown(figure):.0f} ms" for figure in (*inp, *text))
        assert f"| {row} | {typed} |" in pages.text
    assert f"{measured()['fetch.inside.clicks']}\nclicks" in pages.text
    explained = {option.id: option.explanation for option in by_id["browser-columns"].body.options()}
    for column, figure in (("dom", "dom_operations"), ("reflows", "reflows")):
        both = [f"{median_shown(f'fetch.{way}.{figure}'):.0f}" for way in ("inside", "queued")]
        assert f"Measured here: {' and '.join(both)}." in explained[column]
    in_words = {
        "a third of a millisecond": (0.28, 0.38, ["fetch.inside.paint_ms", "fetch.queued.paint_ms"]),
        "half a millisecond": (0.4, 0.65, ["publish_ms"]),
        "17 ms": (16.5, 17.5, ["form.inside.freeze_ms"]),
    }
    for words, (low, high, figures) in in_words.items():
        assert any(words in text for question in bank for text in question.body.prose()), words
        assert all(low <= median_shown(figure) < high for figure in figures), words
    assert measured()["fetch.inside.final_text_ms"]["low"] > 300  # “each of the 16 answers took over 300 ms”


def measured() -> dict[str, Any]:
    """The figures of the lesson by their names, as its script has written them."""
    path = lessons_catalog.CONTENT / LESSON / "measured" / "client_styles.json"
    figures: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["figures"]
    return figures


def median_shown(figure: str) -> float:
    """The median of one of them."""
    return float(measured()[figure]["median"])


def test_ten_ask_about_the_learners_own_runs_of_every_lab(bank: list[Question]) -> None:
    figures = [question.body.figure for question in bank if isinstance(question.body, MeasuredFigure)]
    assert len(set(figures)) == len(figures) >= FEWEST_OWN_RUNS
    assert set(figures) <= set(known_figures())
    assert {figure.partition("/")[0] for figure in figures} == set(all_labs())


def test_every_test_can_draw_all_three_levels(quizzes: list[Quiz]) -> None:
    for quiz in quizzes:
        if "test" in quiz.modes:
            assert {question.level for question in quiz.questions if question.is_marked} == set(LEVELS), quiz.slug


def test_each_common_mistake_is_refuted_by_a_question(bank: list[Question]) -> None:
    ids = {question.id for question in bank}
    assert [id for questions in REFUTED.values() for id in questions if id not in ids] == []


def test_no_two_questions_share_key_and_misconception(bank: list[Question]) -> None:
    pairs = Counter(pair for question in bank for pair in keys_and_misconceptions(question))
    assert len(pairs) > len(bank)
    assert [pair for pair, n in pairs.items() if n > 1] == []


def keys_and_misconceptions(question: Question) -> set[tuple[str, str]]:
    """The right answer of a question as its author writes it, with each misconception that stands against it."""
    lines = question.body.written()
    key = getattr(question.body, "key", [line for line in lines if KEY_LINE.match(line)])
    return {(str(key), line.strip()) for line in lines if line.strip().startswith("believes:")}


@pytest.mark.parametrize("type_name", ["one", "several"])
@pytest.mark.parametrize("guess", [first, longest, most_technical])
def test_guessing_by_looks_is_hardly_better_than_chance(bank: list[Question], type_name: str, guess: Guess) -> None:
    offered = [question.body.options() for question in bank if question.type == type_name]
    assert better_than_chance(guess, offered) <= MOST_BETTER_THAN_CHANCE


@pytest.mark.parametrize("guess", [first, longest, most_technical])
def test_a_bank_whose_keys_have_one_look_would_be_found(guess: Guess) -> None:
    key = Option("key", "`LPUSH`, in one step, and with the new length as its answer", "", is_key=True, line=1)
    others = [Option(f"other-{n}", "In the worker", "", is_key=False, line=n) for n in (2, 3, 4)]
    assert better_than_chance(guess, [[key, *others]] * 5) > MOST_BETTER_THAN_CHANCE


def test_every_line_fits_an_editor() -> None:
    for path in sorted(CONTENT.glob("*.md")):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert [n for n, line in enumerate(lines, start=1) if len(line) > LONGEST_LINE and line[0] != "|"] == [], (
            path.name
        )
