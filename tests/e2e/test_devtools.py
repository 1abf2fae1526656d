"""What a learner's own DevTools show: the run as five tracks in a recording, and a trace file that holds the same."""

import json
import re
from statistics import median

import pytest
from playwright.sync_api import Browser, Page, expect

from authoring.lanes import LANES
from docs.devtools_picture import open_in_devtools, start_inspectable
from tests.e2e.steps import INSIDE, LAB, QUEUED, predict, run, span_ms
from tests.soundness import assert_sound

pytestmark = pytest.mark.browser

TRACKS = [lane.track for lane in LANES]
CATEGORIES = ["devtools.timeline", "blink.user_timing"]  # what the Performance panel records, or the part of it we need
SAME_HOST_MS = 2.0


class Recording:
    """What the Performance panel would have: the trace events of what happened while it was on."""

    def __init__(self, events: list[dict]) -> None:
        self.events = events
        begun = [event for event in events if event["cat"] == "blink.user_timing" and event["ph"] == "b"]
        self.entries = [self._entry(event) for event in begun if "devtools" in event["args"].get("detail", "")]

    def _entry(self, begun: dict) -> dict:
        ends = (e for e in self.events if e["ph"] == "e" and (e["name"], e.get("id2")) == (begun["name"], begun["id2"]))
        ended = next(event for event in ends if event["ts"] >= begun["ts"])
        detail = json.loads(begun["args"]["detail"])["devtools"]
        return detail | {"starts_ms": begun["ts"] / 1000, "lasts_ms": (ended["ts"] - begun["ts"]) / 1000}

    def of_run(self, state: dict) -> dict[str, dict]:
        """The entries of one run by their track."""
        return {entry["track"]: entry for entry in self.entries if ["run", state["run"]] in entry["properties"]}

    def markers(self) -> list[dict]:
        """The flags over the tracks."""
        marks = [e for e in self.events if e["cat"] == "blink.user_timing" and e["ph"] == "I"]
        details = [(mark, mark["args"].get("data", {}).get("detail", "")) for mark in marks]
        return [
            json.loads(text)["devtools"] | {"name": mark["name"], "at_ms": mark["ts"] / 1000}
            for mark, text in details
            if "marker" in text
        ]

    def request_ms(self, path: str) -> float:
        """When the browser sent the request to an address that ends so."""
        sent = [event for event in self.events if event["name"] == "ResourceSendRequest"]
        return next(event["ts"] / 1000 for event in sent if event["args"]["data"]["url"].endswith(path))


def recorded(browser: Browser, page: Page, *buttons: str) -> tuple[Recording, list[dict]]:
    """Record, click these buttons one after another, stop."""
    browser.start_tracing(page=page, categories=CATEGORIES)
    states = [run(page, button) for button in buttons]
    return Recording(json.loads(browser.stop_tracing())["traceEvents"]), states


@pytest.fixture
def lab(visit) -> Page:
    page = visit(LAB)
    predict(page)
    return page


@pytest.mark.alone
def test_a_recording_of_both_buttons_holds_the_five_tracks_as_the_server_recorded_them(browser, lab):
    recording, states = recorded(browser, lab, INSIDE, QUEUED)
    for state, tracks in zip(states, ([t for t in TRACKS if t[0] in "125"], TRACKS), strict=True):
        shown = recording.of_run(state)
        assert sorted(shown) == tracks
        assert {entry["trackGroup"] for entry in shown.values()} == {"Brokered"}
        for span in state["spans"]:
            length_ms = span["end_ms"] - span["start_ms"]
            assert shown[span["track"]]["lasts_ms"] == pytest.approx(length_ms, abs=SAME_HOST_MS)
        begins_ms = shown["1 Browser"]["starts_ms"]
        for span in state["spans"]:
            assert shown[span["track"]]["starts_ms"] - begins_ms == pytest.approx(span["start_ms"], abs=SAME_HOST_MS)
        asked_ms = recording.request_ms(f"/run/{state['condition']}")
        assert -SAME_HOST_MS < asked_ms - begins_ms < 30, "the tracks stand where the panel shows the request itself"


def in_tenths(value_ms: float) -> list[str]:
    """How a figure may be printed: the page has it in more digits than its data file, and rounds once."""
    return [f"{value_ms + off_ms:.1f} ms" for off_ms in (-0.05, 0, 0.05)]


def test_an_entry_tells_its_run_and_both_waits(browser, lab):
    recording, (state,) = recorded(browser, lab, QUEUED)
    told = dict(recording.of_run(state)["5 Mail server"]["properties"])
    assert told["run"] == state["run"]
    assert told["queue wait"] in in_tenths(span_ms(state, "redis"))
    assert told["mail wait"] in in_tenths(span_ms(state, "mail"))
    assert {"from", "to"} <= told.keys()


@pytest.mark.alone
def test_a_marker_stands_where_feedback_was_seen_while_the_worker_still_works(browser, lab):
    recording, (state,) = recorded(browser, lab, QUEUED)
    (marker,) = recording.markers()
    shown = recording.of_run(state)
    seen_ms = shown["1 Browser"]["starts_ms"] + state["feedback_ms"]
    assert marker["at_ms"] == pytest.approx(seen_ms, abs=SAME_HOST_MS)
    assert marker["at_ms"] < shown["4 Celery worker"]["starts_ms"] + shown["4 Celery worker"]["lasts_ms"]


@pytest.mark.alone
def test_with_two_mail_delays_the_mail_bar_in_the_recording_follows_both(browser, lab):
    bars_ms = {}
    for wait_ms in (300, 600):
        lab.get_by_label("The mail server takes about").fill(str(wait_ms))
        recording, states = recorded(browser, lab, INSIDE, QUEUED)
        bars_ms[wait_ms] = [recording.of_run(state)["5 Mail server"]["lasts_ms"] for state in states]
    for once_ms, twice_ms in zip(bars_ms[300], bars_ms[600], strict=True):
        assert once_ms >= 290
        assert 1.6 < twice_ms / once_ms < 2.4


def test_the_downloaded_trace_parses_and_holds_the_lanes_of_the_run(lab):
    state = run(lab, QUEUED)
    lab.get_by_role("figure").get_by_text("The same as tables").click()
    with lab.expect_download() as download:
        lab.get_by_role("link", name="its trace").last.click()
    assert download.value.suggested_filename.endswith(".trace.json")
    events = json.loads(download.value.path().read_text())["traceEvents"]
    threads = {event["tid"]: event["args"]["name"] for event in events if event["name"] == "thread_name"}
    lengths_ms = {threads[e["tid"]]: e["dur"] / 1000 for e in events if e["ph"] == "X" and e["cat"] == "brokered"}
    assert sorted(lengths_ms) == TRACKS
    assert Recording(events).of_run(state).keys() == set(TRACKS)
    for span in state["spans"]:
        assert lengths_ms[span["track"]] == pytest.approx(span["end_ms"] - span["start_ms"], abs=0.02)


def test_the_performance_panel_itself_opens_the_downloaded_trace(browser, lab):
    """In the front end that this machine's Chromium brings along."""
    state = run(lab, QUEUED)
    address = lab.url.split("/labs/")[0] + state["data"].replace(".json", ".trace.json")
    with_panel, port = start_inspectable(browser.browser_type)
    try:
        panel = open_in_devtools(with_panel, port, lab.request.get(address).body())
        panel.get_by_text("Summary").click()
        panel.keyboard.press("Control+f")
        panel.get_by_placeholder("Find").fill("queued: mail")
        panel.keyboard.press("Enter")
        length = panel.locator(".timeline-details-view-row").filter(has_text="mail wait")
        expect(length).to_have_text(re.compile("|".join(map(re.escape, in_tenths(span_ms(state, "mail"))))))
    finally:
        with_panel.close()


@pytest.mark.alone
def test_the_clock_is_agreed_by_exchanges_and_what_it_may_be_off_is_printed(lab):
    states = [run(lab, QUEUED) for _ in range(5)]
    own_ms = [(state["wait_ms"] - state["view_ms"]) / 2 for state in states]
    assert all(state["uncertainty_ms"] <= own + 0.01 for state, own in zip(states, own_ms, strict=True))
    assert median(state["uncertainty_ms"] for state in states) < median(own_ms)
    expect(lab.get_by_text("The browser's lane may be off by ±").first).to_be_visible()


def test_a_bar_says_its_exact_span_to_a_pointer_to_the_keyboard_and_to_a_tap(lab):
    run(lab, QUEUED)
    figure = lab.locator("[data-swap=results] .tl").first
    said = lab.locator("[data-swap=results] [data-said]").first
    unsaid = said.inner_text()
    figure.get_by_role("img", name="Mail server").hover()
    expect(said).to_have_text(figure.get_by_role("img", name="Mail server").get_attribute("aria-label"))
    lab.mouse.move(0, 0)
    expect(said).to_have_text(unsaid)
    figure.get_by_role("img", name="Browser").focus()
    expect(said).to_contain_text("Browser, 0.0 to")
    lab.keyboard.press("ArrowRight")
    expect(said).to_contain_text("Django view, ")
    figure.get_by_role("img", name="Celery worker").click()
    expect(said).to_contain_text("Celery worker, ")


def test_a_run_and_two_runs_beside_each_other_are_accessible_and_fit_a_phone(visit):
    page = visit(LAB, viewport={"width": 390, "height": 800})
    predict(page)
    inside, queued = run(page, INSIDE), run(page, QUEUED)
    for address in (queued["address"], f"{inside['address']}?with={queued['run']}"):
        page.goto(page.url.split("/labs/")[0] + address)
        for part in page.locator("details > summary").all():
            part.click()
        assert_sound(page)
    expect(page.get_by_role("region", name="What differs")).to_contain_text("only in one")
    page.get_by_role("img", name="Mail server").first.focus()
    expect(page.locator("[data-said]").first).to_contain_text("Mail server, ")
