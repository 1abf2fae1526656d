"""An experiment for claims: what fresh processes need to publish, for the first time and later, beside one mail."""

from collections.abc import Mapping
from statistics import median
from typing import Any

from apparatus.processes import Group
from labs.bench.experiments.children import answer_of, start_module
from labs.bench.experiments.lab import Progress, Steps

PUBLISHES = 21  # the first is cold, the others are warm
PROCESS_S = 2.0  # measured on 2 cores: most of it is Python and Django


def expected_s(parameters: Mapping[str, int]) -> float:
    """How long one experiment takes, in seconds."""
    return parameters["runs"] * (PROCESS_S + parameters["mail_wait_ms"] / 1000)


def measure(group: Group, parameters: Mapping[str, int]) -> Steps:
    """`runs` fresh processes, one after the other. They use the course's own Redis and mail server."""
    runs, rows = parameters["runs"], list[dict[str, Any]]()
    for number in range(runs):
        yield Progress(number, runs, f"Fresh process {number + 1} of {runs} publishes, then sends a mail.")
        rows += rows_of_a_fresh_process(group, number, parameters["mail_wait_ms"])
    return {"rows": rows}


def rows_of_a_fresh_process(group: Group, number: int, mail_wait_ms: int) -> list[dict[str, Any]]:
    """Three rows: its first publish, the median of those after it, one mail. Raises PartEnded when a part is down."""
    module = ("labs.email_in_request.publisher", str(PUBLISHES), str(mail_wait_ms))
    found = answer_of(group, start_module(group, f"Fresh process {number}", *module))
    times_ms = {"first": found["first_ms"], "warm": median(found["warm_ms"]), "mail": found["mail_ms"]}
    return [{"arm": arm, "took_ms": round(took_ms, 4)} for arm, took_ms in times_ms.items()]
