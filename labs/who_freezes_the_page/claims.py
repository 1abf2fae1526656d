"""What this course claims about INP and frozen pages: five ways of asking, the mail inside the request or queued."""

from labs.bench.claims.claim import Arm, AtLeast, Claim, Within, both_ways, by_client, of_one_figure, swapped
from labs.bench.claims.sources import Click

LAB = "who-freezes-the-page"
TIMES = 2.0  # the margin wherever the effect allows it; most effects here are far greater
FRAME_MS = 16.0  # Event Timing rounds to 8 ms at both ends, so a difference under two steps is none
STANDSTILL_MS = 50.0  # a page is said to stand still from here on; and half of the gain in INP that is often claimed
UNREPORTED_TASK_MS = 50.0  # a task shorter than this is not long, and no browser reports it
ROUNDED = "Browsers round to 8 ms; a difference under two steps is none."
LOST_FRAMES = "A frame or two are lost to anything; a page is said to stand still from 50 ms on."


def _stays(claim_id: str, sentence: str, arms: tuple[Arm, Arm], margin_ms: float, why: str) -> Claim:
    """The queue does not move the figure. With a synchronous XHR it would: that is who sabotages it."""
    must = Within(margin_ms, "inside", "queued")
    return Claim(claim_id, sentence, LAB, "browser", arms, must, by_client("xhr", "inside"), why=why)


def _falls(claim_id: str, sentence: str, figure: str) -> Claim:
    """With a synchronous XHR the queue does lower the figure."""
    must = AtLeast(TIMES, "inside", "queued")
    return Claim(claim_id, sentence, LAB, "browser", both_ways("xhr", figure), must, swapped())


def _xhr_above_fetch(
    claim_id: str, sentence: str, figure: str, unreported: float | None = None, why: str = ""
) -> Claim:
    """A synchronous XHR has more of it than fetch, with the mail inside the request for both."""
    xhr = ("xhr", "synchronous XHR", Click("xhr", "inside"))
    fetch = ("fetch", "fetch", Click("fetch", "inside"))
    arms = of_one_figure(figure, xhr, fetch, unreported)
    return Claim(claim_id, sentence, LAB, "browser", arms, AtLeast(TIMES, "xhr", "fetch"), swapped(), why=why)


INP = (
    *(
        _stays(
            f"inp-{name}",
            f"{style}, INP stays where it was when the mail moves to the queue.",
            both_ways(client, "inp_ms"),
            FRAME_MS,
            ROUNDED,
        )
        for name, client, style in (
            ("fetch", "fetch", "With fetch"),
            ("optimistic", "optimistic", "With the text shown at once"),
            ("swap", "htmx", "With htmx"),
        )
    ),
    _stays(
        "inp-form",
        "With a form post, INP does not fall by the 100 ms and more that are often claimed.",
        both_ways("form", "inp_ms"),
        STANDSTILL_MS,
        "The page is left so soon that few of its clicks are reported: the margin is half the claimed gain.",
    ),
    _falls("inp-xhr", "With a synchronous XHR the wait is the INP, and there the queue does lower it.", "inp_ms"),
    _xhr_above_fetch(
        "inp-cure", "The cure of a synchronous XHR is fetch: it lowers INP with the mail left where it is.", "inp_ms"
    ),
)

FREEZES = (
    _xhr_above_fetch("freeze", "Only a synchronous XHR freezes the page while the mail is sent.", "freeze_ms"),
    *(
        _stays(
            f"freeze-{client}",
            f"{style}, the page paints as evenly with the mail inside the request as with the queue.",
            both_ways(client, "freeze_ms"),
            STANDSTILL_MS,
            LOST_FRAMES,
        )
        for client, style in (
            ("form", "With a form post"),
            ("fetch", "With fetch"),
            ("optimistic", "With the text shown at once"),
            ("htmx", "With htmx"),
        )
    ),
    _falls("freeze-xhr", "With a synchronous XHR the page stands still for as long as the server takes.", "freeze_ms"),
    _xhr_above_fetch(
        "long-task",
        "A synchronous XHR is one long task on the main thread; with fetch there is none.",
        "long_task_ms",
        UNREPORTED_TASK_MS,
        "A browser reports no task under 50 ms, so a click without one counts as 50.",
    ),
    _stays(
        "handler",
        "The handler of the click takes as long with the mail inside the request as with the queue.",
        both_ways("fetch", "processing_ms", FRAME_MS),
        FRAME_MS,
        "A browser reports no event under 16 ms, so a click without one counts as 16.",
    ),
)

CLAIMS = (*INP, *FREEZES)
