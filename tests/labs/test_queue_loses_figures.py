"""When the queue loses: what its rows say, with rows of a known machine."""

from typing import Any, cast

import pytest

from labs.when_the_queue_loses.analysis import ALWAYS, NEVER, BreakEven, analyse, break_even, crossing, difference
from labs.when_the_queue_loses.experiment import CELLS, FLOOR_UP_TO_MS, SIZES_MS, rounds
from labs.when_the_queue_loses.findings import findings
from labs.when_the_queue_loses.parts import Client


def made_up_rows(publish_ms: float = 1.0, travel_ms: float = 4.0, runs: int = 7) -> list[dict[str, Any]]:
    """Rows of a machine on which every request takes 0.5 ms and everything else what it should."""
    rows: list[dict[str, Any]] = []
    for number in range(runs):
        jitter = 1 + number / 100
        for size_ms in SIZES_MS:
            inside = {"response_ms": (0.5 + size_ms) * jitter, "result_ms": (0.5 + size_ms) * jitter, "handover_ms": 0}
            response_ms = (0.5 + publish_ms) * jitter
            queued = {"response_ms": response_ms, "result_ms": (0.5 + travel_ms + size_ms) * jitter}
            common = {"size_ms": size_ms, "work_ms": size_ms}
            rows.append({"arm": "inside", **common, **inside})
            rows.append({"arm": "queued", **common, **queued, "handover_ms": travel_ms * jitter})
            if size_ms <= FLOOR_UP_TO_MS:
                rows.append({"arm": "floor", **common, **queued, "handover_ms": travel_ms / 8})
    rows += [{"arm": "first publish", "response_ms": 120.0}, {"arm": "later publish", "response_ms": 0.8}]
    return rows


def words_on(rows: list[dict[str, Any]], **guesses: float) -> str:
    found = findings({"rows": rows, "setting": {}}, guesses)
    return " ".join((found.headline, *found.sentences))


def test_the_break_even_is_where_publishing_costs_as_much_as_the_work():
    found = analyse(made_up_rows(publish_ms=1.5)).answer
    assert found.at_ms == pytest.approx(1.5, abs=0.05)
    assert found.low_ms
    assert found.high_ms
    assert found.low_ms <= 1.5 <= found.high_ms


def test_a_dearer_publish_moves_it_up():
    assert "Below about 1.5 ms of work" in words_on(made_up_rows(publish_ms=1.5))
    assert "Below about 7.0 ms of work" in words_on(made_up_rows(publish_ms=7))


def test_with_the_two_ways_swapped_the_sentence_says_the_opposite():
    swapped = {"inside": "queued", "queued": "inside"}
    rows = [row | {"arm": swapped.get(row["arm"], row["arm"])} for row in made_up_rows()]
    words = words_on(rows)
    assert "does not follow from the size of the work" in words
    assert "No size of work had its result measurably sooner inside" in words


def test_where_the_lines_never_cross_no_break_even_is_made_up():
    assert crossing({1: -1.0, 2: -3.0}) == NEVER
    assert crossing({1: 1.0, 2: 3.0}) == ALWAYS
    assert crossing({1: 1.0, 2: -1.0}) == 1.5
    always = made_up_rows(publish_ms=900)
    assert "sooner inside the request for every size of work" in words_on(always)
    assert break_even({1.0: [5.0]}, {1.0: [1.0]}) == BreakEven(NEVER)


def test_the_price_of_the_message_is_named_and_a_difference_in_the_noise_is_none():
    assert "Queueing adds 4.1 ms" in words_on(made_up_rows(travel_ms=4))
    assert "at every size: a queue moves work, it does not speed it up" not in words_on(made_up_rows(travel_ms=4))
    assert "500 ms there is no difference you could measure" in words_on(made_up_rows(travel_ms=4))


def test_with_few_runs_only_what_does_not_overlap_is_a_difference():
    assert difference(1, [1.0, 2.0], [3.0, 4.0]).is_measurable
    assert not difference(1, [1.0, 5.0], [3.0, 4.0]).is_measurable


def test_a_machine_that_did_something_else_meanwhile_is_told():
    busy = [row | ({"work_ms": 2 * row["size_ms"]} if "size_ms" in row else {}) for row in made_up_rows()]
    assert "2.0 times as long as when it was counted" in words_on(busy)
    assert "busy" not in words_on(made_up_rows())


def test_the_figure_holds_a_guess_only_of_whoever_made_it():
    result = {"rows": made_up_rows(), "setting": {}}
    mine, strangers = findings(result, {"answer": 3.0}), findings(result, {})
    assert "you: 3<" in mine.figure
    assert "you:" not in strangers.figure
    for shown in (mine, strangers):
        assert " style=" not in shown.figure
        assert "break-even 1." in shown.figure
        assert "logarithmic" in shown.figure


class QuickClient:
    """A web server and workers that need no time."""

    def ask(self, arm: str, run_id: str, rounds: int) -> dict[str, float]:
        return {"sent": 0.0, "started": 0.0, "ended": 0.0, "received": 0.0}

    def done(self, run_id: str, timeout_s: float) -> tuple[float, float]:
        return 0.0, 0.0

    def processor_ms(self) -> None:
        return None


@pytest.mark.parametrize(("give_up_at", "made"), [(float("inf"), 4), (0.0, 2)])
def test_a_machine_too_busy_for_all_rounds_ends_in_time_with_fewer(give_up_at, made):
    rows: list[dict[str, Any]] = []
    made_rounds = rounds(cast(Client, QuickClient()), 100.0, 4, give_up_at, rows)
    assert all(one.done <= one.of for one in made_rounds)
    assert len(rows) == made * len(CELLS)
