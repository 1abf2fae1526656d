"""The figures of Ada's own runs that quizzes ask for; Bob's are never among them."""

import time

import pytest

from labs.bench.measured import FIGURES
from labs.bench.models import Experiment, Run
from labs.bench.registry import all_labs
from learners import measured, records
from learners.models import Entry, Learner
from tests.labs.test_explain import runs_of
from tests.labs.test_queue_loses_figures import made_up_rows

pytestmark = pytest.mark.django_db

MAIL, FREEZE, LOSES = "email-in-request", "who-freezes-the-page", "when-the-queue-loses"


@pytest.fixture
def ada() -> Learner:
    """330 ms inside the request, of which the mail is 300; 45 ms queued, whose mail arrives after 318."""
    learner = Learner.objects.create()
    runs_of(learner)
    return learner


def figure(name: str, learner: Learner | None) -> tuple[float, str] | None:
    found = measured.measured(name, learner)
    return (round(found.value, 1), found.because) if found else None


@pytest.mark.parametrize(
    ("name", "value", "because"),
    [
        ("apart", 285.0, "330 ms less 45 ms."),
        ("ratio", 7.3, "“Inside the request”: 330 ms. “Through Redis”: 45 ms. The first divided by the second."),
        ("mail-after", 273.0, "The answer came after 45 ms, the mail after 318 ms."),
        ("work-share", 90.9, "The work took 300 ms of 330 ms."),
        ("response-inline", 330.0, "“Inside the request”: the answer came after 330 ms."),
        ("response-queued", 45.0, "“Through Redis”: the answer came after 45 ms."),
    ],
)
def test_the_figures_of_a_request_lab(ada: Learner, name: str, value: float, because: str) -> None:
    found = figure(f"{MAIL}/{name}", ada)
    assert found is not None
    assert found[0] == value
    assert found[1].startswith(because)


def test_each_leads_to_the_page_of_a_run_it_was_read_from(ada: Learner) -> None:
    inside = Run.objects.get(condition="inside")
    found = measured.measured(f"{MAIL}/response-inline", ada)
    assert found is not None
    assert found.address == f"/labs/{MAIL}/runs/{inside.pk}/"


@pytest.mark.parametrize("lab", [MAIL, FREEZE])
def test_nobody_has_a_figure_without_runs_of_their_own(ada: Learner, lab: str) -> None:
    for name in (*FIGURES, "prediction-off"):
        assert measured.measured(f"{lab}/{name}", Learner.objects.create()) is None
        assert measured.measured(f"{lab}/{name}", None) is None


def test_the_newest_run_counts_and_a_failed_or_unfinished_one_does_not(ada: Learner) -> None:
    now = time.time()
    usual = {"learner": ada, "lab": MAIL, "condition": "inside", "parameters": {"mail_wait_ms": 300}}
    Run.objects.create(**usual, web_stamps={"arrived": now, "left": now + 0.2})
    Run.objects.create(**usual, web_stamps={"arrived": now, "left": now + 9}, error="redis: away")
    Run.objects.create(**usual, web_stamps={"arrived": now})
    assert figure(f"{MAIL}/apart", ada) == (155.0, "200 ms less 45 ms.")


def test_runs_at_two_settings_are_never_mixed(ada: Learner) -> None:
    now = time.time()
    other = {"parameters": {"mail_wait_ms": 1000}, "web_stamps": {"arrived": now, "left": now + 1.03}}
    Run.objects.create(learner=ada, lab=MAIL, condition="inside", **other)
    assert figure(f"{MAIL}/apart", ada) == (285.0, "330 ms less 45 ms."), "the newest setting with both ways"
    found = figure(f"{MAIL}/response-inline", ada)
    assert found is not None
    assert found[0] == 1030.0


def test_how_far_a_prediction_was_off_is_told_for_the_way_where_it_was_off_the_most() -> None:
    ada = Learner.objects.create()
    records.write(ada, Entry.Kind.PREDICTED, f"labs/{MAIL}", {"waits_ms": {"inside": 250, "queued": 40}})
    assert measured.measured(f"{MAIL}/prediction-off", ada) is None, "nothing is measured yet"
    runs_of(ada)
    Run.objects.update(alone=True)
    expected = (80.0, "“Inside the request”: you predicted 250 ms and measured 330 ms.")
    assert figure(f"{MAIL}/prediction-off", ada) == expected


def test_a_lab_that_measures_inp_gives_apart_and_ratio_in_inp() -> None:
    ada = Learner.objects.create()
    now = time.time()
    for condition, event_ms in (("fetch-slow", 16.0), ("xhr-slow", 344.0)):
        Run.objects.create(
            learner=ada,
            lab=FREEZE,
            condition=condition,
            parameters={"mail_wait_ms": 300},
            web_stamps={"arrived": now, "left": now + 0.33},
            browser_stamps={"event_ms": event_ms},
        )
    assert figure(f"{FREEZE}/apart", ada) == (328.0, "344 ms less 16 ms.")
    found = figure(f"{FREEZE}/ratio", ada)
    assert found is not None
    assert found[0] == 21.5


@pytest.fixture
def after_the_experiment() -> tuple[Learner, Experiment]:
    """Ada after an experiment on a machine where a publish takes 1 ms, the first one 120, and the travel 4."""
    ada = Learner.objects.create()
    result = {"rows": made_up_rows(), "setting": {}, "others_meanwhile": 0}
    done = Experiment.objects.create(learner=ada, lab=LOSES, state=Experiment.State.DONE, result=result)
    return ada, done


@pytest.mark.parametrize(
    ("name", "value"), [("break-even", 1.0), ("cold-publish", 120.0), ("warm-publish", 0.8), ("floor", 0.5)]
)
def test_the_figures_of_the_experiment(
    after_the_experiment: tuple[Learner, Experiment], name: str, value: float
) -> None:
    ada, done = after_the_experiment
    found = measured.measured(f"{LOSES}/{name}", ada)
    assert found is not None
    assert found.value == pytest.approx(value, rel=0.05)
    assert found.because
    assert found.address == f"/labs/{LOSES}/runs/{done.pk}/"


def test_an_experiment_that_was_stopped_or_is_not_over_gives_none() -> None:
    ada = Learner.objects.create()
    Experiment.objects.create(learner=ada, lab=LOSES, state=Experiment.State.STOPPED)
    assert measured.measured(f"{LOSES}/cold-publish", ada) is None


def test_no_break_even_is_claimed_where_the_queue_never_loses() -> None:
    ada = Learner.objects.create()
    rows = [row | ({"response_ms": 0.1} if row["arm"] == "queued" else {}) for row in made_up_rows()]
    Experiment.objects.create(learner=ada, lab=LOSES, state=Experiment.State.DONE, result={"rows": rows})
    assert measured.measured(f"{LOSES}/break-even", ada) is None


def test_every_lab_says_where_and_how_its_figures_are_measured() -> None:
    for slug, lab in all_labs().items():
        own = [name for name in measured.known_figures() if name.startswith(f"{slug}/")]
        assert own, f"{slug} has no figure"
        for name in own:
            assert measured.source_of(name).title == lab.title
            assert measured.source_of(name).address == f"/labs/{slug}/"
            assert measured.source_of(name).to_do
            assert measured.unit_of(name) in {"ms", "times", "%"}


def test_an_unknown_figure_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        measured.measured("no-lab/apart", None)
