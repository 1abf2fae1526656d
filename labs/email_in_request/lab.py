"""Lab: the mail in the request, or through the queue."""

from pathlib import Path

from labs.bench import doors
from labs.bench.lab import Condition, Lab
from labs.bench.mail_wait import MAIL_WAIT
from labs.email_in_request import tasks, work

FOLDER = Path(__file__).parent

LAB = Lab(
    slug="email-in-request",
    title="The mail in the request",
    question="How long do you wait when the mail is sent inside the request?",
    summary="One mail, sent by the view while you wait, or by a worker after the answer.",
    conditions=(
        Condition(
            "inside",
            "Inside the request",
            "Send the mail inside the request",
            doors.in_the_request(work.send_welcome_mail),
        ),
        Condition(
            "queued",
            "Through Redis",
            "Hand it to the queue",
            doors.through_redis(tasks.send_welcome_mail),
        ),
    ),
    parameters=(MAIL_WAIT,),
    folder=FOLDER,
    predict=(
        "The view can send the mail before it answers, or leave a message for a worker and answer at once. "
        "The mail server takes about 300 ms. What will one click of each show?"
    ),
    explain="In one sentence: where did the time go that you no longer wait?",
    ideas=(
        "The browser stops waiting for the mail server: the answer leaves as soon as the message is in Redis.",
        "The worker waits instead. The mail takes as long as before, and arrives no sooner.",
        "It has a price: a message to publish, and a worker that must be running.",
    ),
    message=tasks.send_welcome_mail,
    code=(FOLDER / "work.py", FOLDER / "tasks.py", Path(doors.__file__)),
)
