"""Waiting, and asking /healthz."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from apparatus import probe

HEALTH = {"database": {"ok": True}, "broker": {"ok": True}, "worker": {"ok": False}}


class Health(BaseHTTPRequestHandler):
    """A site whose worker is down."""

    def do_GET(self) -> None:
        self.send_response(503)
        self.end_headers()
        self.wfile.write(json.dumps(HEALTH).encode())

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def health_url() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Health) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
        yield f"http://127.0.0.1:{server.server_port}/healthz"
        server.shutdown()


def test_a_container_is_well_when_the_parts_it_needs_are(health_url: str) -> None:
    assert probe.main([health_url, "database,broker"]) == 0
    assert probe.answers(health_url)


def test_an_ailing_part_is_named(health_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert probe.main([health_url, "database,worker,unheard-of"]) == 1
    assert "worker, unheard-of" in capsys.readouterr().err


def test_nobody_there_is_not_well() -> None:
    assert probe.main(["http://127.0.0.1:9/healthz", "database"]) == 1
    assert not probe.answers("http://127.0.0.1:9/healthz")


def test_wrong_usage_is_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    assert probe.main([]) == 2
    assert "URL PART" in capsys.readouterr().err


def test_waiting_gives_the_answer_or_says_what_did_not_come() -> None:
    answers = iter([None, "", "there"])
    assert probe.wait_until(lambda: next(answers), what="it", timeout_s=5, interval_s=0) == "there"
    with pytest.raises(probe.NotYet, match=r"the train did not come within 0\.05 s"):
        probe.wait_until(lambda: None, what="the train", timeout_s=0.05)
