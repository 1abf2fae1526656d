"""What a browser measured, in words: no value is not zero, and what was disturbed stands in no median."""

import pytest
from django.core.mail import EmailMessage

from labs.bench import slots
from labs.bench.browser_side import INTERRUPTED, inp_of, measured, newest_runs, sentence_on, styles
from labs.bench.forms import BadMeasurement, read_browser_stamps
from labs.bench.lab import INP
from labs.bench.models import Run
from labs.bench.registry import all_labs
from labs.bench.results import ShownRun
from labs.bench.slots import NoSlotFree
from labs.bench.summary import summarise
from labs.bench.timeline import timeline_of
from labs.who_freezes_the_page.verdict import verdict
from tests.people import browser_of_a_newcomer

LAB = all_labs()["who-freezes-the-page"]
CHROMIUM = ["event", "longtask", "long-animation-frame", "interaction-contentful-paint", "largest-contentful-paint"]
FIREFOX = ["event", "largest-contentful-paint"]
SENT = {"sent": "1800000000", "received": "1800000000.3"}


def run_of(slug: str, event_ms: float | None = None, gap_ms: float = 18.0, reports=CHROMIUM, **stamps) -> Run:
    """A run that is over, as a browser would have told it."""
    usual = {
        "sent": 1.8e9,
        "received": 1.8e9 + 0.33,
        "event_ms": event_ms,
        "reports_clicks": True,
        "reports": reports,
        "frame_gap_ms": gap_ms,
        "feedback_ms": 335.0,
    }
    web = {"arrived": 10.0, "left": 10.33}
    if slug.endswith("fast"):
        web["publish_started"] = 10.0
    return Run(
        lab=LAB.slug,
        condition=slug,
        web_stamps=web,
        worker_stamps={"finished": 11.0},
        browser_stamps=usual | stamps,
    )


def summary_of(slug: str, *runs: Run):
    return summarise(LAB.condition(slug), runs, None, LAB.figure)


def shown(run: Run) -> ShownRun:
    return ShownRun(LAB.condition(run.condition), run, "", timeline_of(run), None)  # type: ignore[arg-type]


def a_whole_lab(xhr_gap_ms: float = 327.0) -> list:
    """Three runs of each way, the synchronous one as given."""
    runs = {condition.slug: [run_of(condition.slug, 24)] * 3 for condition in LAB.conditions}
    runs["xhr-slow"] = [run_of("xhr-slow", xhr_gap_ms - 7, xhr_gap_ms, long_task_ms=xhr_gap_ms - 10)] * 3
    return [summary_of(slug, *made) for slug, made in runs.items()]


def test_a_click_without_an_event_counts_beside_the_median_and_never_as_zero():
    summary = summary_of("fetch-slow", run_of("fetch-slow", 24), run_of("fetch-slow"), run_of("fetch-slow", 32))
    assert (summary.n, summary.none_reported) == (2, 1)
    assert summary.median_ms == 28


def test_a_crowd_a_background_tab_and_a_sleeping_machine_stand_in_no_median():
    disturbed = [run_of("fetch-slow", 900, interrupted=why) for why in INTERRUPTED]
    crowded = run_of("fetch-slow", 900)
    crowded.crowded = True
    summary = summary_of("fetch-slow", run_of("fetch-slow", 24), crowded, *disturbed)
    assert summary.median_ms == 24
    assert len(summary.runs) == 1
    assert "counts in no median" in sentence_on(disturbed[0])


@pytest.mark.parametrize(
    ("run", "said"),
    [
        (run_of("fetch-slow", 24), "24 ms"),
        (run_of("fetch-slow"), "under 16 ms"),
        (run_of("form-fast", ttfb_ms=30.0), "none reported"),
        (run_of("xhr-slow", gap_ms=333.0, reports=FIREFOX), "none reported"),
        (run_of("fetch-slow", reports_clicks=False), ""),
    ],
    ids=["reported", "too short", "the page was left", "the page froze without an event", "no click"],
)
def test_what_a_missing_event_means_depends_on_the_run(run, said):
    assert inp_of(run) == said


def test_the_verdict_names_who_froze_the_page_and_what_the_queue_moved():
    text = verdict(a_whole_lab())
    assert text.startswith("With the slow server the page froze for Synchronous XHR (327 ms, INP 320 ms).")
    assert "It went on painting for the others, with no gap over 18 ms." in text
    assert "Through Redis the INP of fetch is no different (24 and 24 ms)" in text


def test_the_verdict_follows_the_runs_when_nothing_freezes():
    assert verdict(a_whole_lab(xhr_gap_ms=20.0)).startswith("Nothing froze the page.")


def test_there_is_no_verdict_while_a_way_is_missing():
    one_way_missing = [one for one in a_whole_lab() if one.condition.slug != "xhr-slow"] + [summary_of("xhr-slow")]
    assert verdict(one_way_missing) == ""


def test_a_browser_without_long_tasks_says_so_and_shows_what_it_has():
    page = newest_runs([shown(run_of("xhr-slow", gap_ms=333.0, reports=FIREFOX))])
    assert "Long task" in page.missing
    assert "Longest gap between frames" in page.titles
    assert "333 ms" in page.rows[0][1]


def test_the_next_pages_figures_stand_only_where_a_form_led_to_one():
    assert "TTFB of the next page" not in newest_runs([shown(run_of("fetch-slow", 24))]).titles
    page = newest_runs([shown(run_of("form-slow", 24, ttfb_ms=333.0, lcp_ms=390.0))])
    assert {"TTFB of the next page", "LCP of the next page"} <= set(page.titles)


def test_long_tasks_are_told_with_how_many_runs_had_one():
    by_slug = {one.summary.condition.slug: one for one in styles(a_whole_lab())}
    assert by_slug["xhr-slow"].long_task == "317 ms in 3 of 3"
    assert by_slug["fetch-slow"].long_task == "none"


def test_everything_measured_is_kept_and_exported_by_name():
    form = SENT | {"long_task_ms": "317", "frame_gap_ms": "327.2", "reports": "event,longtask,made-up", "event_ms": ""}
    stamps = read_browser_stamps(form)
    assert (stamps.long_task_ms, stamps.frame_gap_ms, stamps.event_ms) == (317, 327.2, None)
    assert stamps.reports == ("event", "longtask")
    assert measured(run_of("fetch-slow", 24))["long_task_ms"] is None


@pytest.mark.parametrize(
    ("field", "value"),
    [("frame_gap_ms", "-1"), ("feedback_ms", "1e9"), ("lcp_ms", "200000"), ("interrupted", "eaten by the dog")],
)
def test_what_no_browser_can_have_measured_is_refused_by_name(field, value):
    with pytest.raises(BadMeasurement, match=field):
        read_browser_stamps(SENT | {field: value})


def test_a_machine_that_slept_may_come_back_after_an_hour():
    slept = SENT | {"received": "1800003600", "interrupted": "slept"}
    assert read_browser_stamps(slept).interrupted == "slept"
    with pytest.raises(BadMeasurement):
        read_browser_stamps(slept | {"interrupted": ""})


@pytest.mark.django_db
@pytest.mark.parametrize(("line", "crowded"), [(0, False), (1, True)])
def test_a_form_that_stood_in_line_is_labelled_because_its_browser_timed_the_line_as_well(monkeypatch, line, crowded):
    others = iter([NoSlotFree] * line)
    start_in_slot = slots.start_in_slot

    def busy_then_free(run):
        if others_first := next(others, None):
            raise others_first
        start_in_slot(run)

    monkeypatch.setattr(slots, "start_in_slot", busy_then_free)
    monkeypatch.setattr(EmailMessage, "send", lambda self: None)
    browser_of_a_newcomer().post(f"/labs/{LAB.slug}/run/form-slow", {"timed": "1"})
    assert Run.objects.get().crowded is crowded


def test_a_lab_with_a_form_style_repeats_by_click_because_a_form_leaves_the_page():
    for lab in all_labs().values():
        clients = {condition.client for condition in getattr(lab, "conditions", ())}
        assert "form" not in clients or lab.figure is INP
