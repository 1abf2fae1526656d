"""The course's own SMTP server: real mail, a chosen wait, and the last messages kept in memory.

`python -m apparatus.smtp_server --host 127.0.0.1 --base-port 2525` listens on 30 ports: the mailbox (see
`apparatus.mailbox`) on the base port, and on base + 1 + i an SMTP server on which one whole mail takes i * 50 ms. The
delay belongs to the connection, so a port for each wait lets runs with different waits happen at the same time.
"""

import argparse
import asyncio
import json
import signal
import socket
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from email import message_from_bytes
from email.policy import default as modern_policy
from typing import Any, AnyStr

from aiosmtpd.smtp import SMTP, Envelope, Session

from apparatus import ports
from apparatus.mail_ports import (
    BLOCK_SIZE,
    DEFAULT_BASE_PORT,
    WAIT_MAX_MS,
    WAIT_STEP_MS,
    WAITS_MS,
    port_for_wait,
)
from apparatus.mailbox import RUN_HEADER, Mail, answer_to, is_run_id

__all__ = ["WAIT_MAX_MS", "WAIT_STEP_MS", "port_for_wait", "serve"]

# A plain send_mail sees seven: greeting, EHLO, MAIL, RCPT, DATA, end of data, QUIT.
REPLIES_PER_MAIL = 7
MAILS_KEPT = 500
MAIL_LIMIT_BYTES = 1_000_000
IDLE_LIMIT_S = 60.0
QUESTION_LIMIT_BYTES = 256


class Mailbox:
    """The last messages that arrived, oldest first."""

    def __init__(self) -> None:
        self.mails: deque[Mail] = deque(maxlen=MAILS_KEPT)

    def keep(self, mail: Mail) -> None:
        """Add one mail, forgetting the oldest when there are 500."""
        self.mails.append(mail)

    def close(self, connected_at: float, closed_at: float) -> None:
        """Note for the mails of one connection when it ended."""
        for index, mail in enumerate(self.mails):
            if mail.connected_at == connected_at and mail.closed_at is None:
                self.mails[index] = replace(mail, closed_at=closed_at)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one line of one client, then hang up."""
        try:
            question = await asyncio.wait_for(reader.readuntil(b"\n"), IDLE_LIMIT_S)
            text = question.decode("ascii", "replace").strip()
            writer.write(answer_to(text, self.mails).encode() + b"\n")
            await writer.drain()
        except (OSError, EOFError, TimeoutError, asyncio.LimitOverrunError):
            pass  # the client went away, or never meant us
        finally:
            writer.close()


class Acceptance:
    """aiosmtpd's handler: what happens to a whole message."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Remember the message; it counts as arrived once this reply is on its way."""
        assert isinstance(server, SlowSMTP)
        server.accepted = envelope
        return "250 OK"


class SlowSMTP(SMTP):
    """One connection, each of whose replies waits a seventh of the mail's wait."""

    def __init__(self, mailbox: Mailbox, mail_wait_ms: int) -> None:
        super().__init__(
            Acceptance(),
            hostname="brokered.local",  # else aiosmtpd asks the resolver, which can take seconds
            ident="Brokered SMTP",
            data_size_limit=MAIL_LIMIT_BYTES,
            timeout=IDLE_LIMIT_S,
            loop=asyncio.get_running_loop(),
        )
        self.mailbox = mailbox
        self.mail_wait_ms = mail_wait_ms
        self.accepted: Envelope | None = None
        self.connected_at = 0.0
        self._owed_s = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client connected."""
        self.connected_at = time.time()
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        """The client hung up, after QUIT or without it."""
        self.mailbox.close(self.connected_at, time.time())
        super().connection_lost(error)

    async def push(self, status: AnyStr) -> None:
        """Send one line of a reply; the last line of each reply is the one that waits."""
        if status[3:4] not in ("-", b"-"):
            await self._wait()
        await super().push(status)
        if self.accepted is not None:
            self._keep(self.accepted)
        if status[:3] in ("221", b"221"):
            self.mailbox.close(self.connected_at, time.time())

    async def _wait(self) -> None:
        # The event loop rounds each sleep up to a millisecond: what one reply waited too long, the next waits less.
        self._owed_s += self.mail_wait_ms / 1000 / REPLIES_PER_MAIL
        begun = time.perf_counter()
        if self._owed_s > 0:
            await asyncio.sleep(self._owed_s)
            self._owed_s -= time.perf_counter() - begun

    def _keep(self, envelope: Envelope) -> None:
        self.accepted = None
        arrived_at = time.time()
        run_id, subject = read_headers(envelope.content)
        recipients = tuple(envelope.rcpt_tos)
        self.mailbox.keep(Mail(run_id, subject, recipients, self.connected_at, arrived_at, None, self.mail_wait_ms))


def read_headers(content: bytes | str | None) -> tuple[str, str]:
    """Run id and subject of a raw message; "" for what is missing or malformed."""
    raw = content.encode() if isinstance(content, str) else content or b""
    message = message_from_bytes(raw, policy=modern_policy)
    run_id = str(message.get(RUN_HEADER, "")).strip()
    return (run_id if is_run_id(run_id) else ""), str(message.get("Subject", ""))[:200]


def bind_block(host: str, base_port: int) -> list[socket.socket]:
    """All 30 sockets from `base_port` up; with 0, the first free block from 2525 up. Raises OSError when taken."""
    if base_port:
        return _bind_all(host, base_port)
    first = DEFAULT_BASE_PORT
    while True:
        first = ports.free_block(host, first, BLOCK_SIZE)
        try:
            return _bind_all(host, first)
        except OSError:  # somebody else took it between looking and binding
            first += BLOCK_SIZE


def _bind_all(host: str, base_port: int) -> list[socket.socket]:
    with ExitStack() as opened:
        block = [opened.enter_context(ports.bind(host, base_port + offset)) for offset in range(BLOCK_SIZE)]
        for bound in block:
            bound.listen(100)
        opened.pop_all()
    return block


async def serve(block: list[socket.socket], on_ready: Callable[[], None]) -> None:
    """Serve the mailbox on the first socket of `block` and SMTP on the others until SIGTERM or SIGINT."""
    mailbox = Mailbox()
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    await asyncio.start_server(mailbox.answer, sock=block[0], limit=QUESTION_LIMIT_BYTES)
    for bound, wait_ms in zip(block[1:], WAITS_MS, strict=True):
        await loop.create_server(smtp_factory(mailbox, wait_ms), sock=bound)
    on_ready()
    await stopped.wait()


def smtp_factory(mailbox: Mailbox, mail_wait_ms: int) -> Callable[[], Any]:
    """What makes the protocol of each new connection of one port."""
    return lambda: SlowSMTP(mailbox, mail_wait_ms)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command. Says that it is ready with one line of JSON on standard output."""
    parser = argparse.ArgumentParser(prog="python -m apparatus.smtp_server", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--base-port", type=int, default=DEFAULT_BASE_PORT, help="0: the first free block from 2525 up")
    options = parser.parse_args(arguments)
    try:
        block = bind_block(options.host, options.base_port)
    except (OSError, OverflowError) as error:
        first = options.base_port
        print(f"ports {first} to {first + BLOCK_SIZE - 1} on {options.host} are not all free: {error}", file=sys.stderr)
        return 1
    base_port = block[0].getsockname()[1]
    ready = {"ready": True, "host": options.host, "base_port": base_port}
    asyncio.run(serve(block, lambda: print(json.dumps(ready), flush=True)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
