"""Thirty learners at once: nobody measures the crowd without being told, and nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from statistics import median

from tests.live import LiveCourse
from tests.visitor import LAB, Answer, Visitor

CLASS = 30
MAIL_MS = 100


def one_learner(course: LiveCourse) -> tuple[Answer, dict]:
    learner = Visitor(course.url)
    answer = learner.run("inside", MAIL_MS)
    return answer, learner.until_final(answer.json)


def test_thirty_at_once_each_measure_the_mail_and_not_the_class(live_course):
    alone = one_learner(live_course)[1]["view_ms"]
    with ThreadPoolExecutor(CLASS) as room:
        results = list(room.map(lambda _: one_learner(live_course), range(CLASS)))
    assert [answer.status for answer, _ in results] == [201] * CLASS
    uncrowded = [run["view_ms"] for _, run in results if not run["crowded"]]
    assert len(uncrowded) == CLASS, "a script stands in line, so nobody has to measure in a crowd"
    assert median(uncrowded) < 2 * alone


def test_who_does_not_want_to_wait_is_told_that_it_was_a_crowd(live_course):
    learners = [Visitor(live_course.url) for _ in range(8)]
    for learner in learners:
        learner.get(LAB)

    def impatient(learner: Visitor) -> dict:
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
    assert all("measured in a crowd" not in answer.text for answer in answers)
