"""What answers are worth: points, the bonus for an honest word, and how firm a topic is."""

import pytest

from quizzes.quiz import Try
from quizzes.sittings.firmness import firmness_of
from quizzes.sittings.score import BONUS, score_of
from tests.quizzes.conftest import weather_quiz


@pytest.mark.parametrize(
    ("answers", "points", "bonus"),
    [
        ([Try("", True), Try("", False), None], 1.0, 0.0),
        ([Try("", True, 3), Try("", True, 2)], 2.0, 0.3),
        ([Try("", True, 3), Try("", False, 3)], 1.0, 0.0),
        ([Try("", True, 1), Try("", False, 1)], 1.0, 0.0),
        ([Try("", True, 0, True), Try("", True, 2, True)], 1.5, 0.1),
    ],
)
def test_points_by_hand(answers: list[Try | None], points: float, bonus: float) -> None:
    score = score_of(answers)
    assert (score.points, score.bonus, score.most) == (points, bonus, len(answers))


def test_the_honest_word_pays_best() -> None:
    def worth(certainty: int, chance: float) -> float:
        right, wrong = BONUS[certainty]
        return chance * right + (1 - chance) * wrong

    best = [max((1, 2, 3), key=lambda word: worth(word, chance)) for chance in (0.3, 0.65, 0.95)]
    assert best == [1, 2, 3]


def test_more_right_answers_make_a_topic_firmer_and_more_answers_make_it_surer() -> None:
    questions = weather_quiz().questions
    none, some, all_of_them = (
        firmness_of([(question, right) for question, right in zip(questions, rights, strict=True)], questions)
        for rights in ((False,) * 3, (True, True, False), (True,) * 3)
    )
    assert none.share < some.share < all_of_them.share
    many = firmness_of([(question, True) for question in questions] * 5, questions)
    assert many.high - many.low < all_of_them.high - all_of_them.low
