"""Only a POST writes, at every address; what is somebody's own stays out of caches and of everybody else's pages."""

import re
import time
from collections.abc import Iterator, Sequence

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from labs.bench.models import Run
from learners import held, records
from learners.models import Entry, Learner
from quizzes import catalog
from quizzes.models import Answer, Attempt
from quizzes.review.deck import deck_of
from quizzes.review.memory import to_json
from quizzes.review.models import Card, RetentionTarget, ReviewLog
from tests.people import browser_of_a_newcomer

pytestmark = pytest.mark.django_db

LAB = "labs/when-the-queue-loses"
SITTING = "quizzes/sittings/00000000-0000-4000-8000-000000000000"
SAMPLES = {"bench_lab:lab": "when-the-queue-loses", "uuid:attempt_id": SITTING.rpartition("/")[2], "mode:mode": "test"}
WRITES = {
    *("guesses/", "me/code/", "me/resume/", "staff/sign-out/"),
    *("claims/x/measure/", "claims/x/runs/x/stop/"),
    *(f"{LAB}/{part}/" for part in ("predict", "explain", "explain/ideas", "runs", "runs/x/stop")),
    *(f"labs/x/{part}/" for part in ("predict", "explain", "explain/ideas", "explain/x", "inside", "runs/x/browser")),
    *("labs/x/run/x", "quizzes/x/retry/", f"{SITTING}/hand-in/", f"{SITTING}/practise/"),
    *("review/answer/", "review/rate/", "review/undo/", "review/retention/"),
    *("staff/feedback/1/", "staff/quizzes/import/", "staff/quizzes/import/text/"),
}
READS_AND_WRITES = {
    *("feedback/", "me/delete/", "lessons/x/project/codes/", "lessons/x/x/progress/", "staff/sign-in/"),
    "lessons/",  # leads on, however it is asked
    *(f"{SITTING}/1/", "quizzes/topics/x/", "quizzes/x/test/", "quizzes/x/x/"),
}
LESSON = "redis-as-a-message-broker"
QUIZ = "the-message-in-redis"
QUESTION = "nobody-listens"


def addresses() -> Iterator[str]:
    """One address for each pattern of the site, its parts made up."""
    yield from _below(get_resolver().url_patterns, "")


def _below(patterns: Sequence[object], before: str) -> Iterator[str]:
    for pattern in patterns:
        route = f"{before}{getattr(pattern, 'pattern', '')}"
        if isinstance(pattern, URLPattern):
            yield _sample(route)
        else:
            yield from _below(getattr(pattern, "url_patterns", []), route)


def _sample(route: str) -> str:
    """The route with something in each of its places: as SAMPLES say, a 1 for a number, else an x."""
    return re.sub("<([^>]+)>", lambda part: SAMPLES.get(part[1], "1" if part[1].startswith("int:") else "x"), route)


@pytest.fixture
def ines(db) -> Client:
    """Ines, who teaches and may write wherever anybody may."""
    browser = Client()
    browser.force_login(User.objects.create_user("ines", is_staff=True), "django.contrib.auth.backends.ModelBackend")
    return browser


def test_only_a_post_writes_and_what_is_read_takes_none(ines):
    found = set(addresses())
    assert {*WRITES, *READS_AND_WRITES} <= found
    takes_get = [address for address in sorted(WRITES) if ines.get(f"/{address}").status_code != 405]
    takes_post = [
        address for address in sorted(found - WRITES - READS_AND_WRITES) if ines.post(f"/{address}").status_code != 405
    ]
    assert (takes_get, takes_post) == ([], [])


OWN = (
    *("/", "/me.json", "/me/", "/me/delete/", "/notebook/", "/notebook.md", "/notebook.json"),
    *("/review/", "/review/anki.txt", "/quizzes/", "/quizzes/certainty/", "/quizzes/starred/"),
    *(f"/quizzes/topics/{LESSON}/", *(f"/quizzes/{QUIZ}/{part}" for part in ("", "result/", "test/", f"{QUESTION}/"))),
    *(f"/labs/email-in-request/{part}" for part in ("", "runs.csv", "runs.json")),
    *("/labs/when-the-queue-loses/", f"/lessons/{LESSON}/project/codes/", f"/lessons/{LESSON}/perf/progress/"),
)


def somebody() -> tuple[Client, Learner]:
    """A browser that has written something, and its learner."""
    browser = browser_of_a_newcomer()
    browser.post("/guesses/", {"slug": "home/nothing", "choice": "here"})
    return browser, Learner.objects.latest("created_at")


def test_no_cache_keeps_what_is_somebodys_own():
    ada, learner = somebody()
    run = Run.objects.create(learner=learner, lab="email-in-request", condition="inside", web_stamps={"arrived": 1.0})
    sitting = ada.post(f"/quizzes/{QUIZ}/test/")["Location"]
    run_page = f"/labs/email-in-request/runs/{run.pk}"
    runs = (f"{run_page}/", f"{run_page}.json", f"{run_page}.trace.json", "/labs/clock.json", "/claims/mail-no-sooner/")
    answers = {address: ada.get(address) for address in (*OWN, *runs, f"{sitting}1/")}
    assert {answer.status_code for answer in answers.values()} == {200}
    kept = [address for address, answer in answers.items() if "no-store" not in answer.headers.get("Cache-Control", "")]
    assert kept == []


def test_what_ada_does_changes_no_page_of_bobs():
    """Bob has written something too: a newcomer would see nothing of hers even where nobody asks whose it is."""
    bob, _ = somebody()
    bob.post("/labs/email-in-request/predict/", {"inside": "250", "queued": "30"})
    before = {address: seen(bob, address) for address in OWN}
    ada, learner = somebody()
    do_one_of_everything(ada, learner)
    assert [address for address in OWN if seen(bob, address) != before[address]] == []
    assert [address for address in OWN if seen(ada, address) == before[address]] == []


def test_what_bob_does_changes_nothing_of_adas():
    ada, learner = somebody()
    do_one_of_everything(ada, learner)
    before = held.export(learner)
    review = ReviewLog.objects.get()
    bob, his = somebody()
    do_one_of_everything(bob, his)
    for mode, state in (("perf", "not-done"), ("learn", "done"), ("learn", "not-done")):
        bob.post(f"/lessons/{LESSON}/{mode}/progress/", {"state": state})
    ReviewLog.objects.exclude(pk=review.pk).delete()
    meant = {"item": review.card.item, "number": str(review.number), "rating": "3"}
    for step, form in (("rate", meant), ("undo", {"log": str(review.pk)}), ("retention", {"percent": "95"})):
        bob.post(f"/review/{step}/", form)
    bob.post(f"/quizzes/{QUIZ}/{QUESTION}/", {"ask": "star"})
    bob.post(f"/quizzes/{QUIZ}/retry/")
    assert held.export(learner) == before
    bob.post("/me/delete/")
    assert held.export(learner) == before


def seen(browser: Client, address: str) -> str:
    """The page, without what differs each time it is asked for."""
    page = browser.get(address).content.decode()
    page = re.sub(r'(csrfmiddlewaretoken" value="|"csrf": ")[^"]+', "", page)
    return re.sub(r"\d{4}-\d\d-\d\d[T ][\d:.]+\S*", "", page)


def do_one_of_everything(ada: Client, learner: Learner) -> None:
    """Ada guesses, starts over, answers with certainty, stars, runs, explains and reviews."""
    quiz = catalog.find(QUIZ)
    assert quiz
    now, stamps = timezone.now(), {"arrived": time.time(), "left": time.time() + 0.3}
    for mode, questions in (("check", []), ("topic", []), ("test", [QUESTION])):
        slug = LESSON if mode == "topic" else QUIZ
        attempt = Attempt.objects.create(learner=learner, quiz=slug, mode=mode, questions=questions, finished_at=now)
        for question in quiz.questions if mode == "check" else ():
            wrong = next((option.id for option in question.body.options() if not option.is_key), "") or "9"
            for number in range(1, question.tries + 1):
                said = {"version": question.version, "given": wrong, "correct": False, "certainty": 3}
                Answer.objects.create(attempt=attempt, question=question.id, try_number=number, **said)
    ada.post(f"/quizzes/{QUIZ}/{QUESTION}/", {"ask": "star"})
    for slug in ("home/inp", f"lessons/{LESSON}/why/inp"):
        ada.post("/guesses/", {"slug": slug, "choice": "rises"})
    for mode, state in (("perf", "done"), ("learn", "begun")):
        ada.post(f"/lessons/{LESSON}/{mode}/progress/", {"state": state})
    ada.post("/labs/email-in-request/predict/", {"inside": "300", "queued": "20"})
    ada.post("/labs/when-the-queue-loses/predict/", {"skip": "1"})
    records.write(learner, Entry.Kind.RAN, f"lessons/{LESSON}/project/step-1", {"project_step": 1})
    for condition, wait_ms in (("inside", 300), ("queued", 300), ("inside", 600)):
        setting = {"lab": "email-in-request", "condition": condition, "parameters": {"mail_wait_ms": wait_ms}}
        Run.objects.create(learner=learner, web_stamps=stamps, alone=True, **setting)
    ada.post("/labs/email-in-request/explain/", {"text": "The mail is no longer in the request."})
    ada.post("/labs/email-in-request/explain/ideas/", {"idea": ["0"]})
    RetentionTarget.objects.create(learner=learner, percent=85)
    first = deck_of(learner, now).due[0]
    kept = {"version": first.item.version, "memory": to_json(first.memory)}
    card = Card.objects.create(learner=learner, item=first.item.slug, **kept)
    ReviewLog.objects.create(card=card, number=1, version=card.version, answered_at=now, before=card.memory)
