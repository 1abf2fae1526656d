"""From rows to tables: where the message is, what has just changed, what differs between two runs; and the page."""

from pathlib import Path

import pytest
from django.test import Client

from lessons.traces.recording import differing, read_recording
from lessons.traces.story import Stay, counterparts, moments_of, stays_of, variables_of
from lessons.traces.words import KINDS
from tests.lessons.rows import EARLY, row

LESSON = "/lessons/redis-as-a-message-broker/visual/"


def test_where_the_message_is_follows_from_keys_and_rows() -> None:
    assert [moment.places for moment in moments_of(EARLY)] == [
        *(("list",), ("list",), ("worker",), ("unacked", "worker"), ("worker",), ("worker", "mail"), ("mail",))
    ]
    assert list(stays_of(moments_of(EARLY))) == [
        *(Stay("list", 1, 2), Stay("unacked", 4, 4), Stay("worker", 3, 6), Stay("mail", 6, 7))
    ]


def test_a_killed_worker_has_no_memory() -> None:
    rows = [row("published", celery=1), row("taken"), row("noted", unacked=1), row("killed", unacked=1)]
    assert [moment.places for moment in moments_of(rows)][2:] == [("unacked", "worker"), ("unacked",)]


def test_the_tracker_marks_what_has_just_changed() -> None:
    by_name = {variable.name: variable for variable in variables_of(moments_of(EARLY))}
    assert by_name["`HLEN unacked`"].values == (0, 0, 0, 1, 0, 0, 0)
    assert by_name["`HLEN unacked`"].changes == [False, False, False, True, True, False, False]


def test_rows_are_compared_without_their_times_and_found_again_in_the_other_run() -> None:
    late = [*EARLY[:4], row("accepted", "mail server", unacked=1), row("done", unacked=1), row("acknowledged")]
    assert differing(late, EARLY) == {5, 6, 7}
    assert counterparts(late, EARLY) == [1, 2, 3, 4, 6, 7, 5]
    assert counterparts(EARLY[:1], []) == [None]
    assert differing(late[:2], late) == set()


def test_every_kind_of_row_that_is_recorded_has_its_words() -> None:
    kinds = {row.kind for path in Path("lessons/content").glob("*/traces/*.json") for row in read_recording(path).rows}
    assert kinds == set(KINDS)


def test_the_page_has_every_row_of_every_recording_once() -> None:
    page = Client().get(LESSON).content.decode()
    for name, count in {"early": 12, "late": 12, "killed-early": 12, "killed-late": 18}.items():
        assert [page.count(f'id="{name}-{number}"') for number in range(1, count + 2)] == [1] * count + [0]
    assert page.count('class="run"') == 4
    assert page.count('<details class="run"') - page.count(" open><summary>") == 2
    assert 'data-style="/static/lessons/stepper.css"' in page


@pytest.mark.django_db
def test_everybody_gets_the_same_small_page_without_a_query(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        first, second = (Client().get(LESSON, headers={"Accept-Encoding": "gzip"}) for _ in range(2))
    assert first.content == second.content
    assert first.headers["Content-Encoding"] == "gzip"
    assert len(first.content) < 13_000
