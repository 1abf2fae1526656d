"""One clock for browser and server: the best of several four-stamp exchanges, as NTP does, and what it is worth."""

import time
from dataclasses import dataclass

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from labs.bench.models import Run


@never_cache
@require_safe
def clock(request: HttpRequest) -> JsonResponse:
    """The server's two stamps of an exchange, in seconds since the epoch. clock.js holds the browser's two."""
    received = time.time()
    return JsonResponse({"received": received, "sent": time.time()})


@dataclass(frozen=True)
class Joined:
    """Where the browser's clock meets the server's, for one run.

    `zero_s` is when the browser sent its request, in seconds since the epoch by the server's clock; `error_ms` how far
    that may be off either way, None when no browser measured. `by_exchanges` tells whether it comes from exchanges
    before the run or from the run's own stamps, `moved_ms` how far it was moved to keep the view inside the wait.
    """

    zero_s: float
    error_ms: float | None
    by_exchanges: bool = False
    moved_ms: float = 0.0


def joined(run: Run) -> Joined:
    """Join the browser's clock to the server's by whichever is surer: earlier exchanges, or the run's own four stamps.

    The run's own stamps (sent, arrived, left, received) centre the view in the browser's wait: off by at most half the
    time on the way. Without a browser's stamps the axis begins when the view does.
    """
    arrived_s, left_s = run.web_stamps.get("arrived", 0.0), run.web_stamps.get("left", 0.0)
    if run.response_ms is None or run.view_ms is None:
        return Joined(float(arrived_s), None)
    own_error_ms = max(0.0, (run.response_ms - run.view_ms) / 2)
    offset_s, error_s = run.browser_stamps.get("clock_offset_s"), run.browser_stamps.get("clock_error_s")
    if offset_s is None or error_s is None or 1000 * error_s >= own_error_ms:
        return Joined((arrived_s + left_s) / 2 - run.response_ms / 2000, own_error_ms)
    zero_s = run.browser_stamps["sent"] + offset_s
    # The answer cannot have left the server after the browser had it, nor the request arrived before it was sent.
    inside_s = min(max(zero_s, left_s - run.response_ms / 1000), arrived_s)
    return Joined(inside_s, 1000 * error_s, by_exchanges=True, moved_ms=1000 * abs(inside_s - zero_s))
