"""Questions whose key is Ada's own run: compared with the newest one, which is kept with the answer."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.http import QueryDict
from django.test import Client

from learners import measured
from learners.measured import Measured, Source
from learners.models import Learner
from quizzes.models import Answer
from quizzes.quiz import Body
from tests.people import browser_of_a_newcomer
from tests.quizzes.asked import explained, opened, send, shown, values, write_question
from tests.quizzes.written import body_of, mark, told

LAB = Source("The open window", "/labs/open-window/", "Open it once.")
FIRST = Measured(284.6, "ms", "330 ms less 45 ms.", "/labs/open-window/runs/first/")
OWN = "= own ± 10 %"
FIGURE = "figure: open-window/apart"


@pytest.fixture(autouse=True)
def runs(monkeypatch: pytest.MonkeyPatch) -> dict[Learner, Measured]:
    """A lab with four figures, and what each learner's newest run says."""
    said: dict[Learner, Measured] = {}
    monkeypatch.setattr(measured, "_figures", {})
    for name, unit in (("apart", "ms"), ("ratio", "times"), ("share", "%"), ("small", "ms")):
        measured.register(f"open-window/{name}", said.get, unit=unit, source=LAB)
    return said


def given(body: Body, typed: str) -> str:
    """The canonical text of a form with this answer."""
    post = QueryDict(mutable=True)
    post["answer"] = typed
    return body.given_from(post)


def asked(runs: dict[Learner, Measured], value: float = 284.6, figure: str = "apart", key: str = OWN) -> Body:
    """The question as it is put to a learner whose newest run says `value`."""
    learner = Learner()
    runs[learner] = replace(FIRST, value=value, unit=measured.unit_of(f"open-window/{figure}"))
    return body_of("measured", key, f"figure: open-window/{figure}").for_learner(learner)


MARKS = {
    ("apart", OWN, 284.6): [
        ("285", "right"),
        ("0,285 s", "right"),
        ("256.2 ms", "right"),
        ("256.1 ms", "other"),
        ("313.1", "other"),
        ("45", "other"),
        ("soon", "“soon” does not begin with a number. Write digits first, then the unit."),
        ("", "There is no number. Write one in digits"),
        ("7 times", "“7 times” is a number, and this is asked in ns, µs, ms"),
    ],
    ("apart", "= own ± 5 ms", 284.6): [("289.6", "right"), ("290", "other")],
    ("ratio", OWN, 7.33): [("7", "right"), ("7.3x", "right"), ("6.5", "other")],
    ("share", OWN, 91.0): [("81 %", "right"), ("80.9", "other")],
    ("small", OWN, 0.25): [("0.2", "right"), ("0.3", "other")],
    ("small", "= own ± 1 %", 12.4): [("12", "right"), ("12.6", "other")],
}


@pytest.mark.parametrize(("question", "row"), [(question, row) for question, rows in MARKS.items() for row in rows])
def test_marks(runs: dict[Learner, Measured], question: tuple[str, str, float], row: tuple[str, str]) -> None:
    figure, key, value = question
    body = asked(runs, value, figure, key)
    assert mark(body, given(body, row[0])).startswith(row[1])


def test_without_a_run_nothing_is_marked_and_the_lab_is_named() -> None:
    body = body_of("measured", OWN, FIGURE)
    for learner in (None, Learner()):
        own = body.for_learner(learner)
        assert not opened(own).is_measured
        for typed in ("285", ""):
            told_so = own.objection(given(own, typed))
            assert (
                told_so == "There is no run of yours yet to compare with. Open it once. The lab is “The open window”."
            )


def test_the_form_does_not_hold_the_figure(runs: dict[Learner, Measured]) -> None:
    body = asked(runs)
    form = opened(body, given(body, "100"))
    assert form.missed == ("100",)
    assert not any(secret in str(form) for secret in ("284", "285", "330", "runs/first"))


def test_a_miss_is_told_which_way(runs: dict[Learner, Measured]) -> None:
    body = asked(runs)
    assert body.said_about(given(body, "0.1 s")) == "Your own runs say more than 0.1 s."
    assert body.said_about(given(body, "330")) == "Your own runs say less than 330 ms."
    assert body.said_about(given(body, "285")) == ""


def test_a_newer_run_changes_only_later_answers(runs: dict[Learner, Measured]) -> None:
    learner = Learner()
    body = body_of("measured", OWN, FIGURE)
    runs[learner] = FIRST
    earlier = given(body.for_learner(learner), "285")
    runs[learner] = replace(FIRST, value=30.0, because="40 ms less 10 ms.", address="/labs/open-window/runs/second/")
    now = body.for_learner(learner)
    assert now.is_right(earlier)
    assert not now.is_right(given(now, "285"))
    closed = explained(now, earlier)
    assert (closed["value"], closed["because"]) == ("285 ms", "330 ms less 45 ms.")
    assert closed["run"].address == "/labs/open-window/runs/first/"
    assert closed["has_newer"]
    assert not explained(now, given(now, "30"))["has_newer"]


@pytest.mark.parametrize("nonsense", ["", "285", "[]", '{"typed": "285"}', '{"typed": "285", "run": {"value": 1}}'])
def test_what_is_no_answer_of_this_type_is_not_right(runs: dict[Learner, Measured], nonsense: str) -> None:
    body = asked(runs)
    assert body.objection(nonsense)
    assert not body.is_right(nonsense)


@pytest.mark.parametrize(
    ("key", "fields", "expected"),
    [
        (OWN, "", ["1: The question names no figure."]),
        (OWN, "figure: open-window/aprat", ["1: No lab measures the figure open-window/aprat."]),
        ("= own", FIGURE, ["1: The key cannot be read."]),
        ("= own ± lots", FIGURE, ["1: The key cannot be read."]),
        ("= own ± 0 %", FIGURE, ["1: The key cannot be read."]),
        ("= 285 ms", FIGURE, ["1: The key cannot be read."]),
        ("= own ± 5 kB", FIGURE, ["1: ± 5 kB says nothing about this figure."]),
        (f"{OWN}\n{OWN}", FIGURE, ["2: The key stands here a second time."]),
    ],
)
def test_otto_is_told_what_is_wrong(key: str, fields: str, expected: list[str]) -> None:
    assert told("measured", key, fields) == expected


@pytest.mark.django_db
def test_a_newcomer_is_sent_to_the_lab_and_nothing_is_counted(ada: Client, weather: Path) -> None:
    write_question(weather, "measured", OWN, FIGURE)
    page = shown(ada)
    assert 'href="/labs/open-window/"' in page
    assert "Open it once." in page
    assert 'name="answer"' not in page
    refused = send(ada, answer="285")
    assert refused.status_code == 400
    assert "There is no run of yours yet" in refused.content.decode()
    assert not Answer.objects.exists()
    assert not Learner.objects.exists()


@pytest.mark.django_db
def test_without_script_ada_reads_her_figure_off_and_bob_has_his_own(
    ada: Client, weather: Path, runs: dict[Learner, Measured]
) -> None:
    bob = browser_of_a_newcomer()
    for browser in (ada, bob):
        browser.post("/guesses/", {"slug": "weather", "choice": "rain"})  # who has written something is a learner
    hers, his = Learner.objects.order_by("created_at")
    write_question(weather, "measured", OWN, FIGURE)
    runs |= {hers: FIRST, his: replace(FIRST, value=30.0)}
    assert "285" not in shown(ada)
    refused = send(ada, answer="soon")
    assert values(refused.content.decode())["answer"] == "soon"
    assert "Your own runs say more than 100 ms." in send(ada, answer="100").content.decode()
    right = send(ada, answer="0,285 s").content.decode()
    assert "Right, at the second try." in right
    assert "330 ms less 45 ms." in right
    assert 'href="/labs/open-window/runs/first/"' in right
    assert "Your own runs say less than 285 ms." in send(bob, answer="285").content.decode()
    assert [json.loads(one.given)["run"]["value"] for one in Answer.objects.filter(question="wind")] == [
        284.6,
        284.6,
        30.0,
    ]
