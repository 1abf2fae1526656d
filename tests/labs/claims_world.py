"""A model of what every source of a claim yields, so that verdicts can be tested without a browser or a server.

It knows the mechanism (what waits for what), in round figures; it knows nothing of any claim.
"""

from labs.bench.claims.measuring import Sample
from labs.bench.claims.sources import Click, Recorded, Rows, Source

OVERHEAD_MS = 12.0  # what a mail costs beside the waits of its server
FRAME_MS = 16.0
REQUEST_MS, PUBLISH_MS, FIRST_PUBLISH_MS = 0.5, 0.8, 110.0


def sample(source: Source) -> Sample:
    """One measurement."""
    if isinstance(source, Recorded):
        steps = 200 if source.client == "restless" else 1
        return {"reflows": steps, "paint_ms": 0.4 + 0.02 * steps}
    if isinstance(source, Click):
        return _click(source)
    return _row(source)


def _row(source: Rows) -> Sample:
    return {"pool": _pool, "publishing": _publishing, "when-the-queue-loses": _queue}[source.experiment](source)


def _pool(source: Rows) -> Sample:
    inside = source.arm == "inside"
    return {
        "requests_per_s": 35.0 if inside else 900.0,
        "response_ms": 1400.0 if inside else 55.0,
        "neighbour_ms": 1100.0 if inside else 30.0,
    }


def _publishing(source: Rows) -> Sample:
    mail_ms = dict(source.parameters)["mail_wait_ms"] + OVERHEAD_MS
    return {"took_ms": {"first": FIRST_PUBLISH_MS, "warm": PUBLISH_MS, "mail": mail_ms}[source.arm]}


def _queue(source: Rows) -> Sample:
    if not source.sizes_ms:
        return {"response_ms": FIRST_PUBLISH_MS if source.arm == "first publish" else PUBLISH_MS}
    size_ms = sum(source.sizes_ms) / len(source.sizes_ms)
    if source.arm == "inside":
        return {"response_ms": REQUEST_MS + size_ms, "result_ms": REQUEST_MS + size_ms, "handover_ms": 0.0}
    travel_ms = {"queued": 4.0, "floor": 0.5}[source.arm]
    result_ms = REQUEST_MS + travel_ms + size_ms
    return {"response_ms": REQUEST_MS + PUBLISH_MS, "result_ms": result_ms, "handover_ms": travel_ms}


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
