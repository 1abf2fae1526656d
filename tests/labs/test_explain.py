"""Ada explains: her own sentence first, then ours beside it, then numbers read off her own runs."""

import re
import time

import pytest
from django.test import Client

from authoring.lanes import LANE_BY_SLUG
from authoring.quantity import NotAQuantity
from labs.bench.code import STAMPED, read_marked
from labs.bench.explain.questions import QUESTION_BY_SLUG
from labs.bench.models import Run
from labs.bench.registry import all_labs
from learners.models import Entry, Learner
from tests.people import browser_of_a_newcomer

pytestmark = pytest.mark.django_db

LAB = "/labs/email-in-request/"
IDEAS = all_labs()["email-in-request"].ideas
OWN = "The browser no longer waits for the mail server, the worker does."


def runs_of(learner: Learner) -> tuple[Run, Run]:
    """330 ms inside the request, of which the mail is 300; 45 ms through the queue, whose mail arrives after 318."""
    now = time.time()
    usual = {"learner": learner, "lab": "email-in-request", "parameters": {"mail_wait_ms": 300}}
    inside = Run.objects.create(
        **usual,
        condition="inside",
        web_stamps={"arrived": now, "work_started": now + 0.02, "work_finished": now + 0.32, "left": now + 0.33},
    )
    queued = Run.objects.create(
        **usual,
        condition="queued",
        web_stamps={"arrived": now, "publish_started": now + 0.04, "published": now + 0.041, "left": now + 0.045},
        worker_stamps={"received": now + 0.046, "started": now + 0.047, "finished": now + 0.35},
        mail_stamps={"connected": now + 0.05, "arrived": now + 0.318, "closed": now + 0.345},
    )
    return inside, queued


@pytest.fixture
def ada() -> Client:
    """Ada's browser, after a prediction and one run of each."""
    browser = browser_of_a_newcomer()
    browser.post(f"{LAB}predict/", {"inside": 250, "queued": 10})
    runs_of(Learner.objects.get())
    return browser


def page(browser: Client) -> str:
    return browser.get(LAB).content.decode()


def explain(browser: Client, text: str = OWN) -> str:
    return browser.post(f"{LAB}explain/", {"text": text}, follow=True).content.decode()


def answer(browser: Client, question: str, number: str, **more) -> str:
    shown = page(browser)
    runs = re.search(r'name="runs" value="([^"]+)"', shown)
    form = {"number": number, "runs": runs[1] if runs else ""} | more
    return browser.post(f"{LAB}explain/{question}/", form, follow=True).content.decode()


def test_ours_is_shown_only_after_a_sentence_of_ones_own(ada):
    before = page(ada)
    assert "where did the time go" in before
    assert IDEAS[0] not in before
    after = explain(ada)
    assert OWN in after
    assert all(idea in after for idea in IDEAS)


def test_ticks_are_kept_and_what_was_missed_is_noted_for_review(ada):
    explain(ada)
    after = ada.post(f"{LAB}explain/ideas/", {"idea": ["0", "1"]}, follow=True).content.decode()
    kept = Entry.objects.get(kind=Entry.Kind.EXPLAINED)
    assert kept.payload == {"text": OWN, "had": list(IDEAS[:2]), "missed": [IDEAS[2]]}
    assert after.count("checked") == 2
    assert '3 Explain <svg class="i" aria-hidden="true"><use href="#i-ok"/></svg>' in after, "the stage is done"


def test_the_stage_is_not_done_before_the_two_were_compared(ada):
    assert "3 Explain <svg" not in explain(ada)


def test_who_writes_it_anew_compares_anew_and_both_stay_in_the_record(ada):
    explain(ada)
    ada.post(f"{LAB}explain/ideas/", {"idea": ["0"]})
    after = explain(ada, "The wait moved to the worker.")
    assert "The wait moved to the worker." in after
    assert "checked" not in after
    assert Entry.objects.filter(kind=Entry.Kind.EXPLAINED).count() == 2


def test_a_double_click_keeps_one_sentence(ada):
    explain(ada)
    explain(ada)
    assert Entry.objects.filter(kind=Entry.Kind.EXPLAINED).count() == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("   ", "Nothing is written."),
        ("a" * 512, "That is 512 characters; 500 fit. Take out 12."),
    ],
)
def test_a_sentence_that_cannot_be_kept_stays_written_and_is_told_why(ada, text, said):
    refused = ada.post(f"{LAB}explain/", {"text": text})
    assert refused.status_code == 400
    assert said in refused.content.decode()
    assert text.strip() in refused.content.decode()
    assert not Entry.objects.filter(kind=Entry.Kind.EXPLAINED).exists()


def test_what_is_written_is_shown_as_text_and_never_as_html(ada):
    assert "<b>bold</b>" not in explain(ada, "<b>bold</b> \0 claim")
    assert "&lt;b&gt;bold&lt;/b&gt; claim" in page(ada)


def test_ticks_without_a_sentence_lead_back_to_writing_one(ada):
    refused = ada.post(f"{LAB}explain/ideas/", {"idea": "0"})
    assert refused.status_code == 400
    assert "Write your own sentence first" in refused.content.decode()


@pytest.fixture
def asked(ada) -> Client:
    """Ada after her explanation: now she is asked about her own runs."""
    explain(ada)
    ada.post(f"{LAB}explain/ideas/", {"idea": ["0"]})
    return ada


def test_the_questions_are_about_her_own_runs_and_come_after_the_explanation(ada):
    assert "Read it off your own runs" not in page(ada)
    explain(ada)
    ada.post(f"{LAB}explain/ideas/", {})
    shown = page(ada)
    assert "how many ms lie between “Inside the request” and “Through Redis”?" in shown
    assert "how many ms after the answer did the mail arrive?" in shown
    assert "how many percent of the wait was the work itself?" in shown


@pytest.mark.parametrize(
    ("question", "near", "far", "said"),
    [
        ("apart", "285", "330", "330 ms less 45 ms."),
        ("mail-after", "0.273 s", "45", "the mail after 318 ms"),
        ("share", "91 %", "50", "The work took 300 ms of 330 ms."),
    ],
)
def test_an_answer_is_laid_beside_what_the_runs_say_and_explained(asked, question, near, far, said):
    assert "That is what your runs say." in answer(asked, question, near)
    after = answer(asked, question, far)
    assert "Your runs say" in after
    assert said in after
    kept = Entry.objects.filter(slug=f"labs/email-in-request/{question}").order_by("pk")
    assert [entry.payload["near"] for entry in kept] == [True, False]
    for word in ("wrong", "correct", "passed", "failed"):
        assert word not in after.lower()


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("", "There is no number."),
        ("about 300", "“about 300” does not begin with a number."),
        ("1,000", "“1,000” can mean 1000 or 1."),
    ],
)
def test_an_answer_without_a_number_stays_written_and_is_told(asked, number, said):
    shown = answer(asked, "apart", number)
    assert said in shown
    assert f'value="{number}"' in shown
    assert not Entry.objects.filter(kind=Entry.Kind.ANSWERED).exists()


def test_nobody_is_asked_about_somebody_elses_runs(asked):
    bob = browser_of_a_newcomer()
    bob.post(f"{LAB}predict/", {"skip": "1"})
    hers = ",".join(Run.objects.values_list("pk", flat=True))
    refused = bob.post(f"{LAB}explain/apart/", {"number": "285", "runs": hers})
    assert refused.status_code == 400
    assert "The runs of this question are gone." in refused.content.decode()
    assert "285 ms" not in refused.content.decode()
    assert not Entry.objects.filter(kind=Entry.Kind.ANSWERED).exists()


def test_the_answer_counts_for_the_runs_it_was_asked_about_though_newer_ones_exist(asked):
    found = re.search(r'name="runs" value="([^"]+)"', page(asked))
    assert found
    inside = Run.objects.filter(condition="inside").get()
    Run.objects.create(
        learner=inside.learner,
        lab="email-in-request",
        condition="inside",
        parameters=inside.parameters,
        web_stamps={"arrived": 1.0, "left": 2.0},
    )
    assert "That is what your runs say." in answer(asked, "apart", "285", runs=found[1])


def test_a_lab_or_question_that_does_not_exist_is_a_404(ada):
    assert ada.post("/labs/no-such-lab/explain/", {"text": OWN}).status_code == 404
    assert ada.post(f"{LAB}explain/no-such-question/", {"number": "1"}).status_code == 404


@pytest.mark.parametrize(
    ("text", "number"),
    [("285", 285), ("285 ms", 285), ("0,285 s", 285), (" 0.285s ", 285), ("1 000", 1000), ("1,285.5", 1285.5)],
)
def test_a_number_may_carry_its_unit_and_a_comma(text, number):
    assert QUESTION_BY_SLUG["apart"].number_in(text) == pytest.approx(number)


@pytest.mark.parametrize("text", ["-5", "1,000", "85 %", "9" * 30])
def test_what_is_no_number_here_is_refused(text):
    with pytest.raises(NotAQuantity):
        QUESTION_BY_SLUG["apart"].number_in(text)


@pytest.mark.parametrize("lab", all_labs().values(), ids=lambda lab: lab.slug)
def test_every_mark_in_a_labs_code_is_read_and_names_something_that_is_measured(lab):
    for path in lab.code:
        marked = read_marked(path)
        assert "# lane:" not in marked.text, f"{path}: a lane or a name in this mark is unknown"
        names = {name for _, name in marked.marks.values()}
        assert names <= {"", *STAMPED, *LANE_BY_SLUG}, path


def test_the_durations_of_ones_own_runs_stand_beside_the_code(ada):
    shown = page(ada)
    assert '<span class="ln mail"><span>    mail.send()</span>' in shown
    assert "Mail 295 ms</small>" in shown
    assert "Redis 1.0 ms</small>" in shown
    assert "# lane:" not in shown
