"""What the lesson shows of recorded runs happens again: each is recorded once more with real parts, and compared."""

import re
from dataclasses import replace

import pytest

from lessons.catalog import catalog
from lessons.traces.recipe import read_recipes
from lessons.traces.recorder import record_all
from lessons.traces.recording import Recording, Row, differing, read_recording, recording_path
from lessons.traces.story import counterparts, moments_of
from quizzes import catalog as quiz_catalog

LESSON = catalog().lessons["redis-as-a-message-broker"]
FOLDER = LESSON.path.parent
RECIPES = read_recipes(FOLDER / "traces")
KEPT = {name: read_recording(recording_path(FOLDER, name)) for name in RECIPES}
EMPTY: tuple[tuple[str, ...], ...] = ((), (), ())
COPIED = ((), ("tag-1",), ("tag-1",))
QUOTED = re.compile(r"^ ?(\d+)  (worker 1|mail server) +(.+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def again() -> dict[str, Recording]:
    """All recipes of the lesson, carried out now."""
    return record_all(RECIPES, FOLDER, at_once=len(RECIPES))


@pytest.mark.parametrize("name", RECIPES)
def test_a_recording_made_now_has_the_rows_that_the_lesson_shows(again: dict[str, Recording], name: str) -> None:
    now, kept = ([row.compared for row in one.rows] for one in (again[name], KEPT[name]))
    assert now == kept, "Run `manage.py record-trace`, then read the lesson again."


def test_a_recording_with_another_setting_would_be_noticed(again: dict[str, Recording]) -> None:
    assert differing(again["early"].rows, KEPT["late"].rows) == {9, 10, 11, 12}


# what-changes
def test_late_acknowledgement_moves_one_row_and_lets_the_copy_lie_during_three_others() -> None:
    early, late = KEPT["early"].rows, KEPT["late"].rows
    assert [row.compared for row in early[:8]] == [row.compared for row in late[:8]]
    assert counterparts(late, early)[8:] == [10, 11, 12, 9]
    assert late[11].compared == early[8].compared
    assert late[11].kind == "acknowledged"
    for row, before in zip(late[8:11], early[9:12], strict=True):
        assert (row.held, before.held) == (COPIED, EMPTY)
        assert row.compared == replace(before, unacked=COPIED[1], unacked_index=COPIED[2]).compared


# crash-after-nine
def test_killed_with_early_acknowledgement_nothing_is_left_and_no_mail_comes() -> None:
    *_, killed, last = KEPT["killed-early"].rows
    assert (killed.kind, killed.held) == ("killed", EMPTY)
    assert (last.kind, last.actor, last.held) == ("restarted", "worker 2", EMPTY)
    assert moments_of(KEPT["killed-early"].rows)[-1].mails == 0


def test_killed_with_late_acknowledgement_the_copy_is_left_and_another_worker_sends_the_mail() -> None:
    rows = KEPT["killed-late"].rows
    killed = next(index for index, row in enumerate(rows) if row.kind == "killed")
    assert rows[killed].held == COPIED
    assert (rows[killed + 1].kind, rows[killed + 1].held) == ("restored", (("message-1",), (), ()))
    assert [row.kind for row in rows if row.actor == "worker 2"] == [
        *("restored", "restarted", "taken", "noted", "done", "acknowledged")
    ]
    assert moments_of(rows)[-1].mails == 1


@pytest.mark.parametrize("name", RECIPES)
def test_times_go_forward_and_the_mail_server_took_its_time(name: str) -> None:
    rows = KEPT[name].rows
    assert [row.at_ms for row in rows] == sorted(row.at_ms for row in rows)
    taken, greeted = (next(row for row in rows if row.kind == kind) for kind in ("taken", "greeted"))
    assert greeted.at_ms - taken.at_ms >= RECIPES[name].mail_ms


@pytest.mark.parametrize(("question", "name"), [("after-row-seven", "early"), ("copies-at-ten", "late")])
def test_the_rows_that_a_question_quotes_are_those_of_the_recording(question: str, name: str) -> None:
    quiz = quiz_catalog.find("step-by-step")
    assert quiz
    text = quiz.path.read_text(encoding="utf-8")
    group = text[text.index(f"# group: recorded-{name}") :].partition("# end")[0]
    assert f"## {question}" in group
    quoted = [(int(number), actor, words) for number, actor, words in QUOTED.findall(group)]
    assert quoted == [(number, row.actor, " / ".join(row.command)) for number, row in _from_row_seven(name)]


def _from_row_seven(name: str) -> list[tuple[int, Row]]:
    return list(enumerate(KEPT[name].rows, 1))[6:]
