"""A mail server for the checker: it keeps every mail, and stops or refuses when it is told to."""

import socketserver
import threading
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from typing import Self


@dataclass(frozen=True)
class Mail:
    """One mail: for whom, and what it says."""

    to: str
    message: Message

    @property
    def message_id(self) -> str | None:
        """Its own name, by which a second copy is told from a second mail (RFC 5322, 3.6.4)."""
        return self.message["Message-ID"]


class Pause:
    """A point at which the mail server stands still until it is let go."""

    def __init__(self) -> None:
        self._armed, self.reached, self._go = False, threading.Event(), threading.Event()

    def arm(self) -> None:
        """Stand still at the next mail that comes here."""
        self._armed = True
        self.reached.clear()
        self._go.clear()

    def release(self) -> None:
        """Go on, now and from now on."""
        self._armed = False
        self._go.set()

    def here(self) -> None:
        """Wait if somebody armed it."""
        if self._armed:
            self.reached.set()
            self._go.wait()


class MailServer(socketserver.ThreadingTCPServer):
    """SMTP as RFC 5321 has it, as far as Django's mail needs it. Use it as a context manager."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self) -> None:
        """Listen on a free port of this machine."""
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.port: int = self.server_address[1]
        self.mails: list[Mail] = []
        self.is_away = False
        self.before_mail, self.after_mail = Pause(), Pause()

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self.before_mail.release()
        self.after_mail.release()
        self.shutdown()
        self.server_close()

    def to(self, address: str) -> list[Mail]:
        """Every mail for an address."""
        return [mail for mail in self.mails if mail.to == address]

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: whoever sent the mail was killed, which is what some checks do."""


class _Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        """One connection: greeting, commands, QUIT."""
        if self.server.is_away:
            self._say("421 the mail server is away, try again later")
            return
        self.server.before_mail.here()
        self._say("220 ready")
        recipients: list[str] = []
        for line in self.rfile:
            command = line.decode("ascii", "replace").strip()
            verb = command[:4].upper()
            if verb == "RCPT":
                recipients.append(command.partition("<")[2].partition(">")[0])
            if verb == "DATA":
                self._take_mail(recipients)
            else:
                self._say("221 bye" if verb == "QUIT" else "250 OK")
            if verb == "QUIT":
                return

    def _take_mail(self, recipients: list[str]) -> None:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        message = message_from_bytes(b"".join(lines))
        self.server.mails += [Mail(to, message) for to in recipients]
        self.server.after_mail.here()
        self._say("250 OK")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())
