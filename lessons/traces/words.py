"""What each kind of row is called: two or three words after the name of whoever does it, and a sentence on it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """`does` follows an actor: "The view commits". `means` says what that changes, as Markdown."""

    does: str
    means: str


KINDS = {
    "asked": Words("posts the form", "From here on somebody waits."),
    "stored": Words("writes a row", "In a transaction: no other process can see it yet."),
    "committed": Words("commits", "Now others can read the row, and `on_commit` runs."),
    "published": Words("publishes the message", "The work is a text in Redis. Nobody has called the function."),
    "answered": Words("has its answer", "The visitor's wait is over. The message waits on."),
    "started": Words("is ready", "A process of its own. It was started only now, so that you see the message wait."),
    "restarted": Words("is ready", "Another process with the same command. It knows nothing of the first."),
    "taken": Words("takes the message", "The list gives it away. At this moment nothing in Redis knows of it."),
    "noted": Words("leaves a copy", "The copy and the time go into two keys, in one transaction."),
    "acknowledged": Words("acknowledges", "Copy and time are struck out. For Redis the matter is closed."),
    "greeted": Words("greets the task", "The task runs, and has waited for these three digits."),
    "accepted": Words("accepts the mail", "It is in the mailbox. No key of Redis has changed."),
    "done": Words("reports success", "The function has returned."),
    "killed": Words("is killed", "No clean-up, no last command. Its memory is gone."),
    "restored": Words(
        "puts the message back", "The copy is older than the visibility timeout, so it returns to the list."
    ),
}
