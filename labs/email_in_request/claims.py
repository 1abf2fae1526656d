"""What this course claims about a mail in the request and the same mail through the queue."""

from labs.bench.claims.claim import Alike, Arm, AtLeast, Claim, Within, both_ways, by_client, swapped, without_delay
from labs.bench.claims.sources import Click, Pool, Publish, Recorded

LAB = "email-in-request"
TIMES = 2.0  # the margin wherever the effect allows it; most effects here are far greater
FRAME_MS = 16.0  # one frame at 60 Hz
WITH_A_PAGE = 1.5  # where loading a whole page is in both arms
NO_LESS = 0.8  # "no sooner" and "no shorter", with room for the noise of two medians


def _recorded(figure: str) -> tuple[Arm, Arm]:
    return (
        Arm("inside", "inside the request", Recorded("fetch", "inside"), figure),
        Arm("queued", "through Redis", Recorded("fetch", "queued"), figure),
    )


def _pool(figure: str) -> tuple[Arm, Arm]:
    return (
        Arm("inside", "inside the request", Pool("inside"), figure),
        Arm("queued", "through Redis", Pool("queued"), figure),
    )


WAITS = (
    Claim(
        id="answer-sooner",
        sentence="Hand the mail to a worker through Redis, and the answer comes sooner.",
        lab=LAB,
        lane="browser",
        arms=both_ways("fetch", "final_text_ms"),
        must=AtLeast(TIMES, "inside", "queued"),
        saboteur=swapped(),
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
    Claim(
        id="form-answer-sooner",
        sentence="After a form post the next page is painted sooner when the mail is queued.",
        lab=LAB,
        lane="browser",
        arms=both_ways("form", "final_text_ms"),
        must=AtLeast(WITH_A_PAGE, "inside", "queued"),
        saboteur=swapped(),
        why="The next page is loaded and painted either way, and that is in both figures.",
    ),
    Claim(
        id="next-page-ttfb",
        sentence="After a form post the first byte of the next page comes sooner when the mail is queued.",
        lab=LAB,
        lane="web",
        arms=both_ways("form", "ttfb_ms"),
        must=AtLeast(TIMES, "inside", "queued"),
        saboteur=swapped(),
    ),
    Claim(
        id="next-page-lcp",
        sentence="The vital that moves is LCP of the next page: after a form post it is lower when the mail is queued.",
        lab=LAB,
        lane="browser",
        arms=both_ways("form", "lcp_ms"),
        must=AtLeast(WITH_A_PAGE, "inside", "queued"),
        saboteur=without_delay("inside"),
        why="The next page is loaded and painted either way, and that is in both figures.",
    ),
    Claim(
        id="swap-answer-sooner",
        sentence="With htmx too, the answer is painted sooner when the mail is queued.",
        lab=LAB,
        lane="browser",
        arms=both_ways("htmx", "final_text_ms"),
        must=AtLeast(TIMES, "inside", "queued"),
        saboteur=swapped(),
    ),
    Claim(
        id="xhr-answer-sooner",
        sentence="With a synchronous XHR the answer is painted sooner when the mail is queued.",
        lab=LAB,
        lane="browser",
        arms=both_ways("xhr", "final_text_ms"),
        must=AtLeast(TIMES, "inside", "queued"),
        saboteur=swapped(),
    ),
    Claim(
        id="optimistic-text-first",
        sentence="A page that shows its text at once shows it long before a mail inside the request is sent.",
        lab=LAB,
        lane="browser",
        arms=(
            Arm("fetch", "text after the answer", Click("fetch", "inside"), "final_text_ms"),
            Arm("optimistic", "text at once", Click("optimistic", "inside"), "final_text_ms"),
        ),
        must=AtLeast(TIMES, "fetch", "optimistic"),
        saboteur=swapped(),
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
        must=Alike(3, "inside", "queued"),
        saboteur=by_client("restless", "queued"),
        n=4,
        why="It is half a millisecond either way, and single paints differ more than that.",
    ),
)

SERVER = (
    Claim(
        id="publish-cheap",
        sentence="Handing the message to Redis takes under a tenth of the time the mail takes.",
        lab=LAB,
        lane="redis",
        arms=(
            Arm("mail", "the mail", Click("fetch", "inside"), "mail_ms"),
            Arm("publish", "the publish", Click("fetch", "queued"), "publish_ms"),
        ),
        must=AtLeast(10, "mail", "publish"),
        saboteur=without_delay("mail"),
    ),
    Claim(
        id="publish-warm",
        sentence="A warm process publishes in less than a fiftieth of the time the mail takes.",
        lab=LAB,
        lane="redis",
        arms=(
            Arm("mail", "the mail", Click("fetch", "inside"), "mail_ms"),
            Arm("publish", "a warm publish", Publish(is_first=False), "took_ms"),
        ),
        must=AtLeast(50, "mail", "publish"),
        saboteur=swapped(),
    ),
    Claim(
        id="first-publish",
        sentence="The first publish of a process takes much longer than the later ones.",
        lab=LAB,
        lane="redis",
        arms=(
            Arm("first", "the first publish", Publish(is_first=True), "took_ms"),
            Arm("warm", "a later one", Publish(is_first=False), "took_ms"),
        ),
        must=AtLeast(5, "first", "warm"),
        saboteur=swapped(),
        n=4,
    ),
    Claim(
        id="waiting-is-the-mail",
        sentence="With the mail inside the request, most of “Waiting for server response” is the mail.",
        lab=LAB,
        lane="web",
        arms=(
            Arm("mail", "mail in Server Timing", Click("fetch", "inside"), "mail_ms"),
            Arm("rest", "the rest of the waiting", Click("fetch", "inside"), "waiting_rest_ms"),
        ),
        must=AtLeast(TIMES, "mail", "rest"),
        saboteur=swapped(),
    ),
    Claim(
        id="waiting-shorter",
        sentence="“Waiting for server response” is the long bar, and through Redis it is short.",
        lab=LAB,
        lane="web",
        arms=both_ways("fetch", "waiting_ms"),
        must=AtLeast(TIMES, "inside", "queued"),
        saboteur=swapped(),
    ),
    Claim(
        id="bottleneck-is-the-mail",
        sentence="Inside the request the bottleneck is the mail: it fills most of the wait for the answer.",
        lab=LAB,
        lane="mail",
        arms=(
            Arm("mail", "the span of the mail server", Click("fetch", "inside"), "mail_span_ms"),
            Arm("rest", "all else until the text", Click("fetch", "inside"), "all_else_ms"),
        ),
        must=AtLeast(TIMES, "mail", "rest"),
        saboteur=without_delay("mail", "rest"),
    ),
    Claim(
        id="short-in-redis",
        sentence="The message is in Redis only for a moment: the mail takes far longer.",
        lab=LAB,
        lane="redis",
        arms=(
            Arm("mail", "the span of the mail server", Click("fetch", "queued"), "mail_span_ms"),
            Arm("redis", "the message in Redis", Click("fetch", "queued"), "redis_ms"),
        ),
        must=AtLeast(TIMES, "mail", "redis"),
        saboteur=swapped(),
    ),
    Claim(
        id="worker-takes-as-long",
        sentence="The worker needs as long for a mail as the view did: a queue adds no capacity.",
        lab=LAB,
        lane="worker",
        arms=(
            Arm("view", "the view sends the mail", Click("fetch", "inside"), "mail_ms"),
            Arm("worker", "the worker sends the mail", Click("fetch", "queued"), "worker_ms"),
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
        saboteur=swapped(),
        n=2,
    ),
    Claim(
        id="pool-response",
        sentence="On one pool of threads each of many people waits longer when the mail is sent inside the request.",
        lab=LAB,
        lane="web",
        arms=_pool("response_ms"),
        must=AtLeast(TIMES, "inside", "queued"),
        saboteur=swapped(),
        n=2,
    ),
    Claim(
        id="pool-neighbour",
        sentence="A page without a mail waits too while the mails of others hold the threads; with the queue hardly.",
        lab=LAB,
        lane="web",
        arms=_pool("neighbour_ms"),
        must=AtLeast(TIMES, "inside", "queued"),
        saboteur=swapped(),
        n=2,
    ),
)

CLAIMS = (*WAITS, *BROWSER_WORK, *SERVER)
