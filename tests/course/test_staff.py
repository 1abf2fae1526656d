"""The pages of staff: Ines teaches and gets in, Ada and a guesser do not, and learners never notice that they exist."""

import csv
import io
import os
import re
import subprocess
import sys

import pytest
from asgiref.sync import async_to_sync
from django.contrib.auth.models import User
from django.test import AsyncClient, Client

from course.staff.csv_files import Cell, csv_response
from quizzes import catalog
from quizzes.statistics.counting import add
from quizzes.statistics.simulated import simulated_id

PASSWORD = "a queue of four words"
QUIZ = "redis-as-a-message-broker"
PAGES = ["/staff/", "/staff/questions/", "/staff/questions.csv", f"/staff/responses/{QUIZ}.csv"]
SIGN_IN = "/staff/sign-in/"


@pytest.fixture(autouse=True)
def quick_passwords(settings) -> None:
    """Slow hashes are Django's business; here they would only take time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def ines(db) -> Client:
    """Ines, who teaches, signed in."""
    User.objects.create_user("ines", password=PASSWORD, is_staff=True)
    browser = Client()
    assert sign_in(browser).status_code == 302
    return browser


@pytest.fixture
def question_id() -> str:
    """A choose-one question of the course."""
    return next(question.id for quiz in catalog.all_quizzes() for question in quiz.questions if question.type == "one")


def sign_in(browser: Client, password: str = PASSWORD, name: str = "ines", address: str = "192.0.2.1"):
    """Send the form of the sign-in page."""
    return browser.post(SIGN_IN, {"username": name, "password": password}, REMOTE_ADDR=address)


def figures_of(question_id: str, **counts: int) -> None:
    """Give a question figures."""
    question = next(found for quiz in catalog.all_quizzes() if (found := quiz.find(question_id)))
    add({(question_id, question.version, what): n for what, n in counts.items()})


# Who gets in


@pytest.mark.parametrize("path", PAGES)
def test_who_is_not_signed_in_is_led_to_the_form_and_back(db, path):
    answer = Client().get(path)
    assert answer.status_code == 302
    assert answer["Location"] == f"{SIGN_IN}?next={path}"
    User.objects.create_user("ines", password=PASSWORD, is_staff=True)
    signed = Client().post(answer["Location"], {"username": "ines", "password": PASSWORD, "next": path})
    assert signed["Location"] == path


def test_the_form_leads_to_no_other_site(db):
    User.objects.create_user("ines", password=PASSWORD, is_staff=True)
    fields = {"username": "ines", "password": PASSWORD, "next": "https://example.org/"}
    assert Client().post(SIGN_IN, fields)["Location"] == "/staff/"


def test_an_account_that_is_not_staff_is_told_so(db):
    User.objects.create_user("ada", password=PASSWORD)
    browser = Client()
    answer = sign_in(browser, name="ada")
    assert "is not marked as staff" in answer.content.decode()
    assert browser.get("/staff/").status_code == 302


def test_who_is_no_longer_staff_is_out_at_once(ines):
    User.objects.update(is_staff=False)
    assert ines.get("/staff/").status_code == 302


def test_a_wrong_password_keeps_the_name_and_says_what_is_wrong(db):
    page = sign_in(Client(), "wrong").content.decode()
    assert "Name and password do not belong together" in page
    assert 'value="ines"' in page
    assert "wrong" not in re.findall(r'value="([^"]*)"', page)


def test_a_form_without_its_token_is_refused(db):
    assert sign_in(Client(enforce_csrf_checks=True)).status_code == 403


def test_five_wrong_passwords_pause_the_name_even_for_the_right_one(db):
    User.objects.create_user("ines", password=PASSWORD, is_staff=True)
    guesser = Client()
    answers = [sign_in(guesser, "guess") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert answers[-1]["Retry-After"] == "600"
    assert "pauses for 10 minutes" in answers[-1].content.decode()
    assert sign_in(guesser).status_code == 429
    assert sign_in(Client(), address="192.0.2.2").status_code == 302


def test_the_pause_is_told_by_the_deployed_site_too_which_answers_over_asgi(db):
    browser = AsyncClient()
    form = {"username": "ines", "password": "guess"}
    answers = [async_to_sync(browser.post)(SIGN_IN, form) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429, 429]
    assert "The name <strong>ines</strong> was tried" in answers[-1].content.decode()


def test_a_right_password_forgets_the_wrong_ones_before(db):
    User.objects.create_user("ines", password=PASSWORD, is_staff=True)
    for _ in range(3):
        browser = Client()
        assert [sign_in(browser, "typo").status_code for _ in range(3)] == [200] * 3
        assert sign_in(browser).status_code == 302


def test_signing_out_takes_a_post_and_ends_the_session(ines):
    assert ines.get("/staff/sign-out/").status_code == 405
    assert ines.get("/staff/").status_code == 200
    assert ines.post("/staff/sign-out/")["Location"] == SIGN_IN
    assert ines.get("/staff/").status_code == 302


def test_the_cookie_of_staff_is_strict_and_stays_on_their_pages(ines, settings):
    cookie = ines.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/staff/")


def test_the_first_account_is_made_by_a_command(db):
    from django.core.management import call_command

    os.environ["DJANGO_SUPERUSER_PASSWORD"] = PASSWORD
    try:
        call_command("createsuperuser", username="ines", email="", interactive=False, verbosity=0)
    finally:
        del os.environ["DJANGO_SUPERUSER_PASSWORD"]
    assert sign_in(Client()).status_code == 302


@pytest.mark.parametrize("url", ["https://course.example.org", "http://127.0.0.1:8000"])
def test_a_deployment_has_nothing_to_complain_about(url):
    environment = os.environ | {"SITE_URL": url}
    command = [sys.executable, "manage.py", "check", "--deploy", "--tag", "security"]
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    # Over plain HTTP, as in a room, secure cookies and HSTS are what cannot be had.
    complaints = set(re.findall(r"\((\w+\.\w+)\)", said.stderr))
    assert complaints == (
        set() if url.startswith("https") else {"security.W004", "security.W008", "security.W010", "security.W016"}
    )


# Learners do not notice


@pytest.mark.parametrize("path", [f"/lessons/{QUIZ}/perf/", "/labs/", "/quizzes/"])
def test_learners_get_no_session_and_cost_no_query_for_it(db, django_assert_num_queries, path):
    Client().get(path)
    with django_assert_num_queries(0):
        answer = Client().get(path)
    assert answer.status_code == 200
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


def test_the_session_of_staff_is_not_read_on_a_lesson(ines, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = ines.get(f"/lessons/{QUIZ}/perf/")
    assert not answer.cookies


# What the pages show


def test_the_pages_keep_the_policy_and_are_never_cached(ines, question_id):
    for path in ("/staff/", "/staff/questions/", f"/staff/questions/{question_id}/", SIGN_IN):
        answer = ines.get(path)
        assert answer.status_code == 200
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert "no-store" in answer["Cache-Control"]
        assert not re.search(r" style=| on\w+=|<script(?! type=.module. src)", answer.content.decode())


def test_a_question_shows_who_picked_what_and_why_it_is_suspected(ines, question_id):
    figures_of(question_id, since=20_000, asked=300, right=300, n=300, x=300, **{"in:5": 300, "took:54": 300})
    page = ines.get(f"/staff/questions/{question_id}/").content.decode()
    assert "Too easy." in page
    assert "Nobody of 300 missed it; with 95 % confidence at least 98 % know it." in page
    assert "Good as a first step" in page
    assert "4 October 2024" in page
    assert "12.6 s" in page
    listed = ines.get("/staff/").content.decode()
    assert f'href="/staff/questions/{question_id}/"' in listed
    for html in (listed, ines.get("/staff/questions/").content.decode()):
        assert "With 300 finished attempts the list finds a wrong key" in html


def test_figures_of_an_earlier_text_are_shown_as_such(ines, question_id):
    add({(question_id, "0" * 16, what): n for what, n in {"since": 1, "asked": 40, "pick:gone": 40}.items()})
    page = ines.get(f"/staff/questions/{question_id}/").content.decode()
    assert "Nobody has answered it yet as it stands now." in page
    assert f'href="?version={"0" * 16}"' in page
    page = ines.get(f"/staff/questions/{question_id}/?version={'0' * 16}").content.decode()
    assert "These are figures of an earlier text" in page
    assert "<code>gone</code>" in page


def test_the_table_is_sorted_and_filtered(ines, question_id):
    figures_of(question_id, asked=300, right=300)
    everything, only = (ines.get(f"/staff/questions/{query}").content.decode() for query in ("", "?only=suspects"))
    rows = [re.findall(r'<th scope="row"><a href="/staff/questions/([\w-]+)/"', page) for page in (everything, only)]
    assert len(rows[0]) == sum(len(quiz.questions) for quiz in catalog.all_quizzes())
    assert rows[1] == [question_id]
    by_n = ines.get("/staff/questions/?order=-n").content.decode()
    assert re.findall(r'<th scope="row"><a href="/staff/questions/([\w-]+)/"', by_n)[0] == question_id
    assert 'aria-sort="descending"' in by_n
    assert ines.get("/staff/questions/?order=nonsense&quiz=nowhere&class=x").status_code == 200


def test_a_question_that_does_not_exist_is_404(ines):
    assert ines.get("/staff/questions/no-such-question/").status_code == 404
    assert ines.get("/staff/responses/no-such-quiz.csv").status_code == 404


def test_simulated_figures_are_named_wherever_they_are_shown(ines, question_id):
    figures_of(question_id, **{"simulated asked": 30, "simulated right": 15})
    for path in (f"/staff/questions/{question_id}/", "/staff/questions/"):
        assert "Simulated class." in ines.get(f"{path}?class=simulated").content.decode()
        assert "Simulated class." not in ines.get(path).content.decode()
    assert ines.get("/staff/questions.csv?class=simulated")["Content-Disposition"].endswith('-simulated.csv"')


def test_cells_that_a_spreadsheet_would_run_are_defused():
    evil: list[Cell] = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "fine", -0.31, None]
    [row] = csv.reader(io.StringIO(csv_response("x.csv", [evil]).content.decode(), newline=""))
    assert row == ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\t=1", "'\r=1", "fine", "-0.31", ""]


def test_the_matrix_has_a_row_for_each_learner_and_no_name(ines):
    from learners.models import Learner
    from quizzes.models import Answer, Attempt

    quiz = catalog.find(QUIZ)
    assert quiz
    question = next(question for question in quiz.questions if question.is_marked)
    for learner in (Learner.objects.create(), Learner.objects.create(), Learner.objects.create(pk=simulated_id(1))):
        attempt = Attempt.objects.create(learner=learner, quiz=QUIZ)
        about = {"attempt": attempt, "question": question.id, "version": question.version}
        Answer.objects.create(**about, given="=evil()", correct=False, try_number=1)
        Answer.objects.create(**about, given="second", correct=True, try_number=2)
    right, answers = (
        list(csv.DictReader(io.StringIO(ines.get(f"/staff/responses/{QUIZ}.csv{query}").content.decode())))
        for query in ("", "?cells=answers")
    )
    assert [(row["learner"], row[question.id]) for row in right] == [("1", "0"), ("2", "0")]
    assert [row[question.id] for row in answers] == ["'=evil()"] * 2
    assert not any(str(learner.pk) in str(answers) for learner in Learner.objects.all())
