"""A part is down: an expected state, with its own words, within its deadline, and nothing is lost."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from apparatus.broker_url import redis_client
from apparatus.probe import wait_until
from tests.live import LiveCourse
from tests.visitor import LAB, Visitor

ANSWER_WITHIN_S = 3.0  # promised for the queued button, cold or warm
WORKER_THREADS = 4
MAIL_WITHIN_S = 6.0  # EMAIL_TIMEOUT is 5 s


@contextmanager
def cold_web(course: LiveCourse) -> Iterator[None]:
    """A web process that has never published: its warm-up has failed, its connection pool is empty."""
    course.kill("web")
    course.start_web()
    wait_until(lambda: answers_lessons(course), what="the web process", timeout_s=30)
    yield


def answers_lessons(course: LiveCourse) -> bool:
    try:
        return Visitor(course.url).get("/me.json").status == 200
    except OSError:
        return False


def assert_course_goes_on(ada: Visitor) -> None:
    """What needs no Redis works as ever: the other button, the lesson, the quiz."""
    inside = ada.run("inside", 0)
    assert inside.status == 201
    assert ada.until_final(inside.json)["phase"] == "done"
    assert ada.get("/lessons/redis-as-a-message-broker/perf/").status == 200
    assert ada.get("/quizzes/redis-as-a-message-broker/").status == 200


def assert_broker_is_named(ada: Visitor) -> None:
    health = ada.get("/healthz")
    assert health.status == 503
    assert not health.json["broker"]["ok"]
    assert health.json["database"]["ok"]


def assert_refused_in_time(ada: Visitor, word: str) -> None:
    answer = ada.run("queued")
    assert answer.status == 503
    assert answer.json["lane"] == "redis"
    assert word in answer.json["trouble"]
    assert "Nothing you wrote is lost" in answer.json["html"]
    assert answer.took_s < ANSWER_WITHIN_S


def test_redis_closed_warm(live_course, ada):
    ada.run("queued")
    with live_course.without("redis"):
        assert_refused_in_time(ada, "refuses connections")
        assert_broker_is_named(ada)
        assert_course_goes_on(ada)
    assert ada.until_final(ada.run("queued", 0).json)["phase"] == "done"


def test_redis_closed_cold(live_course, ada):
    with live_course.without("redis"), cold_web(live_course):
        assert_refused_in_time(ada, "refuses connections")


def test_redis_frozen_warm(live_course, ada):
    ada.run("queued")
    with live_course.frozen("redis"):
        assert_refused_in_time(ada, "does not answer")
        assert_broker_is_named(ada)
        assert_course_goes_on(ada)
    assert ada.until_final(ada.run("queued", 0).json)["phase"] == "done"


def test_redis_frozen_cold(live_course, ada):
    with live_course.frozen("redis"), cold_web(live_course):
        assert_refused_in_time(ada, "does not answer")


@contextmanager
def address_that_drops_packets() -> Iterator[str]:
    """A port whose queue of connections is full: the kernel drops every further SYN, as a firewall would."""
    with socket.socket() as listener, socket.socket() as first, socket.socket() as second:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for waiting in (first, second):
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        yield f"redis://127.0.0.1:{listener.getsockname()[1]}/0"


def test_redis_behind_a_firewall_that_drops_packets(live_course, ada):
    environment = live_course.startup.environment
    own = environment["REDIS_URL"]
    try:
        with address_that_drops_packets() as environment["REDIS_URL"], cold_web(live_course):
            assert_refused_in_time(ada, "does not answer")
            assert_broker_is_named(ada)
    finally:
        environment["REDIS_URL"] = own
        live_course.kill("web")
        live_course.start_web()
        live_course.wait_until_healthy()


def test_worker_down_the_message_waits_and_runs_when_one_comes(live_course, ada):
    with live_course.without("worker"):
        answer = ada.run("queued")
        assert answer.status == 201
        waiting = ada.until(answer.json, lambda state: "no worker is running" in state["note"])
        assert waiting["phase"] == "waiting"
        assert "Waiting in Redis" in waiting["note"]
        assert ada.get("/healthz").json["worker"] == {"ok": False, "state": "no worker is running"}
    assert ada.until_final(answer.json)["phase"] == "done"


def test_a_message_survives_the_death_of_redis(live_course, ada):
    with live_course.without("worker"):
        answer = ada.run("queued")
        live_course.kill("redis")
        live_course.start_redis()
    assert ada.until_final(answer.json)["phase"] == "done"


def test_redis_that_dies_under_a_busy_worker_takes_no_worker_with_it(live_course, ada):
    """Messages that wait for a thread are the worker's, and it can give them back to nobody (course/lost_broker.py)."""
    worker = live_course.parts["worker"]
    with redis_client(live_course.startup.environment["REDIS_URL"]) as client:
        runs = [ada.run("queued", 1400, anyway="1") for _ in range(WORKER_THREADS + 3)]
        wait_until(lambda: client.hlen("unacked"), what="messages that wait for a thread", timeout_s=10)
    with live_course.without("redis"):
        assert ada.until_final(runs[0].json)["phase"] == "done"
    assert ada.until_final(ada.run("queued", 0).json)["phase"] == "done"
    assert worker.process.poll() is None, "it is the same worker as before"


def test_mail_server_down_is_told_on_the_page_and_in_the_run(live_course, ada):
    with live_course.without("mail"):
        inside = ada.run("inside")
        assert inside.status == 503
        assert inside.json["lane"] == "mail"
        assert "refuses connections" in inside.json["trouble"]
        assert inside.took_s < MAIL_WITHIN_S
        queued = ada.run("queued")
        assert queued.status == 201
        final = ada.until_final(queued.json)
        assert final["phase"] == "failed"
        assert "mail" in final["note"]


def test_mail_server_silent_is_given_up_within_its_timeout(live_course, ada):
    with live_course.frozen("mail"):
        inside = ada.run("inside")
        assert inside.status == 503
        assert "does not answer" in inside.json["trouble"]
        assert inside.took_s < MAIL_WITHIN_S


def test_a_plain_form_is_told_the_same_on_a_page_of_its_own(live_course, ada):
    with live_course.without("redis"):
        page = ada.post(f"{LAB}run/queued", {"mail_wait_ms": 300}, script=False)
        assert page.status == 503
        assert "refuses connections" in page.text
        assert "Back to the lab" in page.text


def test_bad_parameters_are_refused_with_the_bounds_next_to_the_field(ada):
    answer = ada.run("inside", "9000")
    assert answer.status == 400
    assert "9,000 is above the limit of 1,400 ms" in answer.json["problems"]["mail_wait_ms"]
    ada.post(f"{LAB}predict/", {"skip": 1}, script=False)
    page = ada.post(f"{LAB}run/inside", {"mail_wait_ms": "soon"}, script=False)
    assert page.status == 400
    assert 'value="soon"' in page.text
    assert "&#x27;soon&#x27; is no whole number" in page.text


@pytest.mark.parametrize("path", [f"{LAB}run/sideways", "/labs/no-such-lab/run/inside"])
def test_a_condition_or_lab_that_does_not_exist_is_a_404(ada, path):
    assert ada.post(path).status == 404
