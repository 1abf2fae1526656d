"""The load of the next days, the one setting, and what a page costs."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from learners.models import Learner
from quizzes.review.models import RetentionTarget
from tests.quizzes.review.stories import (
    DAY,
    EASY,
    GOOD,
    IDEAS,
    Travel,
    answer,
    answered,
    explained,
    page,
    post,
    rate,
    ratings_on,
)

pytestmark = pytest.mark.django_db


def test_the_forecast_shows_the_load_of_two_weeks(ada: Client, learner: Learner) -> None:
    answered(learner, "snow", "dye")
    answered(learner, "rain", "ozone")
    html = page(ada)
    rows = re.findall(r'<th scope="row">([^<]+)</th><td class="n">(\d+)</td>.*?width="(\d+)%" height="12"', html)

    assert len(rows) == 14
    assert rows[0] == ("Today", "2", "100")
    assert rows[1][0] == "Tomorrow"
    assert rows[2][0] == "Thursday, 26 November"
    assert "style=" not in html


def test_the_target_is_kept_and_shortens_the_waits(ada: Client, learner: Learner, travel: Travel) -> None:
    answered(learner, "snow", "dye")
    answer(ada, "scatter")
    rate(ada, EASY)
    travel(5 * DAY)
    usual = int(ratings_on(answer(ada, "scatter"))[GOOD].split()[0])
    html = post(ada, "retention", percent="95")

    assert 'value="95"' in html
    assert int(ratings_on(html)[GOOD].split()[0]) < usual / 2 + 1
    assert RetentionTarget.objects.get().percent == 95


def test_the_queries_do_not_grow_with_the_items(
    ada: Client, learner: Learner, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for question, given in (("snow", "dye"), ("rain", "ozone"), ("wind", "up")):
        answered(learner, question, given)
    for lab in ("a-lab", "b-lab", "c-lab"):
        explained(learner, IDEAS[1:], lab)
    with django_assert_max_num_queries(7):
        assert "6 due" in page(ada)
