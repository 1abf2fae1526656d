"""Rows of a run that nobody recorded: one by one, and those of a worker that acknowledges early."""

from lessons.traces.recording import Row


def row(kind: str, actor: str = "worker 1", *, celery: int = 0, unacked: int = 0) -> Row:
    """A row with so many messages in the list and in the hash."""
    tags = ("tag-1",) * unacked
    return Row(kind, "worker", actor, ("x",), ("message-1",) * celery, tags, tags, 1.5)


EARLY = [
    *(row("published", "view", celery=1), row("answered", celery=1), row("taken"), row("noted", unacked=1)),
    *(row("acknowledged"), row("accepted", "mail server"), row("done")),
]
