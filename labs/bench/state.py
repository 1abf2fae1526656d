"""One run as data, for scripts, exports and whoever has its address."""

import time
from typing import Any

from django.urls import reverse

from authoring.figures import Span
from authoring.lanes import LANE_BY_SLUG
from labs.bench import browser_side, crowd
from labs.bench.models import Run
from labs.bench.parts import broker_part, worker_part
from labs.bench.runs import ask_for_mail
from labs.bench.timeline import timeline_of

PATIENCE_S = 2.0  # a message that waits longer than this is worth asking why


def addresses_of(run: Run) -> dict[str, str]:
    """Where to ask for the run. All that a timed answer holds: looking up more would be measured with it."""
    return {
        "run": run.pk,
        "address": reverse("bench:run", args=[run.lab, run.pk]),
        "data": reverse("bench:run-json", args=[run.lab, run.pk]),
        "browser_side": reverse("bench:browser", args=[run.lab, run.pk]),
    }


def state_of(run: Run) -> dict[str, Any]:
    """The run's phase, what it means in words, spans and moments in ms since the browser sent its request.

    Judges the run if it is over and was not yet: whether it was measured in a crowd (labs.bench.crowd).
    """
    crowd.judge(run)
    ask_for_mail(run)
    drawn = timeline_of(run)
    return {
        **addresses_of(run),
        "lab": run.lab,
        "condition": run.condition,
        "parameters": run.parameters,
        "phase": run.phase,
        "final": run.is_final,
        "note": note_on(run),
        "crowded": run.crowded,
        "crowd_note": run.crowd_note,
        "alone": run.alone,
        "others": run.others,
        "wait_ms": _rounded(run.wait_ms),
        "view_ms": _rounded(run.view_ms),
        "done_ms": _rounded(run.done_ms),
        "event_ms": run.browser_stamps.get("event_ms"),
        "feedback_ms": _rounded(browser_side.feedback_since_sent_ms(run)),
        "browser": browser_side.measured(run),
        "browser_said": browser_side.sentence_on(run),
        "interrupted": run.interrupted,
        "sent_at_ms": 1000 * run.browser_stamps["sent"] if "sent" in run.browser_stamps else None,
        "uncertainty_ms": _rounded(drawn.uncertainty_ms),
        "spans": [_span(span) for span in drawn.spans],
        "moments": [{"lane": m.lane, "what": m.what, "at_ms": _rounded(m.at_ms)} for m in drawn.moments],
    }


def _span(span: Span) -> dict[str, Any]:
    return {
        "lane": span.lane,
        "track": LANE_BY_SLUG[span.lane].track,
        "colour": LANE_BY_SLUG[span.lane].colour,
        "start_ms": _rounded(span.start_ms),
        "end_ms": _rounded(span.end_ms),
    }


def note_on(run: Run) -> str:
    """In one sentence: what is going on with a run that is not done."""
    if run.phase == "failed":
        lane, _, trouble = run.error.partition(": ")
        return f"The run failed: {lane} {trouble}."
    if run.phase != "waiting" or time.time() - run.web_stamps["publish_started"] < PATIENCE_S:
        return ""
    if not (broker := broker_part()).ok:
        return f"Redis {broker.state}. It has the message, and will hand it over when it is back."
    if not worker_part().ok:
        return "Waiting in Redis, no worker is running. The message is safe; it runs as soon as a worker starts."
    return "Waiting in Redis behind other messages."


def _rounded(value_ms: float | None) -> float | None:
    return None if value_ms is None else round(value_ms, 2)
