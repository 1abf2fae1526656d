"""Reading what a learner sends to a lab: every value has bounds and a message."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields

from labs.bench.lab import Lab

LONGEST_PREDICTION_MS = 10_000
CLOCK_BOUNDS_S = (1.6e9, 4.2e9)  # years 2020 to 2103: anything else is no clock
LONGEST_WAIT_S = 120
LONGEST_SLEEP_S = 7 * 24 * 3600  # of a machine that slept during a run
REPORTS = ("event", "longtask", "long-animation-frame", "interaction-contentful-paint", "largest-contentful-paint")
INTERRUPTIONS = ("", "hidden", "slept")


class BadMeasurement(ValueError):
    """Stamps that no browser can have measured."""


@dataclass(frozen=True)
class BrowserStamps:
    """One request as the browser saw it: sent and received in epoch seconds.

    `event_ms` is the duration of the click's event (input delay, processing, presentation); None when the browser
    reported none, which means under 16 ms if it reports clicks at all (`reports_clicks`), else nothing.
    `reports` names the kinds of performance entries that this browser has at all (REPORTS). Times in ms: from the click
    until the request left (`before_sent_ms`) and until the answer's text was painted (`feedback_ms`), both 0 or more;
    the parts of the event; the longest gap between two frames; the longest long task and long animation frame while
    the run lasted, with that frame's blocking; the paint that the click caused (interaction-contentful-paint, `icp`);
    first byte and largest paint of the next page, for a form. `interrupted`: one of INTERRUPTIONS.
    `clock_offset_s` is the server's clock minus the browser's, by exchanges before or after the run, and
    `clock_error_s` how far that may be off either way; None when there was no exchange.
    """

    sent: float
    received: float
    event_ms: float | None
    reports_clicks: bool
    clock_offset_s: float | None = None
    clock_error_s: float | None = None
    interrupted: str = ""
    reports: tuple[str, ...] = ()
    before_sent_ms: float | None = None
    feedback_ms: float | None = None
    input_delay_ms: float | None = None
    processing_ms: float | None = None
    frame_gap_ms: float | None = None
    long_task_ms: float | None = None
    long_frame_ms: float | None = None
    blocking_ms: float | None = None
    icp_ms: float | None = None
    ttfb_ms: float | None = None
    lcp_ms: float | None = None


DURATIONS_MS = tuple(field.name for field in fields(BrowserStamps) if field.name.endswith("_ms"))


def read_prediction(lab: Lab, form: Mapping[str, str]) -> tuple[dict[str, int], dict[str, str]]:
    """The predicted waits in ms by condition, and what is wrong with the others, by condition."""
    waits_ms: dict[str, int] = {}
    problems: dict[str, str] = {}
    for condition in (one for one in lab.conditions if one.is_predicted):
        text = form.get(condition.slug, "").strip()
        if text.isdecimal() and int(text) <= LONGEST_PREDICTION_MS:
            waits_ms[condition.slug] = int(text)
        else:
            found = f"{text[:20]!r} is none" if text else "nothing is written"
            problems[condition.slug] = f"Write a whole number from 0 to {LONGEST_PREDICTION_MS:,} ms; {found}."
    return waits_ms, problems


def read_browser_stamps(form: Mapping[str, str]) -> BrowserStamps:
    """What the browser measured. Raises BadMeasurement, naming the field."""
    sent, received = _seconds(form, "sent"), _seconds(form, "received")
    interrupted = _one_of(form, "interrupted", INTERRUPTIONS)
    longest_s = LONGEST_SLEEP_S if interrupted else LONGEST_WAIT_S
    if not 0 <= received - sent <= longest_s:
        raise BadMeasurement(f"received: comes {received - sent:.3f} s after sent; 0 to {longest_s} can be.")
    offset_s, error_s = _clock(form)
    return BrowserStamps(
        sent=sent,
        received=received,
        reports_clicks=form.get("reports_clicks") == "1",
        clock_offset_s=offset_s,
        clock_error_s=error_s,
        interrupted=interrupted,
        reports=tuple(kind for kind in REPORTS if kind in form.get("reports", "").split(",")),
        **{name: _duration_ms(form, name, 1000 * longest_s) for name in DURATIONS_MS},
    )


def _duration_ms(form: Mapping[str, str], name: str, longest_ms: float) -> float | None:
    value = _number(form.get(name, ""))
    if value is not None and not 0 <= value <= longest_ms:
        raise BadMeasurement(f"{name}: {value} is out of bounds; write 0 to {longest_ms:.0f} ms.")
    return value


def _one_of(form: Mapping[str, str], name: str, words: tuple[str, ...]) -> str:
    word = form.get(name, "")
    if word not in words:
        raise BadMeasurement(f"{name}: {word[:20]!r} is none of {', '.join(filter(None, words))}.")
    return word


def _clock(form: Mapping[str, str]) -> tuple[float | None, float | None]:
    """Offset and error of the clock in seconds, both or neither."""
    offset_s, error_s = _number(form.get("clock_offset_s", "")), _number(form.get("clock_error_s", ""))
    if offset_s is None or error_s is None:
        return None, None
    if abs(offset_s) > CLOCK_BOUNDS_S[1]:
        raise BadMeasurement(f"clock_offset_s: no two clocks are {offset_s:.0f} s apart.")
    if not 0 <= error_s <= LONGEST_WAIT_S:
        raise BadMeasurement(f"clock_error_s: {error_s} is out of bounds; write 0 to {LONGEST_WAIT_S} s.")
    return offset_s, error_s


def _seconds(form: Mapping[str, str], name: str) -> float:
    value = _number(form.get(name, ""))
    if value is None or not CLOCK_BOUNDS_S[0] <= value <= CLOCK_BOUNDS_S[1]:
        raise BadMeasurement(f"{name}: write seconds since 1970.")
    return value


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
