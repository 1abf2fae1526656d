"""Which questions are named, why, and that chance and small numbers name none."""

import random
from collections import Counter
from itertools import combinations
from math import comb
from pathlib import Path

import pytest

from quizzes.parser import read_quiz_text
from quizzes.quiz import Question, Quiz
from quizzes.statistics import chance
from quizzes.statistics.intervals import of_correlation, of_share
from quizzes.statistics.reading import Figures, Item
from quizzes.statistics.suspects import RULES, reasons_against, within_reach
from tests.quizzes.conftest import WEATHER

SOUND = {"asked": 300, "right": 150, "pick:scatter": 150, "pick:dye": 75, "pick:cold": 75}


@pytest.fixture(scope="module")
def weather_quiz() -> Quiz:
    """A quiz of three questions."""
    quiz = read_quiz_text(WEATHER, Path("weather.md")).quiz
    assert quiz
    return quiz


@pytest.fixture(scope="module")
def snow(weather_quiz) -> Question:
    """A question with a key, `scatter`, and two distractors, `dye` and `cold`."""
    return weather_quiz.questions[0]


def named(question: Question, **counts: int) -> list[str]:
    """The rules broken by these figures."""
    return [reason.rule.id for reason in reasons_against(question, Figures("snow", "v", counts))]


def attempts(n: int, right_of_weak: int, right_of_strong: int, **options: int) -> dict[str, int]:
    """Figures of `n` attempts, half with rest score 200, half with 800, so many of each right."""
    half = n // 2
    sums = {"n": n, "x": right_of_weak + right_of_strong, "t": half * 1000, "tt": half * (200**2 + 800**2)}
    sums |= {"xt": right_of_weak * 200 + right_of_strong * 800, "in:2": half, "in:8": half}
    sums |= {"in-right:2": right_of_weak, "in-right:8": right_of_strong}
    return sums | {f"score:{option}:8": picked for option, picked in options.items()}


def test_a_sound_question_is_not_named(snow):
    assert named(snow, **SOUND, **attempts(300, 30, 120, scatter=120, dye=15, cold=15)) == []


def test_nobody_yet_is_not_named(snow):
    assert named(snow) == []


THIRTY = {"asked": 30, "right": 15, "pick:scatter": 15, "pick:dye": 8, "pick:cold": 7}


def test_a_key_that_the_strong_pass_over(snow):
    assert named(snow, **SOUND, **attempts(300, 30, 120, scatter=20, dye=110, cold=20)) == ["wrong-key"]
    assert named(snow, **SOUND, **attempts(300, 30, 120, scatter=60, dye=66, cold=24)) == []


@pytest.mark.parametrize(
    ("n", "scatter", "dye", "rules"),
    [(30, 0, 15, ["wrong-key"]), (30, 0, 12, ["wrong-key"]), (30, 0, 11, []), (30, 1, 14, []), (28, 0, 14, [])],
)
def test_a_class_of_thirty_shows_a_key_that_nearly_all_of_the_strong_pass_over(snow, n, scatter, dye, rules):
    """Two distractors: 2 * 0.5^12 = 0.00049 speaks; 2 * 0.5^11 and 14 of 15, 2 * 16 * 0.5^15, are both 0.00098."""
    assert named(snow, **THIRTY, **attempts(n, 8, 7, scatter=scatter, dye=dye)) == rules


def test_those_who_know_more_do_worse(snow):
    assert named(snow, **SOUND, **attempts(300, 100, 50)) == ["negative-discrimination"]


@pytest.mark.parametrize(("weak", "strong", "rules"), [(14, 1, ["negative-discrimination"]), (12, 3, []), (1, 14, [])])
def test_a_class_of_thirty_shows_it_when_hardly_any_strong_one_is_right(snow, weak, strong, rules):
    assert named(snow, **THIRTY, **attempts(30, weak, strong)) == rules


def test_the_interval_of_a_few_odd_learners_is_not_believed_without_the_exact_test(snow):
    """Five have nothing else right, and all five are among the ten right here: one class in 565 by chance."""
    odd = {"n": 30, "x": 10, "t": 25 * 900, "tt": 25 * 900**2, "xt": 5 * 900}
    odd |= {"in:0": 5, "in:9": 25, "in-right:0": 5, "in-right:9": 5}
    figures = Figures("snow", "v", THIRTY | {"right": 10} | odd)
    assert of_correlation(figures.discrimination or 0, 30, chance.Z_RARE)[1] < 0
    assert reasons_against(snow, figures) == []


def test_it_tells_nothing_and_only_many_answers_show_it(snow):
    assert named(snow, **SOUND, **attempts(600, 150, 150)) == ["low-discrimination"]
    assert named(snow, **SOUND, **attempts(300, 75, 75)) == ["low-discrimination"]
    assert named(snow, **SOUND, **attempts(298, 74, 74)) == []


@pytest.mark.parametrize(
    ("right", "asked", "rules"),
    [
        (300, 300, ["too-easy"]),
        (30, 30, ["too-easy"]),
        (29, 29, []),
        (29, 30, []),
        (299, 300, ["too-easy"]),
        (294, 300, []),
        (30, 300, ["too-hard"]),
        (0, 35, ["too-hard"]),
        (0, 34, []),
        (6, 40, []),
    ],
)
def test_too_easy_and_too_hard(snow, right, asked, rules):
    wrong = (asked - right) // 2
    picks = {"pick:scatter": right, "pick:dye": wrong, "pick:cold": asked - right - wrong}
    assert named(snow, asked=asked, right=right, **picks) == rules


def test_what_nobody_of_thirty_missed_is_told_with_what_that_allows(snow):
    [reason] = reasons_against(snow, Figures("snow", "v", {"asked": 30, "right": 30, "pick:scatter": 30}))
    assert reason.words == "Nobody of 30 missed it; with 95 % confidence at least 88 % know it."


def test_a_distractor_nobody_picks(snow):
    dead = {"asked": 30, "right": 15, "pick:scatter": 15, "pick:dye": 15}
    [reason] = reasons_against(snow, Figures("snow", "v", dead))
    assert (reason.rule.id, reason.option) == ("dead-distractor", "cold")
    assert reason.words == "“cold” was picked by 0 of 30, the other distractors by 15."


@pytest.mark.parametrize(("dye", "cold", "asked", "rules"), [(12, 0, 30, ["dead-distractor"]), (11, 0, 30, [])])
def test_it_takes_so_many_wrong_answers_that_an_even_spread_would_not_leave_it_out(snow, dye, cold, asked, rules):
    """2 * 0.5^12 = 0.00049, 2 * 0.5^11 = 0.00098."""
    picks = {"pick:scatter": asked - dye - cold, "pick:dye": dye, "pick:cold": cold}
    assert named(snow, asked=asked, right=asked - dye - cold, **picks) == rules


@pytest.mark.parametrize(("cold", "rules"), [(3, ["dead-distractor"]), (10, [])])
def test_of_many_a_distractor_that_hardly_anybody_picks_is_named_too(snow, cold, rules):
    assert (
        named(snow, asked=300, right=150, **{"pick:scatter": 150, "pick:dye": 150 - cold, "pick:cold": cold}) == rules
    )


def test_where_nearly_all_are_right_a_distractor_is_not_blamed(snow):
    assert named(snow, asked=300, right=279, **{"pick:scatter": 279, "pick:dye": 20, "pick:cold": 1}) == []


def test_every_rule_names_a_source_a_least_n_and_what_to_do():
    assert len({rule.id for rule in RULES}) == 6
    assert all(rule.minimum_n >= 30 and rule.source and rule.remedy for rule in RULES)
    assert [rule.minimum_n for rule in RULES] == sorted(rule.minimum_n for rule in RULES)


@pytest.mark.parametrize(
    ("n", "begins", "ends"),
    [
        (12, "The list begins when 30 have finished a quiz; so far it is 12 at most.", ""),
        (30, "With 30 finished attempts the list finds a wrong key, ", " and about 300 for weak discrimination."),
        (300, "With 300 finished attempts the list finds a wrong key, ", " and weak discrimination."),
    ],
)
def test_the_list_says_what_it_cannot_find_yet(snow, weather_quiz, n, begins, ends):
    words = within_reach([Item(weather_quiz, snow, [Figures(snow.id, snow.version, {"n": n})])])
    assert words.startswith(begins)
    assert words.endswith(ends)
    assert ("it takes" in words) == (n == 30)


@pytest.mark.parametrize(("k", "n", "share"), [(9, 10, 0.5), (15, 15, 0.5), (299, 300, 0.95), (3, 40, 0.02)])
def test_binomial_tails_are_the_sums_of_their_terms(k, n, share):
    terms = [comb(n, one) * share**one * (1 - share) ** (n - one) for one in range(n + 1)]
    assert chance.of_at_least(k, n, share) == pytest.approx(sum(terms[k:]), rel=1e-6)
    assert chance.of_at_most(n - k, n, 1 - share) == pytest.approx(sum(terms[k:]), rel=1e-6)


def test_what_is_expected_is_not_rare_and_costs_nothing():
    assert chance.of_at_least(500_000, 1_000_000, 0.5) == 1
    assert chance.of_at_least(1_000_000, 1_000_000, 0.5) == 0


@pytest.mark.parametrize("seed", range(5))
def test_the_permutation_test_agrees_with_drawing_all_there_are(seed):
    room = random.Random(seed)
    values = [room.choice((0, 3, 4, 9)) for _ in range(11)]
    draws = [sum(draw) for draw in combinations(values, 4)]
    total = room.choice(draws)
    expected = sum(draw <= total for draw in draws) / len(draws)
    assert chance.of_sum_at_most(total, 4, Counter(values)) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(0, 20, 0.0, 0.1611), (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_intervals_agree_with_newcombe_1998_table_1(k, n, low, high):
    assert of_share(k, n) == pytest.approx((low, high), abs=0.0001)


def test_fisher_interval_of_a_known_correlation():
    assert of_correlation(0.5, 28) == pytest.approx((0.1556, 0.7359), abs=0.001)
    assert of_correlation(1.0, 3) == (-1.0, 1.0)
