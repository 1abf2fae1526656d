"""The benchmarks write every figure that the lesson prints, and the files that are there hold them."""

import re
from typing import Any

from authoring.measured import read_measured
from benchmarks.client_clicks import CONDITIONS, MAIL_ARRIVED, MAIL_MS, STYLES, Click
from benchmarks.client_figures import click_figures, publish_figures, trace_figures
from benchmarks.client_trace import Traced, read_trace
from benchmarks.measuring import MEASURED, summary, summary_of_rare
from benchmarks.pool import figures_of
from labs.bench.timeline import MAIL_ARRIVED as SAID_BY_THE_LAB

PRINTED = re.compile(r"\{\{ (.+?) \}\}")
NAMED = re.compile(r"\b(?:form|fetch|optimistic|xhr|htmx|pool|journey)\.[a-z_.]+[a-z]")
PARTS = re.compile(r"\.(?:bare|spread|n|low|high|median)$")
BROWSER = (
    "inp_ms",
    "processing_ms",
    "handler_start_ms",
    "long_task_ms",
    "freeze_ms",
    "final_text_ms",
    "dom_operations",
)
REQUEST = ("waiting_ms", "mail_ms", "publish_ms", "sent_ms")
NEXT_PAGE = ("ttfb_ms", "post_ms", "fcp_ms", "lcp_ms")


def names_in_the_lesson() -> set[str]:
    text = (MEASURED.parent / "perf.md").read_text()
    printed = {name for inside in PRINTED.findall(text) for name in re.split(" [-/] ", inside)}
    return {PARTS.sub("", name) for name in printed | set(NAMED.findall(text))} - {"journey.inside", "journey.queued"}


def a_click(condition: str, **more: Any) -> Click:
    lanes = ["web", "mail"] if condition == "inside" else ["web", "redis", "worker", "mail"]
    spans = [{"lane": lane, "start_ms": 10.0, "end_ms": 20.0} for lane in lanes]
    state = {"moments": [{"lane": "mail", "what": MAIL_ARRIVED, "at_ms": 15.0}], "spans": spans}
    return dict.fromkeys((*BROWSER, *REQUEST, *NEXT_PAGE), 5.0) | {"state": state} | more


def test_the_files_hold_every_figure_that_the_lesson_prints() -> None:
    assert names_in_the_lesson() <= read_measured(MEASURED).by_name.keys()


def test_the_benchmarks_write_every_figure_that_the_lesson_prints() -> None:
    cells = {(style, condition): [a_click(condition)] for style in STYLES for condition in CONDITIONS}
    traced = {("fetch", condition): [Traced(1, 0.4)] for condition in CONDITIONS}
    times = {"people": [1.0], "neighbour": [1.0]}
    pool = {condition: [times] for condition in ("inside", "queued", "idle")}
    written = (
        {"mail_ms": MAIL_MS}
        | click_figures(cells)
        | trace_figures(traced)
        | publish_figures([1.0], [1.0])
        | figures_of(pool, 1.0)
    )
    assert names_in_the_lesson() <= written.keys()


def test_the_journey_is_that_of_the_click_nearest_the_median_and_counts_from_the_click() -> None:
    clicks = [a_click("queued", final_text_ms=value, sent_ms=2.0) for value in (30.0, 40.0, 90.0)]
    figures = click_figures({("fetch", "queued"): clicks})
    assert figures["journey.queued.browser.end_ms"] == 40.0
    assert (figures["journey.queued.mail.start_ms"], figures["journey.queued.mail.end_ms"]) == (12.0, 22.0)
    assert figures["fetch.queued.mail_arrived_ms"] == {"median": 17.0, "low": 17.0, "high": 17.0, "n": 3}


def test_a_click_without_an_inp_is_no_zero() -> None:
    clicks = [a_click("queued", inp_ms=None), a_click("queued", inp_ms=16.0)]
    figures = click_figures({("form", "queued"): clicks})
    assert figures["form.queued.inp_ms"] == {"median": 16.0, "low": 16.0, "high": 16.0, "n": 1}
    assert figures["form.queued.clicks"] == 2


def test_a_long_task_in_one_click_of_three_is_not_typical() -> None:
    assert summary_of_rare([None, 65.0, None]) == {"median": None, "n": 3}
    assert summary_of_rare([310.0, 320.0, None])["median"] == 315.0
    assert summary([]) == {"median": None, "n": 0}


def test_the_lab_still_says_when_the_mail_arrived_in_these_words() -> None:
    assert MAIL_ARRIVED == SAID_BY_THE_LAB


def test_a_trace_is_read_between_the_click_and_the_painted_text() -> None:
    def event(name: str, at: int, thread: int = 1, **more: Any) -> dict[str, Any]:
        return {"name": name, "ts": at, "pid": 1, "tid": thread} | more

    events = [
        event("Layout", 5),
        event("EventDispatch", 10, args={"data": {"type": "click"}}),
        event("Paint", 11, dur=200),
        event("Layout", 12),
        event("Paint", 13, dur=300),
        event("Layout", 14, thread=2),
        event("painted", 20),
        event("Paint", 25, dur=900),
    ]
    assert read_trace(events) == Traced(1, 0.5)
