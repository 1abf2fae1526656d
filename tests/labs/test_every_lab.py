"""The contract that every lab keeps. A new lab is one folder; this file finds it by itself."""

import inspect
from importlib import import_module

import pytest

from labs.bench.experiments.lab import ExperimentLab
from labs.bench.experiments.line import LONGEST_S
from labs.bench.registry import LABS_DIR, all_labs, lab_packages
from tests.live import LiveCourse
from tests.visitor import Visitor

LABS = list(all_labs().values())
BENCH_LABS = [lab for lab in LABS if isinstance(lab, ExperimentLab)]
REQUEST_LABS = [lab for lab in LABS if lab not in BENCH_LABS]
by_slug = pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.slug)
by_slug_on_the_site = pytest.mark.parametrize("lab", REQUEST_LABS, ids=lambda lab: lab.slug)
by_slug_on_the_bench = pytest.mark.parametrize("lab", BENCH_LABS, ids=lambda lab: lab.slug)
PATIENCE_S = 25  # for an experiment with its usual parameters, on an idle machine


def test_every_folder_beside_the_bench_is_a_lab_and_is_found():
    folders = {path.name for path in LABS_DIR.iterdir() if path.is_dir() and not path.name.startswith("_")}
    assert {package.removeprefix("labs.") for package in lab_packages()} == folders - {"bench"}


@by_slug
def test_the_folder_is_named_after_the_slug_and_holds_the_same_few_files(lab):
    assert lab.folder.name == lab.slug.replace("-", "_")
    assert {"lab.py", "work.py", "tasks.py", "guide.md"} <= {path.name for path in lab.folder.iterdir()}


@by_slug
def test_it_asks_a_question_and_has_three_ideas(lab):
    assert lab.question.endswith("?")
    assert len(lab.ideas) == 3


@by_slug_on_the_site
def test_it_compares_at_least_two_conditions(lab):
    assert len(lab.conditions) >= 2
    assert len({condition.slug for condition in lab.conditions}) == len(lab.conditions)


@by_slug
def test_every_parameter_has_bounds_around_its_default(lab):
    for parameter in lab.parameters:
        assert parameter.read(str(parameter.default)) == parameter.default
        assert parameter.read(str(parameter.minimum)) == parameter.minimum
        assert parameter.read(str(parameter.maximum)) == parameter.maximum
        for outside in (parameter.minimum - 1, parameter.maximum + 1):
            with pytest.raises(ValueError, match=r"below|above"):
                parameter.read(str(outside))


@by_slug
def test_the_task_is_one_call_to_the_work(lab):
    tasks = import_module(f"labs.{lab.folder.name}.tasks")
    bodies = [inspect.getsource(task.run) for task in vars(tasks).values() if hasattr(task, "apply_async")]
    assert bodies
    for body in bodies:
        assert body.count("work.") == 2, "the docstring names the work, the body calls it, and that is all"


@by_slug
def test_the_code_that_is_shown_is_there(lab):
    assert all(path.is_file() for path in lab.code)


@by_slug_on_the_bench
def test_an_experiment_is_told_in_time_and_asks_for_guesses_within_bounds(lab):
    assert (lab.folder / "experiment.py").is_file()
    assert lab.expected_s(lab.defaults) <= PATIENCE_S
    assert lab.expected_s({parameter.name: parameter.maximum for parameter in lab.parameters}) < LONGEST_S * 0.75
    for guess in lab.guesses:
        assert guess.label.endswith("?")
        assert guess.read(str(guess.minimum)) == guess.minimum
        with pytest.raises(ValueError, match="out of bounds"):
            guess.read(str(guess.maximum + 1))


@by_slug_on_the_site
def test_every_condition_does_real_work(lab, live_course: LiveCourse):
    ada = Visitor(live_course.url)
    for condition in lab.conditions:
        answer = ada.post(f"/labs/{lab.slug}/run/{condition.slug}", lab.defaults)
        assert answer.status == 201
        final = ada.until_final(answer.json)
        assert final["phase"] == "done"
        assert final["spans"]
        assert answer.headers["Server-Timing"]
