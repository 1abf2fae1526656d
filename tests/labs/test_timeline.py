"""The five-lane timeline of a run: from stamps of four clocks to spans on one axis."""

import pytest

from labs.bench.models import Run
from labs.bench.timeline import said, timeline_of


def queued_run(**columns: dict[str, float]) -> Run:
    """A run whose answer took 45 ms in the browser, whose view took 30 ms, and whose mail took 300."""
    run = Run(
        condition="queued",
        web_stamps={"arrived": 100.0, "publish_started": 100.028, "published": 100.029, "left": 100.030},
        worker_stamps={"received": 100.030, "started": 100.031, "finished": 100.339},
        mail_stamps={"connected": 100.036, "arrived": 100.300, "closed": 100.335},
        browser_stamps={"sent": 5000.0, "received": 5000.045},
    )
    for name, value in columns.items():
        setattr(run, name, value)
    return run


def span_of(run: Run, lane: str) -> tuple[float, float]:
    span = next(span for span in timeline_of(run).spans if span.lane == lane)
    return round(span.start_ms, 1), round(span.end_ms, 1)


def test_the_browser_is_zero_and_the_view_lies_in_the_middle_of_its_wait():
    run = queued_run()
    assert span_of(run, "browser") == (0, 45.0)
    assert span_of(run, "web") == (7.5, 37.5)


def test_a_browser_clock_that_is_an_hour_off_changes_nothing():
    wrong_clock = queued_run(browser_stamps={"sent": 8600.0, "received": 8600.045})
    assert timeline_of(wrong_clock).spans == timeline_of(queued_run()).spans


def test_worker_and_mail_keep_their_lengths_and_their_order():
    run = queued_run()
    assert span_of(run, "worker") == (38.5, 346.5)
    assert span_of(run, "mail") == (43.5, 342.5)
    moments = [moment.what for moment in timeline_of(run).moments]
    assert moments.index("the answer is here") < moments.index("the mail has arrived")


def test_the_uncertainty_is_half_of_the_time_on_the_way():
    assert timeline_of(queued_run()).uncertainty_ms == pytest.approx(7.5)


def test_without_a_script_the_axis_begins_when_the_view_does():
    run = queued_run(browser_stamps={})
    drawn = timeline_of(run)
    assert "browser" not in {span.lane for span in drawn.spans}
    assert span_of(run, "web") == (0, 30.0)
    assert not any("browser" in {hop.source, hop.target} for hop in drawn.hops)


def test_a_message_that_nobody_has_taken_has_no_redis_span_yet():
    run = queued_run(worker_stamps={}, mail_stamps={})
    assert {span.lane for span in timeline_of(run).spans} == {"browser", "web"}


@pytest.mark.parametrize(
    ("stamps", "phase"),
    [
        ({}, "waiting"),
        ({"worker_stamps": {"received": 1.0, "started": 1.1}}, "started"),
        ({"worker_stamps": {"received": 1.0, "started": 1.1, "finished": 1.2}}, "done"),
        ({"error": "mail: refuses connections"}, "failed"),
    ],
)
def test_the_phase_of_a_queued_run_is_what_the_worker_has_said(stamps, phase):
    run = queued_run(**({"worker_stamps": {}} | stamps))
    assert run.phase == phase
    assert run.is_final == (phase in {"done", "failed"})


def test_short_waits_are_printed_with_a_decimal_and_long_ones_without():
    assert (said(0.75), said(45.4), said(1234.5)) == ("0.8 ms", "45 ms", "1,234 ms")
