"""The work, as plain functions."""

from members import tasks


def send_welcome(member_pk):
    """Let a worker send the welcome mail."""
    tasks.welcome.delay(member_pk)
