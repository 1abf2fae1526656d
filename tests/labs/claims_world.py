"""A model of what every source of a claim yields, so that verdicts can be tested without a browser or a server.

It knows the mechanism (what waits for what), in round figures; it knows nothing of any claim.
"""

from labs.bench.claims.measuring import Sample
from labs.bench.claims.sources import Click, Pool, Publish, Recorded, Source

OVERHEAD_MS = 12.0  # what a mail costs beside the waits of its server
FRAME_MS = 16.0


def sample(source: Source) -> Sample:
    """One measurement."""
    if isinstance(source, Recorded):
        steps = 200 if source.client == "restless" else 1
        return {"reflows": steps, "paint_ms": 0.4 + 0.02 * steps}
    if isinstance(source, Click):
        return _click(source)
    if isinstance(source, Publish):
        return {"took_ms": 110.0 if source.is_first else 0.8}
    assert isinstance(source, Pool)
    inside = source.condition == "inside"
    return {
        "requests_per_s": 35.0 if inside else 900.0,
        "response_ms": 1400.0 if inside else 55.0,
        "neighbour_ms": 1100.0 if inside else 30.0,
    }


def _click(source: Click) -> Sample:
    mail_ms = source.mail_wait_ms + OVERHEAD_MS
    inside = source.condition == "inside"
    server_ms = 8 + (mail_ms if inside else 0)
    page_ms = 60.0 if source.client == "form" else FRAME_MS
    blocked_ms = server_ms if source.client == "xhr" else 0.0
    final_ms = FRAME_MS if source.client == "optimistic" else server_ms + page_ms
    return {
        "final_text_ms": final_ms,
        "inp_ms": FRAME_MS + 8 + blocked_ms,
        "freeze_ms": FRAME_MS + blocked_ms,
        "long_task_ms": blocked_ms if blocked_ms > 50 else None,
        "processing_ms": 4 + blocked_ms,
        "dom_operations": 200 if source.client == "restless" else 1,
        "ttfb_ms": server_ms + 10,
        "lcp_ms": server_ms + page_ms,
        "waiting_ms": server_ms,
        "waiting_rest_ms": server_ms - mail_ms if inside else None,
        "mail_ms": mail_ms if inside else None,
        "publish_ms": None if inside else 1.5,
        "mail_span_ms": float(mail_ms),
        "all_else_ms": final_ms - mail_ms,
        "redis_ms": None if inside else 4.0,
        "worker_ms": None if inside else mail_ms,
        "mail_arrived_ms": mail_ms + (8 if inside else 20),
    }
