"""Bad input to a lab: each message names the value, the bounds and the remedy."""

import pytest

from labs.bench.forms import BadMeasurement, read_browser_stamps, read_prediction
from labs.bench.registry import all_labs

LAB = all_labs()["email-in-request"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("-50", "-50 is below the least of 0 ms"),
        ("9000", "9,000 is above the limit of 1,400 ms"),
        ("soon", "'soon' is no whole number"),
        ("", "'' is no whole number"),
        ("310", "310 lies between two steps"),
        ("1e3", "'1e3' is no whole number"),
        ("9" * 5000, "is no whole number"),
    ],
)
def test_a_mail_wait_out_of_bounds_is_refused_in_words(typed, said):
    values, problems = LAB.read_parameters({"mail_wait_ms": typed})
    assert values == {}
    assert said in problems["mail_wait_ms"]


def test_a_wait_within_bounds_is_read_and_a_missing_one_is_the_default():
    assert LAB.read_parameters({"mail_wait_ms": " 600 "}) == ({"mail_wait_ms": 600}, {})
    assert LAB.read_parameters({}) == ({"mail_wait_ms": 300}, {})


def test_a_prediction_keeps_what_is_right_and_names_what_is_not():
    waits_ms, problems = read_prediction(LAB, {"inside": "250", "queued": "fast"})
    assert waits_ms == {"inside": 250}
    assert problems == {"queued": "Write a whole number from 0 to 10,000 ms; 'fast' is none."}


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"sent": "nan", "received": "1800000000"},
        {"sent": "1800000000", "received": "1799999999"},
        {"sent": "1800000000", "received": "1800009999"},
        {"sent": "1", "received": "2"},
        {"sent": "1800000000", "received": "1800000001", "event_ms": "-5"},
        {"sent": "1800000000", "received": "1800000001", "clock_offset_s": "9e9", "clock_error_s": "0"},
        {"sent": "1800000000", "received": "1800000001", "clock_offset_s": "0", "clock_error_s": "-1"},
    ],
)
def test_stamps_that_no_browser_can_have_measured_are_refused(form):
    with pytest.raises(BadMeasurement):
        read_browser_stamps(form)


def test_no_event_duration_is_not_an_event_duration_of_zero():
    stamps = read_browser_stamps(
        {"sent": "1800000000", "received": "1800000000.3", "event_ms": "", "reports_clicks": "1"}
    )
    assert stamps.event_ms is None
    assert stamps.reports_clicks


def test_half_a_clock_is_none():
    stamps = read_browser_stamps({"sent": "1800000000", "received": "1800000000.3", "clock_offset_s": "0.1"})
    assert (stamps.clock_offset_s, stamps.clock_error_s) == (None, None)
