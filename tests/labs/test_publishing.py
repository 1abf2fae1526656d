"""What a fresh process needs to publish and to send a mail: real figures, and one sentence when a part is down."""

import pytest

from apparatus.broker_url import redis_client
from apparatus.mail_ports import BLOCK_SIZE, DEFAULT_BASE_PORT
from apparatus.ports import free_block, free_port
from apparatus.processes import Group, PartEnded
from labs.email_in_request.publisher import BINDING, QUEUE
from labs.email_in_request.publishing import rows_of_a_fresh_process


@pytest.fixture
def group(tmp_path):
    with Group(tmp_path) as made:
        yield made


@pytest.fixture
def environment(live_course, monkeypatch) -> dict[str, str]:
    """This process has the environment of the running course, which its children inherit."""
    for name in ("DATA_DIR", "REDIS_URL", "SMTP_HOST", "SMTP_BASE_PORT"):
        monkeypatch.setenv(name, live_course.startup.environment[name])
    return live_course.startup.environment


def test_first_later_and_mail_are_told_apart_and_nothing_is_left(group, environment):
    rows = {row["arm"]: row["took_ms"] for row in rows_of_a_fresh_process(group, 0, 100)}
    assert rows["first"] > 2 * rows["warm"]
    assert rows["mail"] >= 100
    assert group.parts == []
    with redis_client(environment["REDIS_URL"]) as client:
        assert not client.exists(QUEUE, BINDING)


def test_without_a_mail_server_one_sentence_says_so(group, environment, monkeypatch):
    monkeypatch.setenv("SMTP_BASE_PORT", str(free_block("127.0.0.1", DEFAULT_BASE_PORT, BLOCK_SIZE)))
    with pytest.raises(PartEnded, match=r"^The mail server refuses connections\.$"):
        rows_of_a_fresh_process(group, 0, 100)


def test_without_redis_one_sentence_says_so(group, environment, monkeypatch):
    monkeypatch.setenv("REDIS_URL", f"redis://127.0.0.1:{free_port()}/0")
    with pytest.raises(PartEnded, match=r"^Redis refuses connections\.$"):
        rows_of_a_fresh_process(group, 0, 100)
