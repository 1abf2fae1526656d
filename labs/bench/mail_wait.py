"""The parameter of every lab that sends a mail: how long the course's mail server takes for it."""

from apparatus.mail_ports import WAIT_MAX_MS, WAIT_STEP_MS
from labs.bench.lab import Number

MAIL_WAIT = Number(
    name="mail_wait_ms",
    label="The mail server takes about",
    unit="ms",
    default=300,
    minimum=0,
    maximum=WAIT_MAX_MS,
    step=WAIT_STEP_MS,
    why="Longer waits come near the mail timeout of 5 s under load, and then you would measure the timeout.",
)
