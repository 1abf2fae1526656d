"""Waiting for a condition, and asking a running site whether its parts are well.

As a command, for container health checks: `python -m apparatus.probe http://127.0.0.1:8000/healthz database,broker`.
"""

import json
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")
USAGE = "usage: python -m apparatus.probe URL PART[,PART...]"


class NotYet(TimeoutError):
    """What was waited for did not come in time."""


def wait_until(condition: Callable[[], T | None], *, what: str, timeout_s: float, interval_s: float = 0.02) -> T:
    """The first true answer of `condition`, asked every `interval_s`.

    `what` completes the sentence of the NotYet it raises after `timeout_s`: "{what} did not come within ...".
    """
    deadline = time.monotonic() + timeout_s
    while True:
        if answer := condition():
            return answer
        if time.monotonic() >= deadline:
            raise NotYet(f"{what} did not come within {timeout_s:g} s")
        time.sleep(interval_s)


def fetch(url: str, timeout_s: float = 2.0) -> tuple[int, bytes]:
    """Status and body of `url`, error statuses included, without any proxy. Raises OSError when nothing answers."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(url, timeout=timeout_s) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


def answers(url: str, timeout_s: float = 2.0) -> bool:
    """Whether `url` answers with 200 or 503, the two answers of /healthz."""
    try:
        return fetch(url, timeout_s)[0] in (200, 503)
    except (OSError, ValueError):
        return False


def ailing(health: object, parts: Sequence[str]) -> list[str]:
    """Those of `parts` that the JSON of /healthz does not call ok."""
    states = health if isinstance(health, dict) else {}
    return [part for part in parts if not is_ok(states.get(part))]


def is_ok(state: object) -> bool:
    """Whether the state of one part says `"ok": true`."""
    return isinstance(state, dict) and state.get("ok") is True


def main(arguments: Sequence[str]) -> int:
    """Exit code 0 when all named parts are ok, 1 when one is not or nothing answers, 2 for wrong usage."""
    if len(arguments) != 2:
        print(USAGE, file=sys.stderr)
        return 2
    url, parts = arguments[0], [part for part in arguments[1].split(",") if part]
    try:
        missing = ailing(json.loads(fetch(url)[1]), parts)
    except (OSError, ValueError) as error:
        print(f"{url} gives no health report: {error}", file=sys.stderr)
        return 1
    if missing:
        print(f"{url} does not call these parts ok: {', '.join(missing)}", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
