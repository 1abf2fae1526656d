"""The course's SMTP server: its waits, what it keeps, and how it is asked."""

import smtplib
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path

import pytest

from apparatus import mail_ports, mailbox, ports
from apparatus.mailbox import Mail, find_mail, is_ready
from apparatus.processes import Group, PartEnded
from apparatus.smtp_part import start_smtp_server, wait_for_base_port
from apparatus.smtp_server import MAILS_KEPT, Mailbox, port_for_wait, read_headers

HERE = "127.0.0.1"


@pytest.fixture(scope="module")
def base_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with Group(tmp_path_factory.mktemp("logs")) as group:
        yield wait_for_base_port(group, start_smtp_server(group))


def send(base_port: int, run_id: str, wait_ms: int) -> float:
    """Send one mail as Django does; how long that took, in milliseconds."""
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = "Welcome, Ada", "course@example.org", "ada@example.org"
    mail[mailbox.RUN_HEADER] = run_id
    begun = time.perf_counter()
    with smtplib.SMTP(HERE, port_for_wait(base_port, wait_ms), local_hostname="here", timeout=5) as connection:
        connection.send_message(mail)
    return (time.perf_counter() - begun) * 1000


@pytest.mark.alone
def test_a_mail_takes_as_long_as_its_port_says(base_port: int) -> None:
    at_once = min(send(base_port, "none", 0) for _ in range(3))
    for wait_ms in (50, 300, 600):
        added = min(send(base_port, f"w{wait_ms}", wait_ms) for _ in range(2)) - at_once
        assert added == pytest.approx(wait_ms, abs=25)


@pytest.mark.alone
def test_a_mail_without_wait_is_not_held_up(base_port: int) -> None:
    """Nagle's algorithm against delayed acknowledgements costs 40 ms, and would be measured as the mail's."""
    assert min(send(base_port, "quick", 0) for _ in range(5)) < 30


def test_ada_finds_when_her_mail_arrived(base_port: int) -> None:
    begun = time.time()
    send(base_port, "adas-run_1", 300)
    mail = find_mail(HERE, base_port, "adas-run_1")
    assert mail
    assert (mail.subject, mail.to, mail.mail_wait_ms) == ("Welcome, Ada", ("ada@example.org",), 300)
    assert mail.closed_at
    assert begun <= mail.connected_at < mail.arrived_at < mail.closed_at <= time.time()
    # Six of the seven replies are out when the mail has arrived.
    assert (mail.arrived_at - mail.connected_at) / (mail.closed_at - mail.connected_at) == pytest.approx(6 / 7, abs=0.1)


def test_a_client_that_hangs_up_without_quit_closes_its_mail(base_port: int) -> None:
    with socket.create_connection((HERE, port_for_wait(base_port, 0)), timeout=5) as raw:
        lines = raw.makefile("rb")
        for command in (b"HELO here", b"MAIL FROM:<a@b.c>", b"RCPT TO:<d@e.f>", b"DATA"):
            lines.readline()
            raw.sendall(command + b"\r\n")
        lines.readline()
        raw.sendall(b"X-Brokered-Run: dropped\r\n\r\nHello\r\n.\r\n")
        lines.readline()
        open_mail = find_mail(HERE, base_port, "dropped")
        lines.close()
    assert open_mail
    assert open_mail.closed_at is None
    deadline = time.monotonic() + 5
    while (mail := find_mail(HERE, base_port, "dropped")) and mail.closed_at is None:
        assert time.monotonic() < deadline


def test_two_runs_with_different_waits_do_not_meet(base_port: int) -> None:
    send(base_port, "slow", 100)
    send(base_port, "fast", 0)
    slow, fast = find_mail(HERE, base_port, "slow"), find_mail(HERE, base_port, "fast")
    assert slow
    assert fast
    assert (slow.mail_wait_ms, fast.mail_wait_ms) == (100, 0)


def test_an_unknown_run_has_no_mail(base_port: int) -> None:
    assert find_mail(HERE, base_port, "never-sent") is None


@pytest.mark.parametrize("run_id", ["", "a" * 65, "two words", "x\ny", "ü"])
def test_what_is_no_run_id_is_refused_before_it_is_asked(run_id: str) -> None:
    with pytest.raises(ValueError, match="1 to 64 letters"):
        find_mail(HERE, 1, run_id)


def test_a_stranger_on_the_mailbox_port_gets_an_answer_not_a_crash(base_port: int) -> None:
    for said in (b"GET / HTTP/1.1\r\n", b"\xff\xfe\n", b"x" * 1000 + b"\n"):
        with socket.create_connection((HERE, base_port), timeout=5) as raw:
            raw.sendall(said)
            raw.shutdown(socket.SHUT_WR)
            raw.settimeout(5)
            with suppress(ConnectionResetError):
                raw.recv(200)
    assert is_ready(HERE, base_port)


def test_a_server_that_is_down_is_an_oserror() -> None:
    port = ports.free_port()
    with pytest.raises(OSError, match="refused"):
        find_mail(HERE, port, "any")
    assert not is_ready(HERE, port)


def test_only_the_last_mails_are_kept() -> None:
    kept = Mailbox()
    for number in range(MAILS_KEPT + 1):
        kept.keep(Mail(f"run-{number}", "", (), 0.0, 0.0, None, 0))
    assert mailbox.answer_to("run-0", kept.mails) == "null"
    assert mailbox.answer_to("run-1", kept.mails) != "null"


def test_headers_that_are_missing_or_malformed_do_no_harm() -> None:
    assert read_headers(b"") == ("", "")
    assert read_headers(b"X-Brokered-Run: no good!\r\nSubject: =?utf-8?q?gr=C3=BC=C3=9Fe?=\r\n\r\n") == ("", "grüße")
    assert read_headers(None) == ("", "")


@pytest.mark.parametrize("wait_ms", [-50, 25, 1450, 10**9])
def test_a_wait_that_no_port_offers_is_refused_with_the_bounds(wait_ms: int) -> None:
    with pytest.raises(ValueError, match="0 to 1400 ms in steps of 50"):
        port_for_wait(2525, wait_ms)


def test_the_longest_wait_is_the_last_port_of_the_block() -> None:
    assert port_for_wait(2525, 0) == 2526
    assert port_for_wait(2525, mail_ports.WAIT_MAX_MS) == 2525 + mail_ports.BLOCK_SIZE - 1


def test_a_given_block_that_is_taken_is_said(group: Group, tmp_path: Path) -> None:
    first = ports.free_block(HERE, 22_000, mail_ports.BLOCK_SIZE)
    with ports.bind(HERE, first + 5) as taken:
        taken.listen(1)
        with pytest.raises(PartEnded, match=rf"exit code 1.*\n.*ports {first} to {first + 29} .* are not all free"):
            wait_for_base_port(group, start_smtp_server(group, first))


def test_two_servers_take_two_blocks(base_port: int, group: Group) -> None:
    other = wait_for_base_port(group, start_smtp_server(group))
    assert abs(other - base_port) >= mail_ports.BLOCK_SIZE
