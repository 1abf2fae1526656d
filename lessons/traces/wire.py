"""Every command that a Redis receives, as MONITOR reports it, byte for byte, so that it can be given again."""

import ast
import re
import socket
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from threading import Thread
from urllib.parse import urlsplit

LINE = re.compile(rb"\+?(\d+\.\d+) \[\d+ ([^\]]+)\] (.*)", re.DOTALL)
WORD = re.compile(rb'"(?:[^"\\]|\\.)*"')
CONNECT_TIMEOUT_S = 2.0


@dataclass(frozen=True)
class Command:
    """One command: when Redis received it, by its own clock, from which connection, and its words."""

    at_s: float
    client: str
    words: tuple[bytes, ...]

    @property
    def name(self) -> str:
        """In capitals: LPUSH."""
        return self.words[0].decode("ascii", "replace").upper()


class Watch:
    """Reads MONITOR of one Redis from its beginning until it is closed. Use it as a context manager."""

    def __init__(self, redis_url: str) -> None:
        """Raises OSError when the server at redis://host:port/0 does not answer."""
        parts = urlsplit(redis_url)
        self._socket = socket.create_connection((parts.hostname or "", parts.port or 0), CONNECT_TIMEOUT_S)
        self._socket.settimeout(None)
        self._lines: list[bytes] = []
        self._file = self._socket.makefile("rb")
        self._socket.sendall(b"MONITOR\r\n")
        self._file.readline()  # +OK: from here on nothing is missed
        self._thread = Thread(target=self._read, daemon=True)
        self._thread.start()

    def __enter__(self) -> "Watch":
        return self

    def __exit__(self, *reason: object) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._file.close()
        self._socket.close()

    @property
    def seen(self) -> list[Command]:
        """The commands so far."""
        return list(read_lines(self._lines.copy()))

    def _read(self) -> None:
        self._lines.extend(iter(self._file.readline, b""))


def read_lines(lines: Iterable[bytes]) -> Iterator[Command]:
    """The commands in lines of MONITOR; what is no command is passed over."""
    for line in lines:
        if found := LINE.fullmatch(line.rstrip(b"\r\n")):
            words = tuple(_unquoted(word) for word in WORD.findall(found[3]))
            yield Command(float(found[1]), found[2].decode("ascii", "replace"), words)


def _unquoted(word: bytes) -> bytes:
    # Redis escapes as C does, and of that only what Python reads in the same way.
    value = ast.literal_eval("b" + word.decode("latin-1"))
    assert isinstance(value, bytes)
    return value
