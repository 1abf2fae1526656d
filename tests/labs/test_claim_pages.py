"""The pages of the claims: every claim in its state, filtered by plain links, and where it can be measured."""

from dataclasses import replace

import pytest

from labs.bench.claims import state
from labs.bench.claims.here import BY_HAND, CLIENTS, why_not_here
from labs.bench.claims.measuring import measure
from labs.bench.claims.record import Measured, as_measured
from labs.bench.claims.registry import all_claims
from labs.bench.models import Run
from learners.models import Learner
from tests.labs.claims_world import sample
from tests.people import browser_of_a_newcomer

pytestmark = pytest.mark.django_db

SOONER = all_claims()["answer-sooner"]
SESSION = Measured("2026-11-22T16:30", "2 cores, Debian 12", {"Redis": "7.0.15"}, False, {}, {})


@pytest.fixture
def records(monkeypatch) -> dict[str, Measured]:
    """Three claims of which there are records: one holds, one does not, one is stale. All others are not measured."""
    claims = [all_claims()[one] for one in ("answer-sooner", "inp-fetch", "first-publish")]
    found = measure(claims, sample, progress=lambda *_: None, quick=True)
    made = {one.claim.id: as_measured(one.claim, one.verdict.holds, one.verdict.arms, SESSION) for one in found}
    made["inp-fetch"] = replace(made["inp-fetch"], holds=False)
    made["first-publish"] = replace(made["first-publish"], depends_on={"claim": "of before"})
    monkeypatch.setattr(state, "last_measurements", lambda: made)
    return made


def page(path: str) -> str:
    """A page of the claims as a newcomer gets it."""
    return browser_of_a_newcomer().get(f"/claims/{path}").content.decode()


def listed(path: str) -> list[str]:
    """The ids of the claims that a page of the list shows."""
    return [one for one in all_claims() if f'id="claim-{one}"' in page(path)]


def test_every_claim_is_listed_with_its_state_and_last_measurement(records):
    text = page("")
    assert listed("") == list(all_claims())
    for words in ("holds", "does not hold here", "not measured", "stale"):
        assert f"</svg> {words}</strong>" in text
    assert "inside the request <strong>336\N{NO-BREAK SPACE}ms</strong>" in text
    assert '<time datetime="2026-11-22">2026-11-22</time>, 2 cores, Debian 12' in text


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("?state=holds", ["answer-sooner"]),
        ("?state=does-not-hold-here", ["inp-fetch"]),
        ("?state=stale", ["first-publish"]),
        ("?state=stale&lane=redis", ["first-publish"]),
        ("?state=stale&lane=mail", []),
    ],
)
def test_plain_links_filter_them(records, query: str, ids: list[str]):
    assert listed(query) == ids


def test_a_filter_keeps_the_others_and_counts_what_it_leaves(records):
    text = page("?lane=redis")
    assert 'href="?state=stale&amp;lane=redis"' in text
    assert "Show all" in text
    assert "No claim is left by these filters." in page("?lane=mail&state=stale")


def test_what_made_a_claim_stale_is_named(records):
    assert "<code>the claim itself</code>" in page("first-publish/")


def test_a_claim_shows_machine_versions_n_and_method(records):
    text = page("answer-sooner/")
    for words in (
        "2 cores, Debian 12. Redis 7.0.15.",
        "at least 2 times",
        "Arms swapped",
        "labs/email_in_request/work.py",
    ):
        assert words in text
    assert 'id="method"' in text
    assert "Measure here" in text
    assert "/labs/email-in-request/" in text


def test_a_claim_nobody_measured_says_so(records):
    assert "Not measured yet" in page("pool-requests/")


@pytest.mark.parametrize("claim", all_claims().values(), ids=lambda claim: claim.id)
def test_every_claim_has_a_page_that_measures_or_says_why_it_cannot(claim):
    text = page(f"{claim.id}/")
    assert why_not_here(claim) in text
    assert ("data-claim-measure" in text) is not bool(why_not_here(claim))
    if not why_not_here(claim):
        assert {arm.source.client for arm in claim.arms} <= set(CLIENTS)
        assert ("Click for run 1" in text) is any(arm.figure in BY_HAND for arm in claim.arms)


def test_there_is_no_page_for_a_claim_that_there_is_not():
    assert browser_of_a_newcomer().get("/claims/mail-is-free/").status_code == 404


def test_a_readers_own_runs_are_on_nobodys_claim_page(records):
    learner = Learner.objects.create()
    stamps = {"arrived": 1.0, "left": 1.0 + 0.7654}
    Run.objects.create(
        learner=learner, lab=SOONER.lab, condition="inside", parameters={"mail_wait_ms": 300}, web_stamps=stamps
    )
    assert "765" not in page("answer-sooner/")
    assert "765" not in page("")


def test_reading_claims_makes_no_learner(records):
    page("")
    page("answer-sooner/")
    assert Learner.objects.count() == 0
