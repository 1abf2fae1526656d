"""Ada measures while a class does: she is told her place, her clock starts at her turn, and nobody overtakes her."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

import pytest
from playwright.sync_api import expect

from apparatus.probe import wait_until
from tests.e2e import steps
from tests.live import LiveCourse
from tests.visitor import Visitor

pytestmark = pytest.mark.browser

OTHERS = 4
MAIL_MS = 600


@contextmanager
def a_class(course: LiveCourse) -> Iterator[None]:
    """Four people who measure one run after the other, so that two always stand in line."""
    done = Event()

    def learn(learner: Visitor) -> None:
        while not done.is_set():
            learner.until_final(learner.run("inside", MAIL_MS).json)

    with ThreadPoolExecutor(OTHERS) as room:
        learners = [room.submit(learn, Visitor(course.url)) for _ in range(OTHERS)]
        try:
            wait_until(
                lambda: "in line to measure" in Visitor(course.url).get(steps.LAB).text, what="a line", timeout_s=30
            )
            yield
        finally:
            done.set()
    for learner in learners:
        learner.result()


def test_she_is_told_her_place_and_measures_in_her_turn(visit, live_course):
    page = visit(f"{steps.LAB}?mail_wait_ms=100")
    page.get_by_role("button", name="Go on without predicting").click()
    page.wait_for_selector("[data-ready]")
    page.get_by_label("The mail server takes about").fill("100")
    status = page.locator("[data-status]")
    with a_class(live_course):
        page.get_by_role("button", name=steps.INSIDE).click()
        expect(status).to_have_text(re.compile(r"You are \w+( in line)?\. Others are measuring"), timeout=20_000)
        expect(status).to_have_text(re.compile(r"^\d+ ms"), timeout=steps.RUN_WITHIN_MS)
        own = page.evaluate(f"async () => (await fetch('{steps.LAB}runs.json?mail_wait_ms=100')).json()")["runs"]
    visit.complaints[:] = [one for one in visit.complaints if "503" not in one]  # the browser logs each "in line"
    assert own[-1]["others"] > 0
    assert own[-1]["wait_ms"] < MAIL_MS + 1000, "the line is no part of what was measured"
