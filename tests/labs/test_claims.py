"""What the course claims: every claim can be refuted, is judged by what was measured, and knows when it is stale."""

from dataclasses import replace

import pytest

from authoring.lanes import LANE_BY_SLUG
from labs.bench.claims import measuring, record
from labs.bench.claims.claim import AtLeast, Claim, MoreBy, Within, spread_of
from labs.bench.claims.measuring import measure
from labs.bench.claims.notes import Notes
from labs.bench.claims.record import Measured, as_measured, changed_since, read_record, write_record
from labs.bench.claims.registry import all_claims
from labs.bench.claims.sources import Click, Rows, Source
from labs.bench.claims.state import shown_arm
from labs.bench.registry import all_labs
from tests.labs.claims_world import sample

CLAIMS = list(all_claims().values())
by_id = pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)


def quietly(done: int, total: int, source: Source) -> None:
    """Tell nobody how far it is."""


def judged(claim: Claim):
    """The verdict on a claim in the model world."""
    (found,) = measure([claim], sample, progress=quietly, quick=True)
    return found.verdict


@by_id
def test_it_holds_where_its_mechanism_is_at_work(claim: Claim):
    assert judged(claim).holds


@by_id
def test_its_saboteur_is_found_out(claim: Claim):
    sabotaged = claim.sabotaged()
    assert sabotaged.arms != claim.arms
    assert not judged(sabotaged).holds, f"{claim.id} would hold whatever was measured: {claim.saboteur.words}"


@by_id
def test_it_belongs_to_a_lab_and_a_lane_and_is_one_sentence(claim: Claim):
    assert claim.lab in all_labs()
    assert claim.lane in LANE_BY_SLUG
    assert claim.sentence.endswith(".")
    assert len({arm.slug for arm in claim.arms}) == 2
    assert claim.compared


@by_id
def test_a_margin_under_two_is_explained(claim: Claim):
    is_wide = isinstance(claim.must, AtLeast) and claim.must.times >= 2
    is_exact = isinstance(claim.must, Within) and claim.must.margin == 0
    assert is_wide or is_exact or claim.why or claim.must == Within(16, *(arm.slug for arm in claim.arms))


@by_id
def test_every_file_that_it_depends_on_is_there(claim: Claim):
    assert set(record.depends_on(claim)) == {record.THE_CLAIM, *claim.files}


SOONER = replace(all_claims()["answer-sooner"], n=4)


def test_swapped_arms_measure_the_same_sources_under_each_others_names():
    one, other = SOONER.arms
    assert [arm.source for arm in SOONER.sabotaged().arms] == [other.source, one.source]
    assert [arm.label for arm in SOONER.sabotaged().arms] == [one.label, other.label]


@pytest.mark.parametrize(
    ("rule", "one", "other", "holds"),
    [
        (AtLeast(2, "one", "other"), 300, 150, True),
        (AtLeast(2, "one", "other"), 299, 150, False),
        (AtLeast(0.8, "one", "other"), 81, 100, True),
        (Within(16, "one", "other"), 24, 40, True),
        (Within(16, "one", "other"), 24, 41, False),
        (Within(0, "one", "other"), 1, 1, True),
        (MoreBy(150, "one", "other"), 450, 300, True),
        (MoreBy(150, "one", "other"), 449, 300, False),
    ],
)
def test_a_rule_is_a_ratio_a_difference_or_a_nearness(rule, one: float, other: float, holds: bool):
    assert rule.holds({"one": one, "other": other}) is holds
    assert "One" in rule.words({"one": "One", "other": "Other"})


def test_what_is_hardly_ever_reported_bears_nothing_out():
    assert spread_of([8, None, None]).median is None
    assert spread_of([8, 16, None]).median == 12
    assert spread_of([None, None, 300], unreported=50).median == 50
    arms = (replace(SOONER.arms[0], figure="never_ms"), SOONER.arms[1])
    assert not judged(replace(SOONER, arms=arms)).holds


def test_claims_share_what_they_measure_and_take_turns():
    asked: list[Source] = []

    def counting(source: Source):
        asked.append(source)
        return sample(source)

    claims = [all_claims()[one] for one in ("answer-sooner", "mail-no-sooner", "inp-fetch")]
    measure(claims, counting, progress=quietly)
    both = {Click("fetch", "inside"), Click("fetch", "queued")}
    assert len(asked) == 2 * 8
    assert all(set(asked[start : start + 2]) == both for start in range(0, len(asked), 2))


def test_of_two_claims_on_one_source_the_one_that_needs_more_decides_how_often():
    asked: list[Source] = []

    def counting(source: Source):
        asked.append(source)
        return sample(source)

    few, many = replace(SOONER, id="few", n=2), replace(SOONER, id="many", n=6)
    for claims in ([few, many], [many, few]):
        asked.clear()
        measure(claims, counting, progress=quietly)
        assert len(asked) == 2 * 6


def test_rows_of_an_experiment_are_those_of_their_arm_and_their_sizes():
    every = Rows("when-the-queue-loses", "queued", "x", "x", (), ())
    some = replace(every, sizes_ms=(1.0, 5.0))
    rows = [{"arm": arm, "size_ms": size_ms} for arm in ("queued", "inside") for size_ms in (1.0, 2.0)]
    assert [every.has(row) for row in rows] == [True, True, False, False]
    assert [some.has(row) for row in rows] == [True, False, False, False]


def test_an_arm_that_was_not_reported_says_so():
    arm = shown_arm(SOONER.arms[0], spread_of([None, None, 300.0]))
    assert (arm.median, arm.spread, arm.n) == ("not reported", "", 1)


def test_a_failure_is_measured_once_more_with_three_times_as_many():
    asked: list[Source] = []

    def unlucky_at_first(source: Source):
        asked.append(source)
        return sample(source) if len(asked) > 8 else {"final_text_ms": 100.0}

    (found,) = measure([SOONER], unlucky_at_first, progress=quietly)
    assert found.was_repeated
    assert found.verdict.holds
    assert found.verdict.arms["inside"].n == measuring.AGAIN_TIMES * 4
    (found,) = measure([SOONER.sabotaged()], sample, progress=quietly)
    assert found.was_repeated
    assert not found.verdict.holds


def test_a_sabotaged_claim_that_does_not_hold_is_as_it_must_be():
    (found,) = measure([SOONER.sabotaged()], sample, progress=quietly, expected=False)
    assert (found.verdict.holds, found.was_repeated) == (False, False)


@pytest.fixture
def measured() -> Measured:
    """What a session found about the first claim."""
    verdict = judged(SOONER)
    session = Measured("2026-11-22T16:30", "2 cores, Debian 12", {"Redis": "7.0.15"}, False, {}, {})
    return as_measured(SOONER, verdict.holds, verdict.arms, session)


def test_a_record_is_read_back_as_it_was_written(tmp_path, measured: Measured):
    path = write_record(tmp_path, "2026-11-22-1630", {"answer-sooner": measured, "other": measured})
    assert read_record(path) == {"answer-sooner": measured, "other": measured}
    assert record.last_measurements(tmp_path)["other"].arms["inside"].n == 4


def test_the_newest_record_that_holds_a_claim_is_its_last_measurement(tmp_path, measured: Measured):
    later = replace(measured, measured_at="2026-12-01T09:00", holds=False)
    write_record(tmp_path, "b", {"answer-sooner": later})
    write_record(tmp_path, "c", {"answer-sooner": measured, "inp-fetch": measured})
    last = record.last_measurements(tmp_path)
    assert last["answer-sooner"] == later
    assert last["inp-fetch"] == measured


def test_a_claim_is_stale_once_its_words_or_its_code_have_changed(measured: Measured, tmp_path, monkeypatch):
    assert changed_since(measured, SOONER) == []
    assert changed_since(measured, replace(SOONER, must=AtLeast(3, "inside", "queued"))) == ["claim"]
    old = dict(measured.depends_on) | {"labs/email_in_request/work.py": "0"}
    assert changed_since(replace(measured, depends_on=old), SOONER) == ["labs/email_in_request/work.py"]


def test_a_note_reads_the_files_of_its_claim_alone_and_each_time_anew(monkeypatch):
    read: list[str] = []
    hashes = {claim_id: dict(last.depends_on) for claim_id, last in record.last_measurements().items()}

    def depends_on(claim: Claim) -> dict[str, str]:
        read.append(claim.id)
        return hashes[claim.id]

    monkeypatch.setattr(record, "depends_on", depends_on)
    notes = Notes()
    assert list(notes) == list(all_claims())
    assert "answer-sooner" in notes
    assert "answer-soner" not in notes
    assert read == []
    before = notes["answer-sooner"].state
    hashes["answer-sooner"] |= {"labs/email_in_request/work.py": "changed since"}
    assert (before, notes["answer-sooner"].state) == ("holds", "stale")
    assert read == ["answer-sooner", "answer-sooner"]


def test_in_an_image_without_benchmarks_nothing_is_stale_for_that(measured: Measured, tmp_path, monkeypatch):
    for name in ("labs/email_in_request", "labs/bench"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).symlink_to(record.ROOT / name)
    monkeypatch.setattr(record, "ROOT", tmp_path)
    assert changed_since(measured, SOONER) == []
