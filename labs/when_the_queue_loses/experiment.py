"""The experiment: the same work inside the request, through Celery and through bare Redis, in mixed order."""

import json
import os
import platform
import random
import time
from collections.abc import Generator, Mapping
from importlib.metadata import version
from itertools import product
from typing import Any

from apparatus.processes import Group, PartEnded, last_words
from labs.bench.experiments.lab import Progress, Steps, Stopped
from labs.when_the_queue_loses import work
from labs.when_the_queue_loses.parts import (
    PACKAGE,
    READY_WITHIN_S,
    Client,
    Parts,
    pool_in_words,
    start_parts,
    start_python,
    worker_in_words,
)

SIZES_MS = (0.2, 0.5, 1, 2, 5, 10, 20, 50, 200, 500)
INSIDE, QUEUED, FLOOR = "inside", "queued", "floor"
FLOOR_UP_TO_MS = 20  # beyond this the floor and Celery lie closer together than the work varies
WARM_UPS = 8  # of each arm: every thread of web server and worker has been here before anything counts
COLD_PROCESSES = 3
DONE_WITHIN_S = 10.0
SETTLE_S = 0.004  # a worker that has told its result still acknowledges the message
TELL_EVERY_S = 0.4
FEWEST_ROUNDS = 2
ROUNDS_WITHIN_S = 32.0  # from the start on; so that a busy machine still ends in time, with fewer rounds
START_S, COLD_S, ROUND_S = 4.0, 3.5, 1.75  # measured on 2 cores, to tell others how long it takes

Rows = list[dict[str, Any]]
Measured = Generator[Progress, None, Rows]
CELLS = [
    (arm, size_ms)
    for arm, size_ms in product((INSIDE, QUEUED, FLOOR), SIZES_MS)
    if arm != FLOOR or size_ms <= FLOOR_UP_TO_MS
]


def expected_s(parameters: Mapping[str, int]) -> float:
    """How long one experiment takes, in seconds."""
    return START_S + COLD_S + ROUND_S * parameters["runs"]


def measure(group: Group, parameters: Mapping[str, int]) -> Steps:
    """Start the parts, warm them, run every way at every size `runs` times, then publish from fresh processes."""
    runs = parameters["runs"]
    yield Progress(0, steps_of(runs), "Starting a Redis, a web server and a worker of its own.")
    give_up_at = time.monotonic() + ROUNDS_WITHIN_S
    parts = start_parts(group)
    client = Client(group, parts)
    yield Progress(0, steps_of(runs), f"{parts.redis()} is up. Warming up; this is not counted.")
    for arm in (INSIDE, QUEUED, FLOOR):
        warm_up(client, arm)
        yield Progress(0, steps_of(runs), f"Warming up: {arm} has been done {WARM_UPS} times.")
    per_ms = work.rounds_per_ms()
    rows: Rows = []
    try:
        yield from rounds(client, per_ms, runs, give_up_at, rows)
        client.close()
        cold = yield from first_publishes(group, parts, runs)
        return {"rows": [*rows, *cold], "setting": setting(parts, per_ms, runs, whole_rounds(rows))}
    except Stopped:
        return partial(rows, runs, setting(parts, per_ms, runs, whole_rounds(rows)))


def steps_of(runs: int) -> int:
    """How many measurements there are."""
    return len(CELLS) * runs + COLD_PROCESSES


def partial(rows: Rows, runs: int, setting: Mapping[str, str]) -> dict[str, Any]:
    """The result of an experiment that is being stopped: its whole rounds. Raises Stopped when there is none."""
    whole = whole_rounds(rows)
    if not whole:
        raise Stopped
    return {"rows": rows[: whole * len(CELLS)], "setting": setting, "partial": f"{whole} of {runs} rounds"}


def whole_rounds(rows: Rows) -> int:
    """How many rounds are complete: each holds every cell once."""
    return len(rows) // len(CELLS)


def rounds(client: Client, per_ms: float, runs: int, give_up_at: float, rows: Rows) -> Generator[Progress, None, None]:
    """Round by round every cell once, each round in another order, into `rows`.

    On a busy machine there are fewer rounds, but two at least.
    """
    told = time.monotonic()
    for number in range(runs):
        if number >= FEWEST_ROUNDS and time.monotonic() > give_up_at:
            break
        for arm, size_ms in random.sample(CELLS, len(CELLS)):
            rows.append({"turn": len(rows), **one_run(client, arm, size_ms, round(per_ms * size_ms))})
            if time.monotonic() > told + TELL_EVERY_S:
                yield Progress(len(rows), steps_of(runs), f"Round {number + 1} of {runs}, all sizes in mixed order.")
                told = time.monotonic()


def first_publishes(group: Group, parts: Parts, runs: int) -> Measured:
    """The first publish of some fresh processes, and those that follow it."""
    rows: Rows = []
    for number in range(COLD_PROCESSES):
        text = f"Fresh process {number + 1} of {COLD_PROCESSES} publishes for the first time."
        yield Progress(len(CELLS) * runs + number, steps_of(runs), text)
        rows += publishes_of_a_fresh_process(group, parts, number)
    return rows


def warm_up(client: Client, arm: str) -> None:
    """One way a few times. The first request waits until Django is loaded, the first message until its worker is."""
    for number in range(WARM_UPS):
        client.ask(arm, name := f"warm-up-{arm}-{number}", 100)
        if arm != INSIDE:
            client.done(name, READY_WITHIN_S)


def one_run(client: Client, arm: str, size_ms: float, rounds: int) -> dict[str, Any]:
    """One request with work of `rounds`, and its times in ms since it was sent.

    `result_ms` is when the work was finished; inside the request that is when the answer is here, for it is in it.
    `handover_ms` is from the start of publishing to the start of the work, `work_ms` the work itself. The processor
    time of each part is read before and after, once all have come to rest.
    """
    time.sleep(SETTLE_S)
    before = client.processor_ms()
    run_id = os.urandom(6).hex()
    at = client.ask(arm, run_id, rounds)
    started, finished = (at["started"], at["ended"]) if arm == INSIDE else client.done(run_id, DONE_WITHIN_S)
    row = {
        "response_ms": at["received"] - at["sent"],
        "result_ms": (at["received"] if arm == INSIDE else finished) - at["sent"],
        "work_ms": finished - started,
        "handover_ms": 0.0 if arm == INSIDE else started - at["started"],
    }
    time.sleep(SETTLE_S)
    used = used_between(before, client.processor_ms())
    return {"arm": arm, "size_ms": size_ms} | {name: round(1000 * value, 4) for name, value in row.items()} | used


def used_between(before: Mapping[str, float] | None, after: Mapping[str, float] | None) -> dict[str, float]:
    """Processor time in ms: of the web process, of who did queued work, of Redis, and of all; empty when unknown."""
    if before is None or after is None:
        return {}
    used = {name: after[name] - before[name] for name in before}
    parts = {"web": used["web"], "worker": used["worker"] + used["floor"], "redis": used["redis"]}
    return {f"cpu_{name}_ms": round(ms, 4) for name, ms in parts.items()} | {"cpu_ms": round(sum(used.values()), 4)}


def publishes_of_a_fresh_process(group: Group, parts: Parts, number: int) -> list[dict[str, Any]]:
    """Two rows of one new process: its first publish, and the median of those after it. Raises PartEnded."""
    part = start_python(group, parts, f"Experiment fresh {number}", f"{PACKAGE}.cold")
    if part.process.wait(READY_WITHIN_S):
        raise PartEnded(last_words(part))
    first_ms, *later_ms = json.loads(part.log().splitlines()[-1])
    group.kill(part)
    later_ms.sort()
    return [
        {"arm": "first publish", "response_ms": round(first_ms, 4)},
        {"arm": "later publish", "response_ms": round(later_ms[len(later_ms) // 2], 4)},
    ]


def setting(parts: Parts, per_ms: float, runs: int, made: int) -> dict[str, str]:
    """How it was measured, for people; `made` of `runs` rounds, and how many rounds of hashing make one ms."""
    in_time = "" if made == runs else f", of {runs}: this machine was too busy for more"
    return {
        "Redis": f"{parts.redis()}, started for this experiment",
        "Web": pool_in_words(),
        "Worker": worker_in_words(),
        "Work": f"{per_ms:,.0f} rounds of SHA-256 for each ms, the same rounds in every process",
        "Order": f"{made} rounds in random order{in_time}; {WARM_UPS} warm-up runs of each way are not counted",
        "Machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "Versions": f"Python {platform.python_version()}, Django {version('django')}, redis-py {version('redis')}",
    }
