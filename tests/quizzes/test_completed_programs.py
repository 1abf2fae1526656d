"""Every program that a question has completed does its work: against a real Redis, a real worker, a real mail server.

What stands for a program as its author means it: the gaps of `blanks` filled with each accepted text, the lines of
`order` in their order, and the code of a prompt that asks what is wrong with it.
"""

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, expect

from apparatus.broker_url import redis_client
from apparatus.ports import free_port
from apparatus.processes import Group
from apparatus.redis_server import answers_ping, find_server
from quizzes import catalog
from quizzes.parser import read_quiz
from quizzes.quiz import Question
from quizzes.types.blanks import Blanks
from quizzes.types.blanks_text import GAP
from quizzes.types.order import OrderLines
from tests.quizzes.completed_processes import what_comes_of
from tests.quizzes.test_in_browser import chromium

__all__ = ["chromium"]  # a fixture

CONTENT = catalog.CONTENT  # read when this module is imported: the stories of this folder have a quiz of their own
IN_PROMPT = re.compile(r"^```\n(.*?)^```$", re.DOTALL | re.MULTILINE)
ADA = "ada@example.org"
AT_ONCE = 6
# What comes of each program; its story stands under the same name in `completed_stories`.
CAME_OF_IT: dict[str, Any] = {
    "take-the-oldest": ["to Ada", "to Otto"],
    "two-doors": [[], 1, [7]],
    "second-conversion": [302, 0, ["(1,)"], [ADA]],
    "what-to-try-again": [6, 2, [ADA], 1],
    "silent-broker": [True, True],
    "fill-sign-up": [302, 0, ["(1,)"]],
    "fill-reader": [["to Ada", "to Otto"], [], ["of another reader", "to Otto"]],
    "fill-once": [True, True, 2],
    "set-of-people": [7, 9],
    "all-mails-to-otto": [3, True],
    "owed-receipts": [1, 1, 0],
    "sign-up-in-order": [302, 0, ["(1,)"]],
}
IN_A_BROWSER = "fill-freeze"
TOLD_WRONG = (
    "take-the-oldest",
    "two-doors",
    "second-conversion",
    "what-to-try-again",
    "silent-broker",
    "set-of-people",
)


def questions() -> dict[str, Question]:
    """Every question of the course by its id."""
    quizzes = [reading.quiz for path in sorted(CONTENT.glob("*.md")) if (reading := read_quiz(path)).quiz]
    return {question.id: question for quiz in quizzes for question in quiz.questions}


QUESTIONS = questions()


def filled(body: Blanks, texts: dict[str, str]) -> str:
    """The code with these texts in its gaps, and what belongs there in all others."""
    keys = {gap.name: gap.accepted[0] for gap in body.gaps}
    return GAP.sub(lambda gap: (keys | texts)[gap["name"]], body.code)


def program_of(question: Question) -> str:
    """The program as its author means it."""
    match question.body:
        case Blanks() as body:
            return filled(body, {})
        case OrderLines() as body:
            return "\n".join("    " * line.level + line.code for line in body.lines if not line.is_wrong)
    found = IN_PROMPT.search(question.prompt)
    assert found
    return found[1]


def other_accepted() -> list[tuple[str, str]]:
    """Programs with another accepted text in one gap, each with the id of its question."""
    blanks = {id: question.body for id, question in QUESTIONS.items() if isinstance(question.body, Blanks)}
    return [
        (id, filled(body, {gap.name: text}))
        for id, body in blanks.items()
        if id in CAME_OF_IT
        for gap in body.gaps
        for text in gap.accepted[1:]
    ]


def wrong() -> list[tuple[str, str]]:
    """Programs with a foreseen wrong text in one gap."""
    blanks = {id: QUESTIONS[id].body for id in TOLD_WRONG}
    return [
        (id, filled(body, {gap.name: miss.text}))
        for id, body in blanks.items()
        if isinstance(body, Blanks)
        for gap in body.gaps
        for miss in gap.misses
    ]


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Redis on a port of its own, the one address that redis-py and Celery spell alike; without a database."""
    folder: Path = tmp_path_factory.mktemp("completed")
    with Group(folder / "logs") as group:
        port, socket_file = free_port(), group.temporary_folder() / "redis.sock"
        options = [
            "--databases",
            "64",
            "--port",
            str(port),
            "--bind",
            "127.0.0.1",
            "--unixsocket",
            str(socket_file),
            "--save",
            "",
        ]
        part = group.start("Redis", [find_server().path, *options])
        group.wait_for(part, lambda: answers_ping(socket_file), 20)
        yield f"redis://127.0.0.1:{port}"


def all_that_comes_of(programs: Sequence[tuple[str, str]], redis_url: str, folder: Path) -> list[Any]:
    """What comes of several programs, each in a Redis database of its own, in their order."""
    with redis_client(redis_url) as redis:
        redis.flushall()

    def one(number: int, question: str, program: str) -> Any:
        return what_comes_of(question, program, f"{redis_url}/{number}", folder / str(number))

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(len(programs)), *zip(*programs, strict=True)))


def test_every_program_with_gaps_has_a_story() -> None:
    with_gaps = {id for id, question in QUESTIONS.items() if isinstance(question.body, Blanks)}
    assert with_gaps - set(CAME_OF_IT) == {IN_A_BROWSER}


def test_every_completed_program_does_its_work(redis_url: str, tmp_path: Path) -> None:
    programs = [(id, program_of(QUESTIONS[id])) for id in CAME_OF_IT]
    found = all_that_comes_of(programs, redis_url, tmp_path)
    assert dict(zip(CAME_OF_IT, found, strict=True)) == CAME_OF_IT


def test_whatever_else_is_accepted_works_too(redis_url: str, tmp_path: Path) -> None:
    programs = other_accepted()
    found = all_that_comes_of(programs, redis_url, tmp_path)
    assert [
        (program, came) for (id, program), came in zip(programs, found, strict=True) if came != CAME_OF_IT[id]
    ] == []


def test_nothing_that_is_called_wrong_works(redis_url: str, tmp_path: Path) -> None:
    programs = wrong()
    found = all_that_comes_of(programs, redis_url, tmp_path)
    assert [program for (id, program), came in zip(programs, found, strict=True) if came == CAME_OF_IT[id]] == []


FREEZES_NOT = """
<button>Send</button><p></p>
<script>const button = document.querySelector("button"), text = document.querySelector("p")
{}</script>
"""


def test_the_completed_handler_shows_the_answer_and_lets_the_page_go_on(chromium: Browser) -> None:
    page = chromium.new_page(base_url="http://shop.example")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/", lambda route: route.fulfill(body=FREEZES_NOT.format(program_of(QUESTIONS[IN_A_BROWSER]))))
    page.route("**/receipt/", hold)
    page.goto("/")
    page.get_by_role("button").click()
    assert page.evaluate("new Promise(done => requestAnimationFrame(() => done('painted')))") == "painted"
    expect(page.locator("p")).to_have_text("")
    held[0].fulfill(body="sent")
    expect(page.locator("p")).to_have_text("sent")
    page.close()
