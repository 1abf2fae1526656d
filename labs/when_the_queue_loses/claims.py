"""What this course claims about the price of a message: where the queue loses, where it wins, what is Redis in it."""

from labs.bench.claims.claim import Arm, AtLeast, Claim, MoreBy, of_one_figure, swapped
from labs.bench.claims.sources import Rows

LAB = "when-the-queue-loses"
TIMES = 2.0  # the margin wherever the effect allows it
PARAMETERS = (("runs", 4),)
LEAST, SMALL, MIDDLE, LONG = (
    (0.2, 0.5),
    (0.2, 0.5, 1, 2),
    (20, 50),
    (200, 500),
)  # sizes of work in ms, of the experiment
FILES = tuple(
    f"labs/when_the_queue_loses/{name}.py"
    for name in ("broker", "cold", "experiment", "floor", "parts", "site", "tasks", "work", "worker")
)
WAYS = {
    "inside": "inside the request",
    "queued": "through Celery and Redis",
    "floor": "with a bare LPUSH and BRPOP",
    "first publish": "the first publish of a fresh process",
    "later publish": "the median of the 20 publishes after it",
}
SITE = "gunicorn with 4 threads, no middleware, a Redis and a worker of its own"


def _rows(way: str, sizes_ms: tuple[float, ...] = ()) -> Rows:
    """The rows of one way, of these sizes of work (none for those without work)."""
    work = f", {_in_words(sizes_ms)} of work" if sizes_ms else ""
    name = ".".join(("queue", way.replace(" ", "_"), *(f"{size_ms:g}" for size_ms in sizes_ms)))
    return Rows(LAB, way, name, f"{WAYS[way]}{work}; {SITE}", FILES, PARAMETERS, sizes_ms)


def _in_words(sizes_ms: tuple[float, ...]) -> str:
    *first, last = (f"{size_ms:g}" for size_ms in sizes_ms)
    return f"{', '.join(first)} and {last} ms"


def _two_ways(figure: str, sizes_ms: tuple[float, ...], one: str, other: str) -> tuple[Arm, Arm]:
    return of_one_figure(figure, (one, WAYS[one], _rows(one, sizes_ms)), (other, WAYS[other], _rows(other, sizes_ms)))


def _more(claim_id: str, sentence: str, lane: str, arms: tuple[Arm, Arm], *, times: float = TIMES, n: int = 8) -> Claim:
    """The first arm's figure is at least `times` the second's."""
    greater, lesser = (arm.slug for arm in arms)
    return Claim(claim_id, sentence, LAB, lane, arms, AtLeast(times, greater, lesser), swapped(), n)


def _later(claim_id: str, sentence: str, lane: str, figure: str, *, by_ms: float, why: str) -> Claim:
    """With the least work the figure is greater through the queue, by so much."""
    arms = _two_ways(figure, LEAST, "queued", "inside")
    return Claim(claim_id, sentence, LAB, lane, arms, MoreBy(by_ms, "queued", "inside"), swapped(), why=why)


CLAIMS = (
    _later(
        "least-work-answered-later",
        "Queue half a millisecond of work, and the answer comes later than with the work done on the spot.",
        "web",
        "response_ms",
        by_ms=0.2,
        why="A publish takes 0.6 ms and more. All else that the machine does stretches the request, which both have.",
    ),
    _more(
        "middle-work-answered-sooner",
        "From 20 ms of work on the queued answer comes sooner: the break-even lies far below.",
        "web",
        _two_ways("response_ms", MIDDLE, "inside", "queued"),
    ),
    _more(
        "long-work-answered-sooner",
        "From 200 ms of work on the queued answer comes at least five times sooner.",
        "web",
        _two_ways("response_ms", LONG, "inside", "queued"),
        times=5,
    ),
    _later(
        "small-result-no-sooner",
        "The result of half a millisecond of work is there later through the queue: the message travels first.",
        "worker",
        "result_ms",
        by_ms=1,
        why="A message takes 2 ms and more. All else that the machine does stretches the request, which both have.",
    ),
    _more(
        "celery-above-the-floor",
        "Most of the way of a message is Python around Redis: a bare LPUSH and BRPOP takes less than half of it.",
        "redis",
        _two_ways("handover_ms", SMALL, "queued", "floor"),
        n=16,
    ),
    _more(
        "cold-publish",
        "The first publish of a fresh web process takes many times as long as a later one.",
        "redis",
        of_one_figure(
            "response_ms",
            ("first", WAYS["first publish"], _rows("first publish")),
            ("later", WAYS["later publish"], _rows("later publish")),
        ),
        times=5,
        n=3,
    ),
)
