"""What this course claims about INP and frozen pages: five ways of asking, the mail inside the request or queued."""

from labs.bench.claims.claim import Arm, AtLeast, Claim, Within, both_ways, by_client, swapped
from labs.bench.claims.sources import Click

LAB = "who-freezes-the-page"
TIMES = 2.0  # the margin wherever the effect allows it; most effects here are far greater
FRAME_MS = 16.0  # Event Timing rounds to 8 ms at both ends, so a difference under two steps is none
UNREPORTED_TASK_MS = 50.0  # a task shorter than this is not long, and no browser reports it

CLAIMS = (
    Claim(
        id="inp-fetch",
        sentence="With fetch, INP stays where it was when the mail moves to the queue.",
        lab=LAB,
        lane="browser",
        arms=both_ways("fetch", "inp_ms"),
        must=Within(FRAME_MS, "inside", "queued"),
        saboteur=by_client("xhr", "inside"),
        why="Browsers round to 8 ms; a difference under two steps is none.",
    ),
    Claim(
        id="inp-optimistic",
        sentence="With the text shown at once, INP stays where it was when the mail moves to the queue.",
        lab=LAB,
        lane="browser",
        arms=both_ways("optimistic", "inp_ms"),
        must=Within(FRAME_MS, "inside", "queued"),
        saboteur=by_client("xhr", "inside"),
        why="Browsers round to 8 ms; a difference under two steps is none.",
    ),
    Claim(
        id="inp-swap",
        sentence="With htmx, INP stays where it was when the mail moves to the queue.",
        lab=LAB,
        lane="browser",
        arms=both_ways("htmx", "inp_ms"),
        must=Within(FRAME_MS, "inside", "queued"),
        saboteur=by_client("xhr", "inside"),
        why="Browsers round to 8 ms; a difference under two steps is none.",
    ),
    Claim(
        id="inp-form",
        sentence="With a form post, INP does not fall by the 100 ms and more that are often claimed.",
        lab=LAB,
        lane="browser",
        arms=both_ways("form", "inp_ms"),
        must=Within(50, "inside", "queued"),
        saboteur=by_client("xhr", "inside"),
        why="The page is left so soon that few of its clicks are reported: the margin is half the claimed gain.",
    ),
    Claim(
        id="inp-xhr",
        sentence="With a synchronous XHR the wait is the INP, and there the queue does lower it.",
        lab=LAB,
        lane="browser",
        arms=both_ways("xhr", "inp_ms"),
        must=AtLeast(TIMES, "inside", "queued"),
        saboteur=swapped(),
    ),
    Claim(
        id="inp-cure",
        sentence="The cure of a synchronous XHR is fetch: it lowers INP with the mail left where it is.",
        lab=LAB,
        lane="browser",
        arms=(
            Arm("xhr", "synchronous XHR", Click("xhr", "inside"), "inp_ms"),
            Arm("fetch", "fetch", Click("fetch", "inside"), "inp_ms"),
        ),
        must=AtLeast(TIMES, "xhr", "fetch"),
        saboteur=swapped(),
    ),
    Claim(
        id="freeze",
        sentence="Only a synchronous XHR freezes the page while the mail is sent.",
        lab=LAB,
        lane="browser",
        arms=(
            Arm("xhr", "synchronous XHR", Click("xhr", "inside"), "freeze_ms"),
            Arm("fetch", "fetch", Click("fetch", "inside"), "freeze_ms"),
        ),
        must=AtLeast(TIMES, "xhr", "fetch"),
        saboteur=swapped(),
    ),
    *(
        Claim(
            id=f"freeze-{client}",
            sentence=f"{name}, the page paints as evenly with the mail inside the request as with the queue.",
            lab=LAB,
            lane="browser",
            arms=both_ways(client, "freeze_ms"),
            must=Within(50, "inside", "queued"),
            saboteur=by_client("xhr", "inside"),
            why="A frame or two are lost to anything; a page is said to stand still from 50 ms on.",
        )
        for client, name in (
            ("form", "With a form post"),
            ("fetch", "With fetch"),
            ("optimistic", "With the text shown at once"),
            ("htmx", "With htmx"),
        )
    ),
    Claim(
        id="freeze-xhr",
        sentence="With a synchronous XHR the page stands still for as long as the server takes.",
        lab=LAB,
        lane="browser",
        arms=both_ways("xhr", "freeze_ms"),
        must=AtLeast(TIMES, "inside", "queued"),
        saboteur=swapped(),
    ),
    Claim(
        id="long-task",
        sentence="A synchronous XHR is one long task on the main thread; with fetch there is none.",
        lab=LAB,
        lane="browser",
        arms=(
            Arm("xhr", "synchronous XHR", Click("xhr", "inside"), "long_task_ms", UNREPORTED_TASK_MS),
            Arm("fetch", "fetch", Click("fetch", "inside"), "long_task_ms", UNREPORTED_TASK_MS),
        ),
        must=AtLeast(TIMES, "xhr", "fetch"),
        saboteur=swapped(),
        why="A browser reports no task under 50 ms, so a click without one counts as 50.",
    ),
    Claim(
        id="handler",
        sentence="The handler of the click takes as long with the mail inside the request as with the queue.",
        lab=LAB,
        lane="browser",
        arms=(
            Arm("inside", "inside the request", Click("fetch", "inside"), "processing_ms", FRAME_MS),
            Arm("queued", "through Redis", Click("fetch", "queued"), "processing_ms", FRAME_MS),
        ),
        must=Within(FRAME_MS, "inside", "queued"),
        saboteur=by_client("xhr", "inside"),
        why="A browser reports no event under 16 ms, so a click without one counts as 16.",
    ),
)
