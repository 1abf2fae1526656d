"""Reading what a learner sends to a lab: every value has bounds and a message."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from labs.bench.lab import Lab

LONGEST_PREDICTION_MS = 10_000
CLOCK_BOUNDS_S = (1.6e9, 4.2e9)  # years 2020 to 2103: anything else is no clock
LONGEST_WAIT_S = 120


class BadMeasurement(ValueError):
    """Stamps that no browser can have measured."""


@dataclass(frozen=True)
class BrowserStamps:
    """One request as the browser saw it: sent and received in epoch seconds.

    `event_ms` is the duration of the click's event (input delay, processing, presentation); None when the browser
    reported none, which means under 16 ms if it reports clicks at all (`reports_clicks`), else nothing.
    """

    sent: float
    received: float
    event_ms: float | None
    reports_clicks: bool


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
    if not 0 <= received - sent <= LONGEST_WAIT_S:
        raise BadMeasurement(f"received: comes {received - sent:.3f} s after sent; 0 to {LONGEST_WAIT_S} can be.")
    event_ms = _number(form.get("event_ms", ""))
    if event_ms is not None and not 0 <= event_ms <= 1000 * LONGEST_WAIT_S:
        raise BadMeasurement(f"event_ms: {event_ms} is out of bounds.")
    return BrowserStamps(sent, received, event_ms, form.get("reports_clicks") == "1")


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
