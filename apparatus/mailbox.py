"""Asking the course's SMTP server which mail arrived, and when.

One line in, one line of JSON out, on the base port: a run id answers its mail or `null`; an empty line answers
`{"ready": true, ...}`.
"""

import json
import re
import socket
from collections.abc import Iterable
from dataclasses import asdict, dataclass

RUN_HEADER = "X-Brokered-Run"
RUN_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
ANSWER_LIMIT_BYTES = 65_536


@dataclass(frozen=True)
class Mail:
    """One mail as the SMTP server saw it. Times are epoch seconds on the server's clock."""

    run_id: str
    subject: str
    to: tuple[str, ...]
    connected_at: float
    arrived_at: float  # the 250 after the end of data was sent: from here on the mail is the server's
    closed_at: float | None  # the reply to QUIT was sent, or the connection was lost; None while it is open
    mail_wait_ms: int  # the whole wait that the port adds to one mail

    def to_json(self) -> str:
        """One line of JSON."""
        return json.dumps(asdict(self))


def is_run_id(text: str) -> bool:
    """Whether `text` may be a run id: 1 to 64 letters, digits, `_` or `-`."""
    return RUN_ID.fullmatch(text) is not None


def find_mail(host: str, base_port: int, run_id: str, timeout_s: float = 1.0) -> Mail | None:
    """The first mail of a run that the server at `base_port` holds, None when there is none (yet).

    Raises OSError when the server is down or silent, ValueError when `run_id` is not a run id.
    """
    if not is_run_id(run_id):
        raise ValueError(f"{run_id[:80]!r} is not a run id: 1 to 64 letters, digits, _ or -")
    answer = _ask(host, base_port, run_id, timeout_s)
    return None if answer is None else _mail(answer)


def is_ready(host: str, base_port: int, timeout_s: float = 1.0) -> bool:
    """Whether the SMTP server's mailbox answers at `base_port`."""
    try:
        answer = _ask(host, base_port, "", timeout_s)
    except OSError:
        return False
    return isinstance(answer, dict) and answer.get("ready") is True


def answer_to(question: str, mails: Iterable[Mail]) -> str:
    """The server's answer to one line, without its newline."""
    if not question:
        return json.dumps({"ready": True, "messages": sum(1 for _ in mails)})
    if not is_run_id(question):
        return json.dumps({"error": "not a run id: 1 to 64 letters, digits, _ or -"})
    return next((mail.to_json() for mail in mails if mail.run_id == question), "null")


def _ask(host: str, base_port: int, question: str, timeout_s: float) -> object:
    with socket.create_connection((host, base_port), timeout=timeout_s) as connection:
        connection.settimeout(timeout_s)
        connection.sendall(question.encode("ascii") + b"\n")
        with connection.makefile("rb") as answers:
            line = answers.readline(ANSWER_LIMIT_BYTES)
    try:
        answer: object = json.loads(line)
    except ValueError:
        raise ConnectionError(f"{host}:{base_port} is not the course's mailbox: it answered {line[:60]!r}") from None
    return answer


def _mail(answer: object) -> Mail:
    if not isinstance(answer, dict) or "run_id" not in answer:
        raise ConnectionError(f"the mailbox answered {answer!r}")
    return Mail(**{**answer, "to": tuple(answer["to"])})
