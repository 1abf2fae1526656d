"""Which questions are named, why, and that chance and small numbers name none."""

from pathlib import Path

import pytest

from quizzes.parser import read_quiz_text
from quizzes.quiz import Question
from quizzes.statistics.intervals import of_correlation, of_share
from quizzes.statistics.reading import Figures
from quizzes.statistics.suspects import RULES, reasons_against
from tests.quizzes.conftest import WEATHER

SOUND = {"asked": 300, "right": 150, "pick:scatter": 150, "pick:dye": 75, "pick:cold": 75}


@pytest.fixture(scope="module")
def snow() -> Question:
    """A question with a key, `scatter`, and two distractors, `dye` and `cold`."""
    quiz = read_quiz_text(WEATHER, Path("weather.md")).quiz
    assert quiz
    return quiz.questions[0]


def named(question: Question, **counts: int) -> list[str]:
    """The rules broken by these figures."""
    return [reason.rule.id for reason in reasons_against(question, Figures("snow", "v", counts))]


def attempts(n: int, right_of_weak: int, right_of_strong: int, **options: int) -> dict[str, int]:
    """Figures of `n` attempts, half with rest score 200, half with 800, so many of each right."""
    half = n // 2
    sums = {"n": n, "x": right_of_weak + right_of_strong, "t": half * 1000, "tt": half * (200**2 + 800**2)}
    sums |= {"xt": right_of_weak * 200 + right_of_strong * 800, "in:2": half, "in:8": half}
    return sums | {f"score:{option}:8": picked for option, picked in options.items()}


def test_a_sound_question_is_not_named(snow):
    assert named(snow, **SOUND, **attempts(300, 30, 120, scatter=120, dye=15, cold=15)) == []


def test_nobody_yet_is_not_named(snow):
    assert named(snow) == []


def test_a_key_that_the_strong_pass_over(snow):
    assert named(snow, **SOUND, **attempts(300, 30, 120, scatter=20, dye=110, cold=20)) == ["wrong-key"]
    assert named(snow, **SOUND, **attempts(300, 30, 120, scatter=60, dye=66, cold=24)) == []
    assert named(snow, **SOUND, **attempts(28, 3, 12, scatter=0, dye=14)) == []


def test_those_who_know_more_do_worse(snow):
    assert named(snow, **SOUND, **attempts(300, 100, 50)) == ["negative-discrimination"]


def test_it_tells_nothing_and_only_many_answers_show_it(snow):
    assert named(snow, **SOUND, **attempts(600, 150, 150)) == ["low-discrimination"]
    assert named(snow, **SOUND, **attempts(60, 15, 15)) == []


@pytest.mark.parametrize(
    ("right", "asked", "rules"),
    [
        (300, 300, ["too-easy"]),
        (50, 50, []),
        (288, 300, []),
        (30, 300, ["too-hard"]),
        (6, 40, []),
    ],
)
def test_too_easy_and_too_hard(snow, right, asked, rules):
    wrong = (asked - right) // 2
    picks = {"pick:scatter": right, "pick:dye": wrong, "pick:cold": asked - right - wrong}
    assert named(snow, asked=asked, right=right, **picks) == rules


def test_a_distractor_nobody_picks(snow):
    dead = {"asked": 300, "right": 150, "pick:scatter": 150, "pick:dye": 150}
    assert named(snow, **dead) == ["dead-distractor"]
    reason = reasons_against(snow, Figures("snow", "v", dead))[0]
    assert reason.option == "cold"
    assert reason.words == "“cold” was picked by 0 of 300; with 95 % confidence by 1.3% at most."
    assert named(snow, asked=60, right=30, **{"pick:scatter": 30, "pick:dye": 30}) == []


def test_where_nearly_all_are_right_a_distractor_is_not_blamed(snow):
    assert named(snow, asked=300, right=279, **{"pick:scatter": 279, "pick:dye": 21}) == []


def test_every_rule_names_a_source_a_least_n_and_what_to_do():
    assert len({rule.id for rule in RULES}) == 6
    assert all(rule.minimum_n >= 30 and rule.source and rule.remedy for rule in RULES)


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(0, 20, 0.0, 0.1611), (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_intervals_agree_with_newcombe_1998_table_1(k, n, low, high):
    assert of_share(k, n) == pytest.approx((low, high), abs=0.0001)


def test_fisher_interval_of_a_known_correlation():
    assert of_correlation(0.5, 28) == pytest.approx((0.1556, 0.7359), abs=0.001)
    assert of_correlation(1.0, 3) == (-1.0, 1.0)
