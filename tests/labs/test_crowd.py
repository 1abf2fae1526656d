"""Thirty learners at once: each run shows itself and not the class, or says that it does not; and nothing is lost."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from statistics import median
from threading import Event, Thread
from typing import Any

import pytest

from apparatus.probe import wait_until
from tests.live import LiveCourse
from tests.visitor import LAB, Answer, Visitor

pytestmark = pytest.mark.alone

CLASS = 30
RUNS = 3  # of each way: a learner's figure is their median
ALONE_RUNS = 9
WAYS = ("inside", "queued")
FIGURES = ("wait_ms", "done_ms")
MAIL_MS = 150  # of no other test, so that nobody else's runs are taken for these
OFF_BY = 0.2

Run = dict[str, Any]


def timed_run(learner: Visitor, way: str, mail_ms: int = MAIL_MS) -> Run:
    """One run once it is over, as a script gets it that stands in line like the others."""

    def answer() -> Answer | None:
        got = learner.post(f"{LAB}run/{way}", {"mail_wait_ms": mail_ms})
        return None if got.status == 503 and "in_line" in got.json else got

    got = wait_until(answer, what="a measuring slot", timeout_s=90, interval_s=0.2)
    assert got.status == 201, got.text
    return learner.until_final(got.json)


def both_ways(learner: Visitor, runs: int) -> dict[str, list[Run]]:
    """So many runs of each way, one after the other."""
    return {way: [timed_run(learner, way) for _ in range(runs)] for way in WAYS}


@contextmanager
def readers(course: LiveCourse) -> Iterator[None]:
    """Two people who read without a pause, so that nobody in the class is ever alone."""
    done = Event()

    def read() -> None:
        reader = Visitor(course.url)
        while not done.is_set():
            reader.get("/labs/clock.json")

    threads = [Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        done.set()
        for thread in threads:
            thread.join()


@pytest.fixture(scope="module")
def alone(live_course: LiveCourse) -> dict[str, list[Run]]:
    """Both ways while nobody else is there."""
    ines = Visitor(live_course.url)
    wait_until(lambda: timed_run(ines, "queued", mail_ms=50)["alone"], what="an empty room", timeout_s=60)
    return both_ways(ines, ALONE_RUNS)


@pytest.fixture(scope="module")
def in_class(live_course: LiveCourse, alone: dict[str, list[Run]]) -> list[dict[str, list[Run]]]:
    """Thirty learners at once, each with three runs of both ways."""
    with readers(live_course), ThreadPoolExecutor(CLASS) as room:
        return list(room.map(lambda _: both_ways(Visitor(live_course.url), RUNS), range(CLASS)))


def medians_off(
    alone: dict[str, list[Run]], in_class: list[dict[str, list[Run]]], counts: Callable[[Run], bool]
) -> list[tuple[str, str, float, float]]:
    """Way, figure, a learner's median and the one alone, where they are more than 20 % apart."""
    found = []
    for way, figure in ((way, figure) for way in WAYS for figure in FIGURES):
        alone_ms = median(run[figure] for run in alone[way])
        for learner in in_class:
            values_ms = [run[figure] for run in learner[way] if counts(run)]
            if values_ms and abs(median(values_ms) - alone_ms) > OFF_BY * alone_ms:
                found.append((way, figure, median(values_ms), alone_ms))
    return found


def test_every_median_is_within_20_percent_of_alone_or_labelled(alone, in_class):
    assert all(run["alone"] and not run["crowded"] for way in WAYS for run in alone[way])
    assert medians_off(alone, in_class, counts=lambda run: not run["crowded"]) == []


def test_without_the_label_they_would_not_be(alone, in_class):
    assert medians_off(alone, in_class, counts=lambda run: True), "the class disturbed nobody, so nothing is shown"


def test_every_label_says_why_and_offers_the_run_again(live_course, in_class):
    labelled = [run for learner in in_class for way in WAYS for run in learner[way] if run["crowded"]]
    assert all("Others were served meanwhile." in run["crowd_note"] for run in labelled)
    assert all("Run it again." in run["crowd_note"] for run in labelled)
    page = Visitor(live_course.url).get(labelled[0]["address"]).text
    assert "measured in a crowd" in page
    assert labelled[0]["crowd_note"] in page


def test_the_page_offers_a_labelled_run_again_and_the_exports_say_so(live_course, alone):
    otto = Visitor(live_course.url)
    with readers(live_course):
        run = wait_until(lambda: labelled(timed_run(otto, "queued")), what="a disturbed run", timeout_s=60)
    page = otto.get(f"{LAB}?mail_wait_ms={MAIL_MS}").text
    assert f'id="again-{run["condition"]}"' in page
    assert run["crowd_note"] in page
    rows = otto.get(f"{LAB}runs.json?mail_wait_ms={MAIL_MS}").json["runs"]
    assert rows[-1]["crowded"]
    assert rows[-1]["others"] > 0
    assert "measured in a crowd: run it again" in otto.get("/notebook/").text


def labelled(run: Run) -> Run | None:
    return run if run["crowded"] else None


def test_who_does_not_want_to_wait_is_told_that_it_was_a_crowd(live_course):
    learners = [Visitor(live_course.url) for _ in range(8)]
    for learner in learners:
        learner.get(LAB)

    def impatient(learner: Visitor) -> Run:
        answer = learner.post(f"{LAB}run/inside", {"mail_wait_ms": 600, "anyway": 1})
        return learner.until_final(answer.json)

    with ThreadPoolExecutor(len(learners)) as room:
        runs = list(room.map(impatient, learners))
    assert all(run["crowded"] for run in runs)


def test_plain_forms_wait_for_their_turn_on_the_server(live_course):
    learners = [Visitor(live_course.url) for _ in range(6)]

    def by_form(learner: Visitor) -> Answer:
        learner.get(LAB)
        return learner.post(f"{LAB}run/inside", {"mail_wait_ms": MAIL_MS, "back": "home"}, script=False)

    with ThreadPoolExecutor(len(learners)) as room:
        answers = list(room.map(by_form, learners))
    assert [answer.status for answer in answers] == [200] * len(learners)
    for learner in learners:
        own = learner.get(f"{LAB}runs.json?mail_wait_ms={MAIL_MS}").json["runs"]
        state = learner.get(f"{LAB}runs/{own[-1]['run']}.json").json
        assert not state["crowded"] or state["crowd_note"], "it was given a slot, and judged like any other"
