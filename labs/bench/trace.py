"""A run as a trace file for two readers: the Performance panel of DevTools, and Perfetto.

Both read Chrome's Trace Event Format ("JSON object format"), and each needs something of its own. DevTools draws the
five lanes as custom tracks from user timings of a page, so there is a page: a renderer with a main thread and a
navigation. Perfetto draws named threads, so a second process holds one thread for each lane. DevTools takes that second
process for the browser's own and leaves it out.

Tested against the rules of the format (tests/labs/trace_format.py); no copy of Perfetto runs in the tests.
"""

import json
from typing import Any

from authoring.figures import Span
from authoring.lanes import LANE_BY_SLUG, LANES
from labs.bench.browser_side import feedback_since_sent_ms
from labs.bench.models import Run
from labs.bench.timeline import Moment, Timeline, timeline_of

GROUP = "Brokered"
SEEN = "feedback seen"
PAGE_PID, LANES_PID, MAIN_TID = 1, 2, 1
START_US = 1_000_000  # where the run's zero lies in the file: nothing in it may be before 0
LEAST_US = 100  # an entry without a length is on no track
ROOM_US = 20_000  # shown before the run
FRAME, NAVIGATION = "B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0", "BROKERED"
LANE_TIDS = {lane.slug: 10 + index for index, lane in enumerate(LANES)}

Event = dict[str, Any]


def trace_of(run: Run, address: str) -> dict[str, Any]:
    """The run's spans and moments as a trace. `address` is the run's own, shown as the page's."""
    drawn = timeline_of(run)
    events = [
        *_names(),
        *_page(address),
        *(event for number, span in enumerate(drawn.spans, 1) for event in _track_entry(run, drawn, span, number)),
        *_marker(run),
        *(_slice(run, span) for span in drawn.spans),
        *(_instant(moment) for moment in drawn.moments),
    ]
    return {
        "traceEvents": events,
        "displayTimeUnit": "ms",
        "metadata": {
            "source": GROUP,
            "startTime": run.created_at.isoformat(),
            "run": address,
            "condition": run.condition,
            "parameters": run.parameters,
            "measured_in_a_crowd": run.crowd_note or run.crowded,
            "browser_lane_off_by_ms": drawn.uncertainty_ms,
        },
    }


def _names() -> list[Event]:
    named = [
        _metadata("process_name", PAGE_PID, MAIN_TID, name="Renderer"),
        _metadata("thread_name", PAGE_PID, MAIN_TID, name="CrRendererMain"),
        _metadata("process_name", LANES_PID, LANE_TIDS["browser"], name=GROUP),
        _metadata("process_sort_index", LANES_PID, LANE_TIDS["browser"], sort_index=-1),
    ]
    for lane in LANES:
        named.append(_metadata("thread_name", LANES_PID, LANE_TIDS[lane.slug], name=lane.track))
        named.append(_metadata("thread_sort_index", LANES_PID, LANE_TIDS[lane.slug], sort_index=LANE_TIDS[lane.slug]))
    return named


def _metadata(what: str, pid: int, tid: int, **args: Any) -> Event:
    return {"ph": "M", "cat": "__metadata", "name": what, "pid": pid, "tid": tid, "ts": 0, "args": args}


def _page(address: str) -> list[Event]:
    """What DevTools takes for a recorded page: which one was recorded, and that it was navigated to.

    There is no task on its main thread: the panel would open zoomed to where tasks are.
    """
    return [_recording_started(address), _navigated_to(address)]


def _recording_started(address: str) -> Event:
    frame = {
        "frame": FRAME,
        "url": address,
        "name": "",
        "processId": PAGE_PID,
        "isInPrimaryMainFrame": True,
        "isOutermostMainFrame": True,
    }
    return {
        "ph": "I",
        "s": "t",
        "cat": "disabled-by-default-devtools.timeline",
        "name": "TracingStartedInBrowser",
        "pid": LANES_PID,
        "tid": LANE_TIDS["browser"],
        "ts": START_US - ROOM_US,
        "args": {"data": {"frameTreeNodeId": 1, "frames": [frame], "persistentIds": True}},
    }


def _navigated_to(address: str) -> Event:
    navigation = {
        "documentLoaderURL": address,
        "isLoadingMainFrame": True,
        "isOutermostMainFrame": True,
        "navigationId": NAVIGATION,
    }
    return {
        "ph": "R",
        "cat": "blink.user_timing",
        "name": "navigationStart",
        "pid": PAGE_PID,
        "tid": MAIN_TID,
        "ts": START_US - ROOM_US,
        "args": {"frame": FRAME, "data": navigation},
    }


def _track_entry(run: Run, drawn: Timeline, span: Span, number: int) -> list[Event]:
    """A span as performance.measure leaves it in a recording, with the detail that tells DevTools its track."""
    lane = LANE_BY_SLUG[span.lane]
    devtools = {
        "dataType": "track-entry",
        "trackGroup": GROUP,
        "track": lane.track,
        "color": lane.colour,
        "tooltipText": span.exact,
        "properties": _properties(run, drawn, span),
    }
    begin = _user_timing(run, span.lane, "b", span.start_ms) | {"id2": {"local": hex(number)}}
    end = {**begin, "ph": "e", "ts": max(_us(span.end_ms), begin["ts"] + LEAST_US), "args": {}}
    begin["args"] = {"detail": json.dumps({"devtools": devtools}), "startTime": span.start_ms}
    return [begin, end]


def _properties(run: Run, drawn: Timeline, span: Span) -> list[list[str]]:
    lengths = {one.lane: f"{one.end_ms - one.start_ms:.1f} ms" for one in drawn.spans}
    return [
        ["from", f"{span.start_ms:.1f} ms"],
        ["to", f"{span.end_ms:.1f} ms"],
        ["run", run.pk],
        ["queue wait", lengths.get("redis", "none")],
        ["mail wait", lengths.get("mail", "none")],
    ]


def _marker(run: Run) -> list[Event]:
    """When feedback was seen, as performance.mark leaves it in a recording: a flag over the tracks."""
    at_ms = feedback_since_sent_ms(run)
    at_ms = run.response_ms if at_ms is None else at_ms
    if at_ms is None:
        return []
    colour = LANE_BY_SLUG["browser"].colour
    devtools = {"dataType": "marker", "color": colour, "tooltipText": f"{run.condition}: {SEEN}"}
    data = {"detail": json.dumps({"devtools": devtools}), "startTime": at_ms, "navigationId": NAVIGATION}
    return [_user_timing(run, SEEN, "I", at_ms) | {"s": "t", "args": {"data": data}}]


def _user_timing(run: Run, what: str, phase: str, at_ms: float) -> Event:
    name = f"{run.condition}: {what}"
    return {"ph": phase, "cat": "blink.user_timing", "name": name, "pid": PAGE_PID, "tid": MAIN_TID, "ts": _us(at_ms)}


def _slice(run: Run, span: Span) -> Event:
    """A span on its lane's own thread, as Perfetto draws it."""
    return {
        "ph": "X",
        "cat": "brokered",
        "name": f"{run.condition}: {span.lane}",
        "pid": LANES_PID,
        "tid": LANE_TIDS[span.lane],
        "ts": _us(span.start_ms),
        "dur": _us(span.end_ms) - _us(span.start_ms),
        "args": {"run": run.pk, "exactly": span.exact},
    }


def _instant(moment: Moment) -> Event:
    place = {"pid": LANES_PID, "tid": LANE_TIDS[moment.lane], "ts": _us(moment.at_ms)}
    return {"ph": "i", "s": "t", "cat": "brokered", "name": moment.what, **place}


def _us(at_ms: float) -> int:
    return START_US + round(1000 * at_ms)
