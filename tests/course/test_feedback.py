"""Ada says what is wrong with a page; Ines reads it."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils.html import escape

from course.feedback import about_page
from labs.bench.registry import lab_addresses
from learners.feedback import LONGEST_TEXT, OF_ONE_LEARNER
from learners.models import Feedback, Learner
from lessons.catalog import catalog, lesson_addresses
from quizzes.catalog import all_quizzes, question_addresses, quiz_addresses
from tests.people import browser_of_a_newcomer

pytestmark = pytest.mark.django_db

LESSON = "/lessons/redis-as-a-message-broker/perf/"
TEXT = "The third figure has no unit."


@pytest.fixture
def ada() -> Client:
    """Ada, who has never been here."""
    return browser_of_a_newcomer()


@pytest.fixture
def ines(settings) -> Client:
    """Ines, who teaches, signed in."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    User.objects.create_user("ines", password="a queue of four words", is_staff=True)
    browser = Client()
    browser.post("/staff/sign-in/", {"username": "ines", "password": "a queue of four words"})
    return browser


def page(browser: Client, path: str) -> str:
    return browser.get(path).content.decode()


def link_at_the_foot(browser: Client, path: str) -> str:
    found = re.search(r'href="(/feedback/\?about=[^"]+)"', page(browser, path))
    assert found
    return found[1]


def fields(html: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(about|version)" value="([^"]*)">', html))


def say(browser: Client, path: str = LESSON, **said: str):
    """Follow the link at the page's foot, fill in the form, send it."""
    return browser.post("/feedback/", fields(page(browser, link_at_the_foot(browser, path))) | said)


def test_a_problem_with_a_lesson_is_kept_with_lesson_mode_and_version_of_its_text(ada):
    answer = say(ada, text=TEXT, verdict="not-helpful")
    kept = Feedback.objects.get()
    assert (kept.about, kept.lesson, kept.mode) == (LESSON, "redis-as-a-message-broker", "perf")
    assert re.fullmatch(r"[0-9a-f]{16}", kept.version)
    assert (kept.text, kept.verdict, kept.read_at) == (TEXT, "not-helpful", None)
    thanks = page(ada, answer["Location"])
    assert "It is kept. Thank you." in thanks
    assert f'href="{LESSON}"' in thanks


def test_the_version_is_that_of_the_text_she_had_open(ada, monkeypatch):
    opened = fields(page(ada, link_at_the_foot(ada, LESSON)))
    monkeypatch.setattr("course.feedback._hash", lambda text: "f" * 16)
    ada.post("/feedback/", opened | {"text": TEXT})
    ada.post("/feedback/", opened | {"text": TEXT, "version": "<made up>"})
    assert list(Feedback.objects.order_by("pk").values_list("version", flat=True)) == [opened["version"], "f" * 16]


def test_quizzes_questions_and_labs_have_it_too(ada):
    quiz = all_quizzes()[0]
    question = quiz.questions[0]
    for path in (f"/quizzes/{quiz.slug}/", f"/quizzes/{quiz.slug}/{question.id}/", "/labs/email-in-request/", "/"):
        assert say(ada, path, verdict="helpful").status_code == 302
    kept = list(Feedback.objects.order_by("pk"))
    assert [one.lesson for one in kept] == [quiz.lesson, quiz.lesson, "", ""]
    assert kept[1].version == question.version
    assert kept[1].version != kept[0].version
    assert kept[2].version
    assert [one.about for one in kept][2:] == ["/labs/email-in-request/", "/"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, "Nothing is said yet"),
        ({"text": "  \n "}, "Nothing is said yet"),
        ({"verdict": "great"}, "Choose “yes” or “no”"),
        ({"text": "x" * (LONGEST_TEXT + 3)}, "That is 2,003 characters, and 2,000 fit. Take out 3."),
    ],
)
def test_what_cannot_be_kept_is_told_and_not_lost(ada, said, told):
    answer = say(ada, **said)
    shown = answer.content.decode()
    assert answer.status_code == 400
    assert told in shown
    assert said.get("text", "").strip() in shown
    assert fields(shown)["about"] == LESSON
    assert not Feedback.objects.exists()
    assert not Learner.objects.exists()


def test_two_thousand_characters_fit_with_windows_line_ends(ada):
    say(ada, text="\r\n".join(["x" * 999, "y" * 1000]))
    assert len(Feedback.objects.get().text) == LONGEST_TEXT


@pytest.mark.parametrize(
    "about", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/no/such/page/", "/" + "a" * 300, ""]
)
def test_about_no_page_of_ours_it_is_about_the_site(ada, about):
    shown = ada.get("/feedback/", {"about": about}).content.decode()
    assert fields(shown)["about"] == "/"
    ada.post("/feedback/", {"about": about, "verdict": "helpful"})
    assert Feedback.objects.get().about == "/"


def test_looking_at_the_form_makes_no_learner_and_sending_needs_its_token(ada):
    ada.get(f"/feedback/?about={LESSON}")
    assert not Learner.objects.exists()
    assert browser_of_a_newcomer(csrf=True).post("/feedback/", {"verdict": "helpful"}).status_code == 403


def test_a_flood_is_stopped_and_the_text_not_lost(ada):
    codes = [ada.post("/feedback/", {"about": "/", "text": TEXT}).status_code for _ in range(OF_ONE_LEARNER.most)]
    assert set(codes) == {302}
    refused = ada.post("/feedback/", {"about": "/", "text": "the last straw"})
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 3600
    assert "the last straw" in refused.content.decode()
    assert browser_of_a_newcomer().post("/feedback/", {"about": "/", "text": TEXT}).status_code == 302


def test_one_place_cannot_flood_it_with_ever_new_browsers(monkeypatch):
    from dataclasses import replace

    from learners import feedback

    monkeypatch.setattr(feedback, "OF_ONE_PLACE", replace(feedback.OF_ONE_PLACE, most=3))
    codes = [browser_of_a_newcomer().post("/feedback/", {"verdict": "helpful"}).status_code for _ in range(4)]
    assert codes == [302, 302, 302, 429]
    assert Learner.objects.count() == 3, "a refused one makes no learner"


def test_ines_reads_the_unread_first_and_marks_it(ada, ines):
    say(ada, text="older")
    say(ada, text=TEXT)
    older = Feedback.objects.get(text="older")
    ines.post(f"/staff/feedback/{Feedback.objects.get(text=TEXT).pk}/", {"read": "1"})
    shown = page(ines, "/staff/feedback/")
    assert "2 in all, 1 unread" in shown
    assert shown.index("older") < shown.index(TEXT)
    ines.post(f"/staff/feedback/{older.pk}/", {"read": "1"})
    assert "0 unread" in page(ines, "/staff/feedback/")
    ines.post(f"/staff/feedback/{older.pk}/", {"read": "0"})
    assert "1 unread" in page(ines, "/staff/feedback/")


def test_ines_sees_where_it_helps_and_where_not_and_one_page_alone(ada, ines):
    for verdict in ("not-helpful", "not-helpful", "helpful"):
        say(ada, LESSON, verdict=verdict)
    say(ada, "/labs/", text="about labs")
    shown = page(ines, "/staff/feedback/")
    assert re.search(rf'about={LESSON}">{LESSON}</a></th><td class="n">1</td><td class="n">2</td>', shown)
    alone = page(ines, f"/staff/feedback/?about={LESSON}")
    assert "3 in all" in alone
    assert "about labs" not in alone


def test_much_of_it_comes_in_pages(ada, ines):
    learner = Learner.objects.create()
    Feedback.objects.bulk_create(Feedback(learner=learner, about="/", text=f"no {n}.") for n in range(60))
    assert "1 of 2" in page(ines, "/staff/feedback/")
    assert "no 0." in page(ines, "/staff/feedback/?page=2")
    assert ines.get("/staff/feedback/?page=nonsense").status_code == 200


def test_nothing_that_was_said_runs_or_names_anybody_and_only_staff_reads_it(ada, ines):
    evil = "<script>alert(1)</script>"
    say(ada, text=evil)
    shown = page(ines, "/staff/feedback/?about=javascript:alert(1)") + page(ines, "/staff/feedback/")
    assert evil not in shown
    assert escape(evil) in shown
    assert 'href="javascript' not in shown
    assert str(Learner.objects.get().pk) not in shown
    for path in ("/staff/feedback/", f"/staff/feedback/{Feedback.objects.get().pk}/"):
        assert ada.get(path).status_code == 302
        assert ada.post(path).status_code == 302
    assert Feedback.objects.get().read_at is None
    assert ines.get(f"/staff/feedback/{Feedback.objects.get().pk}/").status_code == 405
    assert ines.post("/staff/feedback/999999/").status_code == 404


def test_every_page_with_a_text_has_its_version():
    addresses = [*lab_addresses(), *lesson_addresses(), *quiz_addresses(), *question_addresses()]
    assert [one for one in addresses if not re.fullmatch(r"[0-9a-f]{16}", about_page(one).version)] == []


def test_every_written_mode_says_which_page_its_feedback_is_about(ada):
    for slug, lesson in catalog().lessons.items():
        for mode in lesson.texts:
            path = f"/lessons/{slug}/{mode}/"
            assert link_at_the_foot(ada, path) == f"/feedback/?about={path}"
