"""Others measure and do not give way: Ada's run joins the crowd while there is room in it, and else she is told."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from apparatus.processes import Group
from apparatus.smtp_part import start_smtp_server, wait_for_base_port
from labs.bench import limits, timing
from labs.bench.models import Run
from labs.bench.slots import start_in_slot
from learners.models import Learner
from tests.people import browser_of_a_newcomer

pytestmark = pytest.mark.django_db

LAB = "/labs/email-in-request/"
SCRIPT = {"Accept": "application/json"}


@pytest.fixture(scope="module")
def smtp_base_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A mail server of this module's own."""
    with Group(tmp_path_factory.mktemp("mail")) as group:
        yield wait_for_base_port(group, start_smtp_server(group))


@pytest.fixture(autouse=True)
def otto_measures(settings: Settings, monkeypatch: pytest.MonkeyPatch, smtp_base_port: int) -> Learner:
    """Otto, whose run holds the only slot; a form stands in line for no time at all."""
    settings.MEASURING_SLOTS, settings.SMTP_BASE_PORT = 1, smtp_base_port
    monkeypatch.setattr(timing, "FORM_PATIENCE_S", 0)
    otto = Learner.objects.create()
    start_in_slot(Run(learner=otto, lab="email-in-request", condition="inside"))
    return otto


@pytest.fixture
def ada() -> Client:
    """Ada's browser, after she has gone on without a prediction."""
    browser = browser_of_a_newcomer()
    browser.post(f"{LAB}predict/", {"skip": "1"})
    return browser


def crowd_of(learner: Learner, runs: int) -> None:
    """So many runs just made in the crowd; one of before and two outside the crowd are no part of it."""
    usual = {"learner": learner, "lab": "email-in-request", "condition": "inside"}
    earlier = Run.objects.create(**usual, crowded=True)
    Run.objects.filter(pk=earlier.pk).update(created_at=timezone.now() - timedelta(seconds=6))
    Run.objects.bulk_create(Run(**usual, crowded=True) for _ in range(runs))
    Run.objects.bulk_create(Run(**usual) for _ in range(2))


def own_runs(otto: Learner) -> list[Run]:
    """What is not Otto's."""
    return list(Run.objects.exclude(learner=otto))


def test_a_form_joins_the_crowd_while_there_is_room_and_its_run_says_so(ada, otto_measures):
    crowd_of(otto_measures, limits.CROWD_PER_5_S - 1)
    answer = ada.post(f"{LAB}run/inside", {"mail_wait_ms": 0})
    assert answer.status_code == 302
    (run,) = own_runs(otto_measures)
    assert (run.phase, run.crowded, run.slot) == ("done", True, None)


def test_a_form_that_finds_the_crowd_full_is_told_and_nothing_is_run(ada, otto_measures):
    crowd_of(otto_measures, limits.CROWD_PER_5_S)
    answer = ada.post(f"{LAB}run/inside", {"mail_wait_ms": 0})
    assert answer.status_code == 503
    page = answer.content.decode()
    assert "You are next. Others are measuring" in page
    assert "one more run would measure only them. Nothing is lost: go back and try again." in page
    assert f'href="{LAB}"' in page
    assert own_runs(otto_measures) == []


def test_a_script_that_will_not_wait_stands_in_line_while_the_crowd_is_full(ada, otto_measures):
    crowd_of(otto_measures, limits.CROWD_PER_5_S)
    answer = ada.post(f"{LAB}run/inside", {"mail_wait_ms": 0, "anyway": 1}, headers=SCRIPT)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
    assert (answer.json()["in_line"], answer.json()["place"]) == (True, 1)
    assert own_runs(otto_measures) == []


def test_a_script_at_the_end_of_a_line_without_end_is_told_to_come_back(ada, otto_measures, monkeypatch):
    monkeypatch.setattr("labs.bench.slots.LONGEST_LINE", 0)
    answer = ada.post(f"{LAB}run/inside", {"mail_wait_ms": 0}, headers=SCRIPT)
    assert (answer.status_code, answer.json()) == (429, {"reason": timing.FULL})
