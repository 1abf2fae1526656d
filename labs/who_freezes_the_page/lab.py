"""Lab: the same slow view behind five ways a page can ask for it."""

from pathlib import Path

from labs.bench import doors
from labs.bench.lab import INP, Condition, Lab
from labs.bench.mail_wait import MAIL_WAIT
from labs.who_freezes_the_page import tasks, work
from labs.who_freezes_the_page.verdict import verdict

FOLDER = Path(__file__).parent
CLIENTS = Path(doors.__file__).parent / "static" / "bench" / "clients"

STYLES = (
    ("form", "Form post"),
    ("fetch", "Plain fetch"),
    ("optimistic", "Optimistic fetch"),
    ("swap", "htmx-style swap"),
    ("xhr", "Synchronous XHR"),
)
SERVERS = (
    ("slow", "slow server", doors.in_the_request(work.send_receipt)),
    ("fast", "queued", doors.through_redis(tasks.send_receipt)),
)

LAB = Lab(
    slug="who-freezes-the-page",
    title="Who freezes the page?",
    question="Who freezes the page: the slow server, or the page itself?",
    summary="One slow view behind five ways to ask for it. INP, frames and long tasks of your own clicks.",
    conditions=tuple(
        Condition(
            f"{client}-{server}",
            f"{style}, {place}",
            f"{style}, {place}",
            door,
            client=client,
            is_predicted=server == "slow",
        )
        for client, style in STYLES
        for server, place, door in SERVERS
    ),
    parameters=(MAIL_WAIT,),
    folder=FOLDER,
    figure=INP,
    predict=(
        "INP is the time from your click to the next painted frame. Behind each button is the same view; it sends a "
        "mail of about 300 ms before it answers. What INP will each way of asking show?"
    ),
    explain="In one sentence: why does one way of asking freeze the page while the others wait just as long?",
    ideas=(
        "INP ends at the first frame after the click. What comes after that frame, however late, is not in it.",
        "A request waits outside the page's main thread; only a synchronous XHR makes that thread wait with it.",
        "The queue shortens the answer. INP it cannot mend: fetch does that, with the server left slow.",
    ),
    code=(*(CLIENTS / f"{client}.js" for client, _ in reversed(STYLES)), FOLDER / "work.py"),
    message=tasks.send_receipt,
    verdict=verdict,
)
