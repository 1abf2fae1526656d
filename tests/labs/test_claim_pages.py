"""The pages of the claims: every claim in its state, filtered by plain links, and where it can be measured."""

from dataclasses import replace

import pytest

from labs.bench.claims import state
from labs.bench.claims.here import BY_HAND, CLIENTS, why_not_here
from labs.bench.claims.measuring import measure
from labs.bench.claims.record import Measured, as_measured
from labs.bench.claims.registry import all_claims
from labs.bench.claims.server import experiment_of
from labs.bench.experiments import line
from labs.bench.models import Experiment, Run
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
    if why_not_here(claim):
        assert why_not_here(claim) in text
        assert f"<code>manage.py claims --only {claim.id}</code> measures it" in text
    elif experiment_of(claim):
        assert f'action="/claims/{claim.id}/measure/"' in text
    else:
        assert "data-claim-measure" in text
        assert {arm.source.client for arm in claim.arms} <= set(CLIENTS)
        assert ("Click for run 1" in text) is any(arm.figure in BY_HAND for arm in claim.arms)


def test_only_what_a_page_may_not_see_cannot_be_measured_here():
    assert [claim.id for claim in all_claims().values() if why_not_here(claim)] == ["reflows", "paint-cost"]


def test_a_reader_puts_a_claim_in_line_and_sees_where_it_is(nobody_starts):
    ada = browser_of_a_newcomer()
    answer = ada.post("/claims/publish-warm/measure/", {"mail_wait_ms": "600"})
    assert answer.headers["Location"] == "/claims/publish-warm/#here"
    asked = Experiment.objects.get()
    assert (asked.lab, asked.parameters) == ("publishing", {"mail_wait_ms": 600, "runs": 4})
    text = ada.get("/claims/publish-warm/").content.decode()
    assert f'data-watch="/claims/publish-warm/runs/{asked.pk}.json"' in text
    assert "You are next." in text
    assert ada.get(f"/claims/publish-warm/runs/{asked.pk}.json").json()["state"] == "waiting"


def test_a_value_out_of_bounds_is_told_beside_its_field_and_kept(nobody_starts):
    answer = browser_of_a_newcomer().post("/claims/pool-requests/measure/", {"mail_wait_ms": "5000"})
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "5,000 is above the limit of 400 ms" in text
    assert 'value="5000"' in text
    assert not Experiment.objects.exists()


def test_who_waits_for_something_else_is_told(nobody_starts):
    ada = browser_of_a_newcomer()
    ada.post("/claims/pool-requests/measure/")
    answer = ada.post("/claims/cold-publish/measure/")
    assert answer.status_code == 429
    assert "You are in line with another experiment." in answer.content.decode()
    assert [one.lab for one in Experiment.objects.all()] == ["pool"]


def test_too_many_experiments_are_refused(nobody_starts):
    ada = browser_of_a_newcomer()
    for _ in range(line.IN_A_WHILE):
        ada.post("/claims/pool-requests/measure/")
        Experiment.objects.update(state=Experiment.State.STOPPED)
    answer = ada.post("/claims/pool-requests/measure/")
    assert answer.status_code == 429
    assert "experiments in 10 minutes" in answer.content.decode()


def measured_by(browser, warm_ms: float) -> None:
    """This browser's learner has measured what a publish takes: the first one 110 ms, a mail 310 ms."""
    browser.post("/claims/publish-warm/measure/")
    times_ms = {"first": 110.0, "warm": warm_ms, "mail": 310.0}
    rows = [{"arm": arm, "took_ms": took_ms} for arm, took_ms in times_ms.items() for _ in range(4)]
    Experiment.objects.update(state=Experiment.State.DONE, result={"rows": rows, "others_meanwhile": 0})


@pytest.mark.parametrize(("warm_ms", "words"), [(0.8, "It holds here too."), (30, "It does not hold in these runs.")])
def test_what_the_server_found_is_judged_and_shown_to_its_reader_alone(nobody_starts, warm_ms, words):
    ada, bob = browser_of_a_newcomer(), browser_of_a_newcomer()
    measured_by(ada, warm_ms)
    for claim_id in ("publish-warm", "first-publish"):
        assert words in ada.get(f"/claims/{claim_id}/").content.decode()
        assert "Yours, on this site" not in bob.get(f"/claims/{claim_id}/").content.decode()


def test_only_its_owner_takes_it_out_of_the_line(nobody_starts):
    ada, bob = browser_of_a_newcomer(), browser_of_a_newcomer()
    ada.post("/claims/pool-requests/measure/")
    bob.post("/claims/publish-warm/measure/")
    asked = Experiment.objects.get(lab="pool")
    address = f"/claims/pool-requests/runs/{asked.pk}/stop/"
    assert (bob.post(address).status_code, browser_of_a_newcomer().post(address).status_code) == (404, 404)
    assert ada.post(address).headers["Location"] == "/claims/pool-requests/#here"
    asked.refresh_from_db()
    assert asked.state == "stopped"


def test_what_a_browser_measures_is_not_started_on_the_server():
    assert browser_of_a_newcomer().post("/claims/answer-sooner/measure/").status_code == 404


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
