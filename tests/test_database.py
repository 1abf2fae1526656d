"""Twenty people at once, on SQLite and on a real PostgreSQL: no answer lost, no run lost, no "database is locked"."""

import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from apparatus.probe import wait_until
from apparatus.processes import Group
from apparatus.redis_server import find_server
from labs.bench.experiments.line import LONGEST_S
from tests.live import LiveCourse
from tests.postgres import postgres
from tests.visitor import Visitor

pytestmark = pytest.mark.database

PEOPLE = 20
QUIZ = "/quizzes/redis-as-a-message-broker/"
EXPERIMENT = "/labs/when-the-queue-loses/"


@pytest.fixture(scope="module", params=["SQLite", "PostgreSQL"])
def course(request, tmp_path_factory) -> Iterator[LiveCourse]:
    """The course on either database."""
    if request.param == "SQLite":
        yield request.getfixturevalue("live_course")
        return
    folder = tmp_path_factory.mktemp("pg")
    shutil.copytree(request.getfixturevalue("prepared"), folder / "data")
    with postgres() as address, Group(folder / "logs") as group:
        yield LiveCourse(group, folder / "data", find_server(), DATABASE_URL=address)


def test_the_course_runs_on_this_database(course, request):
    wanted = request.node.callspec.params["course"]
    assert Visitor(course.url).get("/healthz").json["database"] == {"ok": True, "state": wanted}


def test_an_experiment_is_measured_kept_and_read_again(course):
    ada = Visitor(course.url)
    ada.get(EXPERIMENT)
    ada.post(f"{EXPERIMENT}predict/", {"answer": "3", "result": "500"}, script=False)
    page = ada.post(f"{EXPERIMENT}runs/", {"runs": 2}, script=False).text
    address = re.search(r'data-watch="([^"]+)"', page)
    assert address, page

    def final() -> dict | None:
        state = ada.get(address[1]).json
        return state if state["final"] else None

    ended = wait_until(final, what="the end of the experiment", timeout_s=LONGEST_S, interval_s=0.5)
    assert ended["state"] == "done", ended["error"]
    assert re.search("answer came sooner", ada.get(EXPERIMENT).text)  # every finding says which, or that none did
    own = f"{EXPERIMENT}runs/{ended['id']}/"
    assert "Both results" in ada.get(f"{own}?with={ended['id']}").text
    assert "2 predictions measured" in ada.get("/notebook/").text


def test_twenty_people_answer_and_measure_at_once(course):
    with ThreadPoolExecutor(PEOPLE) as room:
        results = list(room.map(lambda number: answer_and_measure(Visitor(course.url)), range(PEOPLE)))
    assert results == ["answered, done"] * PEOPLE


def answer_and_measure(person: Visitor) -> str:
    """Answer a question by plain form, measure one queued run, and come back to both."""
    page = person.get(f"{QUIZ}responsiveness/")
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    radio = re.search(r'<input[^>]*type="radio"[^>]*name="(\w+)"[^>]*value="(answer-sooner)"', page.text)
    assert radio
    person.post(f"{QUIZ}responsiveness/", fields | {radio[1]: radio[2]}, script=False)
    final = person.until_final(person.run("queued", 0).json)
    again = person.get(f"{QUIZ}responsiveness/").text
    return f"{'answered' if 'Right answer' in again else again[:2000]}, {final['phase']}"
