"""Ada presses in twenty tabs at the same moment, on SQLite and on PostgreSQL: one answer, one rating."""

from datetime import timedelta
from threading import Barrier

import pytest
from django.http import QueryDict
from django.utils.http import urlencode

from learners.models import Learner
from quizzes.review import memory, reviewing
from quizzes.review.deck import deck_of
from quizzes.review.models import Card, ReviewLog
from quizzes.review.reviewing import Outcome
from tests.quizzes.review.stories import START, answered
from tests.quizzes.test_statistics_at_once import PEOPLE, Run, at_once, database_url

__all__ = ["at_once", "database_url"]  # fixtures

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]


def filled(**fields: str) -> QueryDict:
    """A form as it was sent."""
    return QueryDict(urlencode(fields))


def test_one_review_pressed_in_many_tabs_counts_once(at_once: Run) -> None:
    together = Barrier(PEOPLE)  # waited for without a connection, of which the pool has fewer than there are tabs

    def ada_missed_something(_: int) -> tuple[Learner, QueryDict]:
        learner = Learner.objects.create()
        answered(learner, "snow", "dye")
        held = deck_of(learner, START).held[0]
        return learner, filled(item=held.item.slug, number="1", seal=reviewing.seal(held), answer="scatter")

    def a_tab_answers(_: int) -> Outcome:
        together.wait()
        return reviewing.answer(ada, form, START).outcome

    def a_tab_rates(number: int) -> Outcome:
        together.wait()
        pressed = filled(item="questions/snow", number="1", rating=str(2 + number % 3))
        return reviewing.rate(ada, pressed, START + timedelta(minutes=1))

    def what_is_kept(_: int) -> tuple[int, bool]:
        log, card = ReviewLog.objects.get(), Card.objects.get()
        assert log.rating is not None
        after = memory.rated(memory.from_json(log.before), memory.Rating(log.rating), START + timedelta(minutes=1))
        return card.reviews, card.remembered == after

    [(ada, form)] = at_once(ada_missed_something, times=1)
    for step in (a_tab_answers, a_tab_rates):
        outcomes = at_once(step)
        assert (outcomes.count(Outcome.DONE), outcomes.count(Outcome.TAKEN)) == (1, PEOPLE - 1)
    assert at_once(what_is_kept, times=1) == [(1, True)]
