"""A real SMTP server that lets each client wait for its greeting, and then, if it is told to, for ever."""

import asyncio
import socket
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import AnyStr

from aiosmtpd.smtp import SMTP, Envelope, Session

from apparatus import ports

HOST = "127.0.0.1"
LOOK_AGAIN_S = 0.01


@dataclass
class Post:
    """How the server behaves, and what it noted: when it greeted, and when it accepted a mail.

    It greets after `greeting_ms`, and not before `may_greet` says so. While `is_silent`, it says nothing after that.
    """

    greeting_ms: int
    may_greet: Callable[[], bool]
    is_silent: bool
    greeted_at_s: list[float] = field(default_factory=list)
    accepted_at_s: list[float] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """One whole mail."""
        self.accepted_at_s.append(time.time())
        return "250 OK"


class Hesitating(SMTP):
    """One connection to such a server."""

    def __init__(self, post: Post) -> None:
        super().__init__(post, hostname="example.org", loop=asyncio.get_running_loop())
        self.post = post

    async def push(self, status: AnyStr) -> None:
        """Send one line of a reply, when it is time."""
        if status[:3] in ("220", b"220"):
            await asyncio.sleep(self.post.greeting_ms / 1000)
            await _until(self.post.may_greet)
            self.post.greeted_at_s.append(time.time())
        else:
            await _until(lambda: not self.post.is_silent)
        await super().push(status)


async def _until(condition: Callable[[], bool]) -> None:
    while not condition():
        await asyncio.sleep(LOOK_AGAIN_S)


@contextmanager
def mail_server(post: Post) -> Iterator[int]:
    """The port of the server, which runs in a thread of its own until the block ends."""
    bound = ports.bind(HOST, 0)
    bound.listen()
    loop, ended = asyncio.new_event_loop(), asyncio.Event()
    thread = Thread(target=_run, args=(loop, _serve(post, bound, ended)))
    thread.start()
    try:
        yield bound.getsockname()[1]
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join()


async def _serve(post: Post, bound: socket.socket, ended: asyncio.Event) -> None:
    await asyncio.get_running_loop().create_server(lambda: Hesitating(post), sock=bound)
    await ended.wait()


def _run(loop: asyncio.AbstractEventLoop, serving: Coroutine[None, None, None]) -> None:
    with asyncio.Runner(loop_factory=lambda: loop) as runner:  # at its end it cancels what still waits
        runner.run(serving)
