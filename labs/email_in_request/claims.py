"""What this course claims about a mail in the request and the same mail through the queue."""

from labs.bench.claims.claim import (
    Arm,
    AtLeast,
    Claim,
    MoreBy,
    Saboteur,
    Within,
    both_ways,
    by_client,
    inside_and_queued,
    of_one_figure,
    swapped,
    without_delay,
)
from labs.bench.claims.sources import Click, Recorded, Rows
from labs.email_in_request.experiments import POOL, PUBLISHING
from labs.email_in_request.pool.people import MAIL_WAIT_MS, PROCESSES, THREADS, USERS

LAB = "email-in-request"
TIMES = 2.0  # the margin wherever the effect allows it; most effects here are far greater
FRAME_MS = 16.0  # one frame at 60 Hz
HALF_THE_MAIL_MS = 150.0  # of 300; where loading a whole page is in both arms
NO_LESS = 0.8  # "no sooner" and "no shorter", with room for the noise of two medians
PAGE_EITHER_WAY = "Half the length of the mail. The next page is loaded either way, and that is in both figures."
PAINT_MS = 2.0
SWAPPED = swapped()

FILES = ("labs/email_in_request/work.py", "labs/email_in_request/tasks.py")
PUBLISHER = (*FILES, "course/celery.py", "labs/email_in_request/publisher.py", "labs/email_in_request/publishing.py")
POOL_FILES = tuple(
    f"labs/email_in_request/pool/{name}.py" for name in ("experiment", "load", "people", "site", "worker")
)
POOL_PARAMETERS = (("mail_wait_ms", MAIL_WAIT_MS), ("runs", 2))
PUBLISHING_PARAMETERS = (("mail_wait_ms", 300), ("runs", 4))

INSIDE, QUEUED = Click("fetch", "inside"), Click("fetch", "queued")


def _sooner(
    claim_id: str,
    sentence: str,
    arms: tuple[Arm, Arm],
    *,
    lane: str = "browser",
    n: int = 8,
) -> Claim:
    """With the queue the figure is smaller: inside it is at least twice as much. Swapped, that cannot hold."""
    return Claim(claim_id, sentence, LAB, lane, arms, AtLeast(TIMES, "inside", "queued"), SWAPPED, n)


def _next_page_sooner(claim_id: str, sentence: str, figure: str, *, lane: str = "browser") -> Claim:
    """After a form post the queue takes most of the mail out of the figure."""
    must = MoreBy(HALF_THE_MAIL_MS, "inside", "queued")
    return Claim(claim_id, sentence, LAB, lane, both_ways("form", figure), must, SWAPPED, why=PAGE_EITHER_WAY)


def _more(
    claim_id: str,
    sentence: str,
    arms: tuple[Arm, Arm],
    *,
    lane: str,
    times: float = TIMES,
    n: int = 8,
    saboteur: Saboteur = SWAPPED,
) -> Claim:
    """The first arm's figure is at least `times` the second's."""
    greater, lesser = (arm.slug for arm in arms)
    return Claim(claim_id, sentence, LAB, lane, arms, AtLeast(times, greater, lesser), saboteur, n)


def _recorded(figure: str) -> tuple[Arm, Arm]:
    return inside_and_queued(figure, lambda condition: Recorded("fetch", condition))


def _pool(figure: str) -> tuple[Arm, Arm]:
    return inside_and_queued(figure, _in_pool)


def _in_pool(condition: str) -> Rows:
    size = f"gunicorn with {PROCESSES} processes of {THREADS} threads"
    how = f"{USERS} people at once on {size}, a mail taking {MAIL_WAIT_MS} ms"
    return Rows(POOL.slug, condition, f"pool.{condition}", how, (*FILES, *POOL_FILES), POOL_PARAMETERS)


def _publishing(arm: str, name: str, how: str) -> Rows:
    return Rows(PUBLISHING.slug, arm, name, how, PUBLISHER, PUBLISHING_PARAMETERS)


FIRST = _publishing("first", "first_publish", "the first publish of a new process")
WARM = _publishing("warm", "publish", "the median of the 20 publishes that follow the first one of a new process")
MAIL = _publishing("mail", "publishing.mail", "a mail that a process sends, the mail server takes 300 ms")

WAITS = (
    _sooner(
        "answer-sooner",
        "Hand the mail to a worker through Redis, and the answer comes sooner.",
        both_ways("fetch", "final_text_ms"),
    ),
    Claim(
        id="mail-no-sooner",
        sentence="The mail itself arrives no sooner through the queue.",
        lab=LAB,
        lane="mail",
        arms=both_ways("fetch", "mail_arrived_ms"),
        must=AtLeast(NO_LESS, "queued", "inside"),
        saboteur=without_delay("queued"),
        why="Through the queue it comes a little later; a fifth is left for the noise of two medians.",
    ),
    _next_page_sooner(
        "form-answer-sooner",
        "After a form post the next page is painted sooner when the mail is queued.",
        "final_text_ms",
    ),
    _next_page_sooner(
        "next-page-ttfb",
        "After a form post the first byte of the next page comes sooner when the mail is queued.",
        "ttfb_ms",
        lane="web",
    ),
    _next_page_sooner(
        "next-page-lcp",
        "The vital that moves is LCP of the next page: after a form post it is lower when the mail is queued.",
        "lcp_ms",
    ),
    _sooner(
        "swap-answer-sooner",
        "With htmx too, the answer is painted sooner when the mail is queued.",
        both_ways("htmx", "final_text_ms"),
    ),
    _sooner(
        "xhr-answer-sooner",
        "With a synchronous XHR the answer is painted sooner when the mail is queued.",
        both_ways("xhr", "final_text_ms"),
    ),
    _more(
        "optimistic-text-first",
        "A page that shows its text at once shows it long before a mail inside the request is sent.",
        of_one_figure(
            "final_text_ms",
            ("fetch", "text after the answer", INSIDE),
            ("optimistic", "text at once", Click("optimistic", "inside")),
        ),
        lane="browser",
    ),
    Claim(
        id="optimistic-does-not-care",
        sentence="Shown at once, the text comes as soon with the mail inside the request as with the queue.",
        lab=LAB,
        lane="browser",
        arms=both_ways("optimistic", "final_text_ms"),
        must=Within(3 * FRAME_MS, "inside", "queued"),
        saboteur=by_client("fetch", "inside"),
        why="Paints come frame by frame; three frames are far below the length of the mail.",
    ),
)

BROWSER_WORK = (
    Claim(
        id="dom-operations",
        sentence="The browser changes the page as often with the mail inside the request as with the queue.",
        lab=LAB,
        lane="browser",
        arms=both_ways("fetch", "dom_operations"),
        must=Within(0, "inside", "queued", unit=""),
        saboteur=by_client("restless", "queued"),
    ),
    Claim(
        id="reflows",
        sentence="The browser lays the page out as often with the mail inside the request as with the queue.",
        lab=LAB,
        lane="browser",
        arms=_recorded("reflows"),
        must=Within(0, "inside", "queued", unit=""),
        saboteur=by_client("restless", "queued"),
        n=4,
    ),
    Claim(
        id="paint-cost",
        sentence="Painting the answer costs about the same with the mail inside the request as with the queue.",
        lab=LAB,
        lane="browser",
        arms=_recorded("paint_ms"),
        must=Within(PAINT_MS, "inside", "queued"),
        saboteur=by_client("restless", "queued"),
        n=4,
        why="It is half a millisecond either way, and single paints differ more than that. A frame takes 16.",
    ),
)

SERVER = (
    _more(
        "publish-cheap",
        "Handing the message to Redis takes under a tenth of the time the mail takes.",
        (Arm("mail", "the mail", INSIDE, "mail_ms"), Arm("publish", "the publish", QUEUED, "publish_ms")),
        lane="redis",
        times=10,
        saboteur=without_delay("mail"),
    ),
    _more(
        "publish-warm",
        "A warm process publishes in less than a fiftieth of the time the mail takes.",
        of_one_figure("took_ms", ("mail", "the mail", MAIL), ("publish", "a warm publish", WARM)),
        lane="redis",
        times=50,
        n=4,
    ),
    _more(
        "first-publish",
        "The first publish of a process takes much longer than the later ones.",
        of_one_figure("took_ms", ("first", "the first publish", FIRST), ("warm", "a later one", WARM)),
        lane="redis",
        times=5,
        n=4,
    ),
    _more(
        "waiting-is-the-mail",
        "With the mail inside the request, most of “Waiting for server response” is the mail.",
        (
            Arm("mail", "mail in Server Timing", INSIDE, "mail_ms"),
            Arm("rest", "the rest of the waiting", INSIDE, "waiting_rest_ms"),
        ),
        lane="web",
    ),
    _sooner(
        "waiting-shorter",
        "“Waiting for server response” is the long bar, and through Redis it is short.",
        both_ways("fetch", "waiting_ms"),
        lane="web",
    ),
    _more(
        "bottleneck-is-the-mail",
        "Inside the request the bottleneck is the mail: it fills most of the wait for the answer.",
        (
            Arm("mail", "the span of the mail server", INSIDE, "mail_span_ms"),
            Arm("rest", "all else until the text", INSIDE, "all_else_ms"),
        ),
        lane="mail",
        saboteur=without_delay("mail", "rest"),
    ),
    _more(
        "short-in-redis",
        "The message is in Redis only for a moment: the mail takes far longer.",
        (
            Arm("mail", "the span of the mail server", QUEUED, "mail_span_ms"),
            Arm("redis", "the message in Redis", QUEUED, "redis_ms"),
        ),
        lane="redis",
    ),
    Claim(
        id="worker-takes-as-long",
        sentence="The worker needs as long for a mail as the view did: a queue adds no capacity.",
        lab=LAB,
        lane="worker",
        arms=(
            Arm("view", "the view sends the mail", INSIDE, "mail_ms"),
            Arm("worker", "the worker sends the mail", QUEUED, "worker_ms"),
        ),
        must=AtLeast(NO_LESS, "worker", "view"),
        saboteur=without_delay("worker"),
        why="A fifth is left for the noise of two medians.",
    ),
    Claim(
        id="pool-requests",
        sentence="Many people at once on one pool of threads get many times more answers when the mail is queued.",
        lab=LAB,
        lane="web",
        arms=_pool("requests_per_s"),
        must=AtLeast(TIMES, "queued", "inside"),
        saboteur=SWAPPED,
        n=2,
    ),
    _sooner(
        "pool-response",
        "On one pool of threads each of many people waits longer when the mail is sent inside the request.",
        _pool("response_ms"),
        lane="web",
        n=2,
    ),
    _sooner(
        "pool-neighbour",
        "A page without a mail waits too while the mails of others hold the threads; with the queue hardly.",
        _pool("neighbour_ms"),
        lane="web",
        n=2,
    ),
)

CLAIMS = (*WAITS, *BROWSER_WORK, *SERVER)
