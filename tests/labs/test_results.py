"""Ada's results: one that she stopped is kept as partial, two lie side by side, and her guesses stand beside them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from apparatus.processes import Group
from labs.bench.calibration import calibrated
from labs.bench.experiments import line, process
from labs.bench.experiments.lab import ExperimentLab, Progress, Steps, Stopped
from labs.bench.experiments.line import State
from labs.bench.models import Experiment
from labs.when_the_queue_loses import experiment as its
from labs.when_the_queue_loses.experiment import CELLS, SIZES_MS
from learners.models import Learner
from tests.labs.experiment_page import LAB, PAGE
from tests.labs.test_queue_loses_figures import made_up_rows
from tests.people import browser_of_a_newcomer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody_starts")]

NOTHING_ELSE = {"setting": {}, "others_meanwhile": 0}


@pytest.fixture
def ada():
    """Ada's browser, after she has written her guesses."""
    browser = browser_of_a_newcomer()
    browser.post(f"{PAGE}predict/", {"answer": "1,4", "result": "400"})
    return browser


def newest_learner() -> Learner:
    return Learner.objects.latest("created_at")


def result_of(publish_ms: float = 1.5, **more: Any) -> Experiment:
    """A result of the newest learner, of a machine that publishes in so many ms."""
    result = {"rows": made_up_rows(publish_ms=publish_ms)} | NOTHING_ELSE | more
    state = State.STOPPED if "partial" in more else State.DONE
    return Experiment.objects.create(learner=newest_learner(), lab=LAB.slug, state=state, result=result)


def page_of(browser: Client, address: str = PAGE) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def stopped_after(rounds: int) -> ExperimentLab:
    """The lab, whose experiment is asked to stop after so many whole rounds and one cell more."""

    def measure(group: Group, parameters: Mapping[str, int]) -> Steps:
        rows: list[dict[str, Any]] = made_up_rows(runs=max(rounds, 1))[: len(CELLS) * rounds + 1]
        try:
            yield Progress(1, 2, "Round 1")
            raise AssertionError("nobody stopped it")
        except Stopped:
            return its.partial(rows, 6, {"Redis": "made up"})

    return replace(LAB, experiment=measure)


def carried_out_and_stopped(lab: ExperimentLab) -> Experiment:
    experiment = line.ask(LAB, newest_learner(), {"runs": 6})
    line.take_next()
    experiment.refresh_from_db()
    line.stop(experiment)
    process.carry_out(experiment, lab)
    experiment.refresh_from_db()
    return experiment


def test_what_was_measured_before_the_stop_is_kept_in_whole_rounds(ada):
    kept = carried_out_and_stopped(stopped_after(rounds=2))
    assert kept.state == State.STOPPED
    assert kept.partial == "2 of 6 rounds"
    assert len(kept.result["rows"]) == 2 * len(CELLS)


def test_it_is_labelled_on_the_page_its_address_its_exports_and_in_the_notebook(ada):
    kept = carried_out_and_stopped(stopped_after(rounds=2))
    for shown in (page_of(ada), page_of(ada, f"{PAGE}runs/{kept.pk}/")):
        assert '<span class="impact">partial</span>' in shown
        assert "Stopped before its end; this is 2 of 6 rounds." in shown
    assert "what was measured until then is kept: 2 of 6 rounds" in page_of(ada)
    assert ada.get(f"{PAGE}runs/{kept.pk}.json").json()["partial"] == "2 of 6 rounds"
    assert "-partial.csv" in ada.get(f"{PAGE}runs/{kept.pk}.csv").headers["Content-Disposition"]
    notebook = page_of(ada, "/notebook/")
    assert "You stopped the experiment" in notebook
    assert "Partial." in notebook


def test_before_the_first_round_is_whole_there_is_nothing_to_keep(ada):
    nothing = carried_out_and_stopped(stopped_after(rounds=0))
    assert nothing.state == State.STOPPED
    assert nothing.result == {}
    assert "nothing was kept of it" in page_of(ada)


def test_two_results_lie_side_by_side_each_with_its_own_figures(ada):
    first, second = result_of(publish_ms=1.5), result_of(publish_ms=7)
    shown = page_of(ada, f"{PAGE}runs/{first.pk}/?with={second.pk}")
    row = shown[shown.index("The answer came sooner inside up to") :].partition("</tr>")[0]
    assert row.index("1.5 ms of work") < row.index("7.0 ms of work")
    assert shown.count("break-even 1.5") == 2, "its own figure, and once more beside the other"
    assert shown.count("break-even 7.0") == 1
    pasted = page_of(ada, f"{PAGE}runs/{first.pk}/?with=http://127.0.0.1:8000{PAGE}runs/{second.pk}/")
    assert "7.0 ms of work" in pasted


def test_the_lab_leads_there_and_offers_only_her_own(ada):
    first, second = result_of(), result_of()
    assert f'href="{PAGE}runs/{second.pk}/?with={first.pk}"' in page_of(ada)
    bob = browser_of_a_newcomer()
    bob.post(f"{PAGE}predict/", {"skip": "1"})
    assert f"?with={first.pk}" in page_of(ada, f"{PAGE}runs/{second.pk}/")
    assert f"?with={first.pk}" not in page_of(bob, f"{PAGE}runs/{second.pk}/")


@pytest.mark.parametrize("wanted", ["no-such", "<script>", "%00"])
def test_what_is_no_result_of_this_lab_is_told_beside_the_field(ada, wanted):
    answer = ada.get(f"{PAGE}runs/{result_of().pk}/?with={wanted}")
    assert answer.status_code == 400
    assert b"There is no such result of this lab." in answer.content


@pytest.mark.parametrize("is_there", [True, False], ids=["with a result", "with nothing"])
def test_an_experiment_without_a_result_says_so_to_who_compares_it(ada, is_there):
    waiting, other = line.ask(LAB, newest_learner(), {"runs": 6}), result_of()
    answer = ada.get(f"{PAGE}runs/{waiting.pk}/?with={other.pk if is_there else 'no-such'}")
    assert answer.status_code == 400
    assert b"This one has no result to compare with." in answer.content


def test_guesses_about_an_experiment_are_calibrated_with_what_it_found(ada):
    result_of(publish_ms=1.5)
    result_of(publish_ms=1.5, partial="2 of 6 rounds")
    answer, result = calibrated(newest_learner())
    assert (answer.predicted, answer.measured, answer.n, answer.verdict) == ("1.4", "1.5", 1, "near")
    assert result.measured_ms is not None
    assert result.measured_ms < 400
    assert result.verdict.endswith("too much")
    notebook = page_of(ada, "/notebook/")
    assert "2 predictions measured: 1 near, 1 too much." in notebook
    assert "Up to how much work does the answer come sooner inside the request?: wrote 1.4, was 1.5" in notebook


def test_a_break_even_of_two_ms_is_not_near_a_guess_of_ten(ada):
    """A frame of the screen is nothing to a wait, and much to a break-even."""
    ada.post(f"{PAGE}predict/", {"answer": "10", "result": "0.2"})
    result_of(publish_ms=1.5)
    answer = [one for one in calibrated(newest_learner()) if one.condition.slug == "answer"][-1]
    assert answer.verdict == "8.5 ms too much"


def test_where_no_size_is_a_border_the_guess_is_held_against_none_or_all(ada):
    answer = LAB.guesses[0].measured
    assert answer({"rows": made_up_rows(publish_ms=900)}) == max(SIZES_MS)
    assert answer({"rows": made_up_rows(publish_ms=-0.4)}) == 0
