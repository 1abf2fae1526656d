"""The five-lane timeline of a run: from stamps of four clocks to spans on one axis."""

from html import unescape

import pytest

from labs.bench.charts import run_figure, run_start
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


def test_a_message_is_in_redis_from_its_confirmation_until_the_worker_has_it():
    assert span_of(queued_run(), "redis") == (36.5, 37.5)


def test_a_confirmation_that_comes_after_the_worker_has_the_message_makes_no_negative_bar():
    stamps = {"received": 100.0285, "started": 100.031, "finished": 100.339}
    assert span_of(queued_run(worker_stamps=stamps), "redis") == (36.0, 36.0)


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


def with_exchanges(view_begins_ms: float, error_ms: float) -> Run:
    """The same run with the best of eight exchanges: they say how long after the request the view began."""
    clock = {"clock_offset_s": 100.0 - view_begins_ms / 1000 - 5000.0, "clock_error_s": error_ms / 1000}
    return queued_run(browser_stamps={"sent": 5000.0, "received": 5000.045} | clock)


def test_exchanges_that_are_surer_than_the_runs_own_stamps_place_the_view_anywhere_in_the_wait():
    run = with_exchanges(view_begins_ms=3.0, error_ms=0.8)
    assert span_of(run, "browser") == (0, 45.0)
    assert span_of(run, "web") == (3.0, 33.0)
    assert timeline_of(run).doubt == "The browser's lane may be off by ±0.8 ms."
    assert timeline_of(run).clock.by_exchanges


def test_exchanges_that_are_less_sure_than_the_runs_own_stamps_are_not_used():
    run = with_exchanges(view_begins_ms=3.0, error_ms=8.0)
    assert span_of(run, "web") == (7.5, 37.5)
    assert timeline_of(run).uncertainty_ms == pytest.approx(7.5)
    assert not timeline_of(run).clock.by_exchanges


@pytest.mark.parametrize(("said_ms", "drawn_ms"), [(-2.0, 0.0), (18.0, 15.0), (15.0, 15.0)])
def test_a_view_never_lies_outside_the_browsers_wait_and_what_was_moved_is_known(said_ms, drawn_ms):
    run = with_exchanges(view_begins_ms=said_ms, error_ms=2.5)
    assert span_of(run, "web") == (drawn_ms, drawn_ms + 30)
    assert timeline_of(run).clock.moved_ms == pytest.approx(abs(said_ms - drawn_ms), abs=0.001)


def test_the_doubt_is_drawn_as_a_whisker_and_printed_below_the_figure():
    figure = run_figure(timeline_of(with_exchanges(3.0, 0.8)), "Queued", axis_ms=100, mini=False)
    assert figure.count('class="whisker"') == 1
    assert 'x1="44.20%" x2="45.80%"' in figure
    assert "may be off by ±0.8 ms" in unescape(figure)


def test_every_bar_of_a_living_figure_says_its_exact_span_and_a_mini_figure_is_a_picture():
    drawn = timeline_of(queued_run())
    living = run_figure(drawn, "Queued", axis_ms=500, mini=False)
    assert 'role="group"' in living
    assert living.count('tabindex="0"') == 5
    assert 'aria-label="Mail server, 43.5 to 342.5 ms, 299.0 ms"' in living
    mini = run_figure(drawn, "Queued", axis_ms=500, mini=True)
    assert 'role="img"' in mini
    assert "tabindex" not in mini


def test_a_bar_that_is_cut_at_the_enlarged_edge_still_says_where_it_ends():
    enlarged = run_start(queued_run(browser_stamps={"sent": 5000.0, "received": 5000.0302}), "Queued")
    assert "the first 39 ms" in enlarged
    assert 'aria-label="Celery worker, 31.1 to 339.1 ms, 308.0 ms"' in enlarged
