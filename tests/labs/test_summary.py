"""Many runs in few figures."""

import pytest

from labs.bench.models import Run
from labs.bench.registry import all_labs
from labs.bench.summary import interval_of_ratio, sentence, summarise

INSIDE, QUEUED = all_labs()["email-in-request"].conditions


def run_of(condition, wait_ms: float, **columns) -> Run:
    stamps = {"arrived": 10.0, "left": 10.0 + wait_ms / 1000}
    if condition is QUEUED:
        stamps["publish_started"] = 10.0
        columns.setdefault("worker_stamps", {"finished": 11.0})
    return Run(condition=condition.slug, web_stamps=stamps, **columns)


def test_the_median_is_the_middle_one_and_the_spread_the_ends():
    summary = summarise(INSIDE, [run_of(INSIDE, wait) for wait in (300, 900, 310)], predicted_ms=250)
    assert summary.n == 3
    assert summary.median_ms == pytest.approx(310)
    assert summary.spread == "300 to 900"
    assert summary.off_by == "60 ms"


def test_runs_in_a_crowd_and_runs_that_failed_or_wait_count_in_no_median():
    runs = [
        run_of(QUEUED, 40),
        run_of(QUEUED, 4000, crowded=True),
        run_of(QUEUED, 5000, error="redis: refuses connections"),
        run_of(QUEUED, 6000, worker_stamps={}),
    ]
    summary = summarise(QUEUED, runs, predicted_ms=None)
    assert summary.n == 1
    assert summary.median_ms == pytest.approx(40)


@pytest.mark.parametrize(
    ("inside_ms", "queued_ms", "said"),
    [
        (330, 45, "Through Redis, the answer came 285 ms sooner."),
        (40, 90, "Through Redis, the answer came 50 ms later."),
        (40, 36, "Through Redis, the answer came 4.0 ms sooner: no difference you could see."),
    ],
)
def test_the_sentence_says_what_the_figures_say_also_when_the_queue_loses(inside_ms, queued_ms, said):
    summaries = [
        summarise(INSIDE, [run_of(INSIDE, inside_ms)], None),
        summarise(QUEUED, [run_of(QUEUED, queued_ms)], None),
    ]
    assert sentence(summaries) == said


def test_with_one_condition_alone_nothing_is_said():
    assert sentence([summarise(INSIDE, [run_of(INSIDE, 300)], None), summarise(QUEUED, [], None)]) == ""


def test_with_enough_runs_it_says_how_many_times_and_between_which_bounds():
    inside = [run_of(INSIDE, wait) for wait in (300, 310, 320, 330, 340)]
    queued = [run_of(QUEUED, wait) for wait in (29, 30, 31, 32, 33)]
    text = sentence([summarise(INSIDE, inside, None), summarise(QUEUED, queued, None)])
    assert text.startswith("Through Redis, the answer came 289 ms sooner: 10.3 times as fast (95 % interval ")
    low, high = interval_of_ratio([300, 310, 320, 330, 340], [29, 30, 31, 32, 33])
    assert 9 < low < 10.3 < high < 12


def test_runs_that_scatter_over_each_other_are_called_chance():
    inside = [run_of(INSIDE, wait) for wait in (20, 30, 60, 200, 400)]
    queued = [run_of(QUEUED, wait) for wait in (10, 25, 40, 190, 390)]
    text = sentence([summarise(INSIDE, inside, None), summarise(QUEUED, queued, None)])
    assert text.endswith("may be chance.")
