"""`manage.py claims` without a browser: what it prints, keeps, refuses and fails with. The parts are modelled."""

import sys
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from course.management.commands import claims as command
from labs.bench.claims.record import Measured, read_record
from labs.bench.claims.registry import all_claims
from tests.labs.claims_world import sample

SESSION = Measured("2026-11-22T16:30", "2 cores", {"Redis": "7.0.15"}, False, {}, {})


class ModelledParts:
    """What the command measures with; `spoiled` are figures as a broken course would give them."""

    def __init__(self) -> None:
        self.spoiled: dict[str, float] = {}

    def sample(self, source):
        return {**sample(source), **self.spoiled}

    def session(self) -> Measured:
        return SESSION


@pytest.fixture
def parts(monkeypatch, tmp_path) -> ModelledParts:
    made = ModelledParts()

    @contextmanager
    def modelled():
        yield made

    monkeypatch.setattr(command, "parts", modelled)
    monkeypatch.setattr(command, "RECORDS", tmp_path)
    return made


def run(*options: str) -> str:
    """What the command prints."""
    out = StringIO()
    call_command("claims", *options, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_all_claims_are_measured_and_a_dated_record_is_kept(parts, tmp_path):
    printed = run()
    record = read_record(tmp_path / "2026-11-22-1630.json")
    assert printed.count("\nholds") + 1 == len(record) == len(all_claims())
    assert all(one.holds and one.machine == "2 cores" for one in record.values())


def test_some_claims_are_measured_without_a_record(parts, tmp_path):
    assert run("--only", "answer-sooner", "--dry").count("holds") == 1
    assert list(tmp_path.iterdir()) == []


def test_every_sabotaged_claim_is_reported_as_not_holding(parts, tmp_path):
    printed = run("--sabotage")
    assert printed.count("DOES NOT HOLD") == len(all_claims())
    assert list(tmp_path.iterdir()) == []


def test_a_claim_that_does_not_hold_fails_with_its_figures_and_is_recorded(parts, tmp_path):
    parts.spoiled = {"final_text_ms": 123.0}
    with pytest.raises(CommandError, match=r"1 of 1 claims do not hold.*\n.*answer-sooner.*\n.*123\sms"):
        run("--only", "answer-sooner")
    assert not read_record(tmp_path / "2026-11-22-1630.json")["answer-sooner"].holds


def test_a_saboteur_that_is_not_found_out_fails(parts):
    parts.spoiled = {"mail_ms": 1000.0, "publish_ms": 1.0}
    with pytest.raises(CommandError, match="hold though they were sabotaged"):
        run("--only", "publish-cheap", "--sabotage")


def test_twenty_passes_are_twenty_measurements(parts):
    assert run("--only", "answer-sooner", "--times", "20", "--dry").count("holds") == 20


def test_an_unknown_claim_is_told(parts):
    with pytest.raises(CommandError, match=r"There is no claim answer-soner\. Known: answer-sooner"):
        run("--only", "answer-soner")


def test_without_the_tools_of_a_clone_it_says_what_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    monkeypatch.delitem(sys.modules, "benchmarks.claims", raising=False)
    monkeypatch.delitem(sys.modules, "benchmarks.client_clicks", raising=False)
    with pytest.raises(CommandError, match="Measuring claims needs the tools"):
        run("--only", "answer-sooner")
