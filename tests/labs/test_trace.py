"""The downloaded trace: five lanes for DevTools as custom tracks, and for Perfetto as named threads."""

import json
from typing import Any

import pytest

from authoring.lanes import LANES
from labs.bench.models import Run
from labs.bench.timeline import timeline_of
from labs.bench.trace import trace_of
from tests.labs.test_timeline import queued_run
from tests.labs.trace_format import violations

TRACKS = [lane.track for lane in LANES]


def traced(run: Run) -> dict[str, Any]:
    """The run's trace as it is downloaded."""
    run.created_at = run._meta.get_field("created_at").to_python("2026-11-22T12:00:00Z")
    return json.loads(json.dumps(trace_of(run, "http://127.0.0.1:8000/labs/email-in-request/runs/abc/")))


@pytest.fixture
def trace():
    return traced(queued_run())


def of_phase(trace: dict, *phases: str) -> list[dict]:
    return [event for event in trace["traceEvents"] if event["ph"] in phases]


def test_it_keeps_every_rule_of_the_trace_event_format(trace):
    assert violations(trace) == []


@pytest.mark.parametrize(
    "columns",
    [{"worker_stamps": {}, "mail_stamps": {}}, {"browser_stamps": {}}, {"mail_stamps": {}}, {"crowded": True}],
    ids=["nobody has taken it yet", "no script measured", "the mail server forgot", "in a crowd"],
)
def test_so_does_every_other_run(columns):
    assert violations(traced(queued_run(**columns))) == []


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda event: event.update(ts=-1), "ts: before 0"),
        (lambda event: event.update(ts=1.5), "ts: 1.5 is no int"),
        (lambda event: event.update(ph="Z"), "ph: 'Z' is no phase"),
        (lambda event: event.update(pid=99), "pid: 99 has no name"),
        (lambda event: event.pop("name") and event.update(name=None), "name: None is no str"),
    ],
)
def test_the_rules_notice_what_a_reader_would_stumble_over(trace, spoil, said):
    spoil(of_phase(trace, "X")[0])
    assert any(said in one for one in violations(trace))


def test_the_rules_notice_a_crossing_a_missing_end_and_a_missing_name(trace):
    first = of_phase(trace, "X")[0]
    trace["traceEvents"].append(first | {"ts": first["ts"] + first["dur"] - 1, "dur": 10})
    trace["traceEvents"].remove(of_phase(trace, "e")[0])
    trace["traceEvents"] = [one for one in trace["traceEvents"] if one.get("args") != {"name": TRACKS[4]}]
    said = " ".join(violations(trace))
    assert "cross" in said
    assert "1 begin, 0 end" in said
    assert "has no name" in said


def test_devtools_finds_a_page_with_a_navigation_and_a_main_thread(trace):
    named = {event["name"]: event for event in trace["traceEvents"] if event["ph"] in "IR"}
    frame = named["TracingStartedInBrowser"]["args"]["data"]["frames"][0]
    assert named["navigationStart"]["args"]["frame"] == frame["frame"]
    assert named["navigationStart"]["pid"] == frame["processId"]
    main = next(event for event in of_phase(trace, "M") if event["args"] == {"name": "CrRendererMain"})
    assert main["pid"] == frame["processId"]
    assert {event["tid"] for event in of_phase(trace, "b", "e")} == {main["tid"]}


def test_devtools_draws_each_lane_as_a_track_at_its_own_time(trace):
    begun, ended = of_phase(trace, "b"), of_phase(trace, "e")
    details = [json.loads(event["args"]["detail"])["devtools"] for event in begun]
    assert [detail["track"] for detail in details] == TRACKS
    assert {detail["trackGroup"] for detail in details} == {"Brokered"}
    assert details[4]["tooltipText"] == "Mail server, 43.5 to 342.5 ms, 299.0 ms"
    assert ["queue wait", "1.0 ms"] in details[0]["properties"]
    for first, last, span in zip(begun, ended, timeline_of(queued_run()).spans, strict=True):
        assert first["id2"] == last["id2"], "a pair that does not match is not drawn"
        assert (last["ts"] - first["ts"]) / 1000 == pytest.approx(span.end_ms - span.start_ms, abs=0.01)


def test_devtools_flags_the_moment_when_feedback_was_seen(trace):
    flag = next(event for event in of_phase(trace, "I") if event["cat"] == "blink.user_timing")
    assert json.loads(flag["args"]["data"]["detail"])["devtools"]["dataType"] == "marker"
    browser = of_phase(trace, "e")[0]
    assert flag["ts"] == browser["ts"], "without a painted text known, the answer is the feedback"


def test_perfetto_finds_one_named_thread_for_each_lane_with_one_slice_on_it(trace):
    slices = [event for event in of_phase(trace, "X") if event["cat"] == "brokered"]
    threads = {(e["pid"], e["tid"]): e["args"]["name"] for e in of_phase(trace, "M") if e["name"] == "thread_name"}
    assert [threads[event["pid"], event["tid"]] for event in slices] == TRACKS
    for moment in of_phase(trace, "i"):
        assert threads[moment["pid"], moment["tid"]] in TRACKS


def test_a_run_that_nobody_has_taken_yet_is_a_trace_with_fewer_lanes():
    assert len(of_phase(traced(queued_run(worker_stamps={}, mail_stamps={})), "b")) == 2
