"""What an answer in a quiz costs: processor time against a view that inserts one bare row.

    python -m benchmarks.quiz_submit [--rounds 5] [--answers 100]

Both are posts through the same middleware, with cookies and a CSRF token, to the same uvicorn process, in turns. Every
answer is the second one of a learner who has begun the quiz: neither the making of a learner nor that of an attempt is
in it. Prints a table; exit code 1 when a budget is exceeded.
"""

import argparse
import http.client
import re
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from apparatus.probe import fetch
from benchmarks.measuring import in_turns, live_course, load_average, say, summary, table
from tests.live import LiveCourse
from tests.visitor import Visitor

QUIZ = "/quizzes/redis-as-a-message-broker/"
FIRST, SECOND = "which-number", "no-long-task"
GIVEN = {FIRST: "ttfb", SECOND: "page-idle"}
INSERT = "/benchmarks/insert"
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
# The budget
CPU_RATIO = 2.5


@dataclass(frozen=True)
class Post:
    """One request that is ready to be sent."""

    path: str
    body: str
    cookies: str


def answer_of_somebody(course: LiveCourse) -> Post:
    """Somebody new who has answered one question and stands before the next."""
    visitor = Visitor(course.url)
    visitor.post(f"{QUIZ}{FIRST}/", _form(visitor, FIRST))
    return Post(f"{QUIZ}{SECOND}/", urlencode(_form(visitor, SECOND)), _cookies(visitor))


def insert_of_somebody(course: LiveCourse) -> Post:
    """The same somebody before the bare insert."""
    visitor = Visitor(course.url)
    visitor.post(f"{QUIZ}{FIRST}/", _form(visitor, FIRST))
    return Post(INSERT, urlencode(_form(visitor, SECOND)), _cookies(visitor))


def _form(visitor: Visitor, question: str) -> dict[str, str]:
    html = visitor.get(f"{QUIZ}{question}/").text
    return dict(HIDDEN.findall(html)) | {"answer": GIVEN[question]}


def _cookies(visitor: Visitor) -> str:
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in visitor.cookies)


def cost_us(course: LiveCourse, posts: Sequence[Post]) -> tuple[float, float]:
    """Processor time of the server for each of these in microseconds, and the median wait in ms."""
    connection = http.client.HTTPConnection(urlsplit(course.url).netloc)
    waits_ms = []
    before_s = float(fetch(f"{course.url}/benchmarks/cpu")[1])
    for post in posts:
        headers = {"Cookie": post.cookies, "Content-Type": "application/x-www-form-urlencoded"}
        started = time.perf_counter()
        connection.request("POST", post.path, post.body, headers)
        response = connection.getresponse()
        response.read()
        waits_ms.append(1000 * (time.perf_counter() - started))
        assert response.status == 302, f"{post.path}: {response.status}"
    used_s = float(fetch(f"{course.url}/benchmarks/cpu")[1]) - before_s
    return 1e6 * used_s / len(posts), statistics.median(waits_ms)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quiz_submit", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--answers", type=int, default=100, help="of each kind in each round")
    options = parser.parse_args(arguments)
    say(f"load average {load_average()}")
    kinds = {"an answer": answer_of_somebody, "a bare insert, same middleware": insert_of_somebody}
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in kinds}
    with live_course() as course:
        for name in in_turns(list(kinds), options.rounds):
            found[name].append(cost_us(course, [kinds[name](course) for _ in range(options.answers)]))
            say(f"{name}: {found[name][-1][0]:.0f} us of processor time, {found[name][-1][1]:.2f} ms")
    answers, inserts = found.values()
    ratio = statistics.median(answer[0] / insert[0] for answer, insert in zip(answers, inserts, strict=True))
    rows = [(name, *(_spread([one[index] for one in of]) for index in (0, 1))) for name, of in found.items()]
    say(
        f"\n{table(('', 'CPU per request, us', 'median wait, ms'), rows)}\n\nRatio {ratio:.2f}, median over the rounds."
    )
    if ratio > CPU_RATIO:
        say(f"\nOVER BUDGET: an answer at most {CPU_RATIO:g} times the CPU of a bare insert")
        return 1
    say("\nWithin budget. That an answer takes four statements is held by tests/quizzes/test_answering.py.")
    return 0


def _spread(values: Sequence[float]) -> str:
    of = summary([round(value, 2) for value in values])
    return f"{of['median']:g} ({of['low']:g} to {of['high']:g})"


if __name__ == "__main__":
    sys.exit(main())
