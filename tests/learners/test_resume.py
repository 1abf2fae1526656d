"""Ada carries what she did to another machine with four words; nobody else gets at it."""

import hashlib
import re
from datetime import timedelta

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from learners import words
from learners.models import Counted, Learner, ResumeCode
from learners.resume import WRONG_CODES
from learners.words import NoCode, draw_code, read_code
from tests.people import browser_of_a_newcomer

pytestmark = pytest.mark.django_db

GUESS = {"slug": "home/inp", "choice": "rises"}
WRONG = "abandon ability able about"


@pytest.fixture
def ada() -> Client:
    """Ada, who has guessed that INP rises."""
    browser = browser_of_a_newcomer()
    browser.post("/guesses/", GUESS)
    return browser


def code_from(browser: Client) -> str:
    """Press "Make a code" and read the four words."""
    shown = browser.post("/me/code/").content.decode()
    found = re.search(r'<p class="yours big">([a-z ]+)</p>', shown)
    assert found
    return found[1]


def enter(browser: Client, code: str):
    return browser.post("/me/resume/", {"code": code})


def guesses(browser: Client) -> dict[str, str]:
    return browser.get("/me.json").json()["guesses"]


def test_four_words_bring_her_work_to_another_browser_and_leave_it_in_hers(ada):
    other = browser_of_a_newcomer()
    assert enter(other, code_from(ada))["Location"] == "/me/"
    assert guesses(other) == guesses(ada) == {"home/inp": "rises"}
    other.post("/guesses/", {"slug": "home/inp", "choice": "falls a little"})
    assert guesses(ada) == {"home/inp": "falls a little"}
    assert Learner.objects.count() == 1


def test_a_code_works_once(ada):
    code = code_from(ada)
    enter(browser_of_a_newcomer(), code)
    late = browser_of_a_newcomer()
    answer = enter(late, code)
    assert answer.status_code == 400
    assert "Nobody has this code now." in answer.content.decode()
    assert guesses(late) == {}


def test_of_two_who_both_saw_it_alive_one_gets_it(ada, monkeypatch):
    code, really_first = code_from(ada), QuerySet.first

    def first_and_a_rival_uses_it(rows):
        found = really_first(rows)
        ResumeCode.objects.filter(pk=found.pk if isinstance(found, ResumeCode) else None).delete()
        return found

    monkeypatch.setattr(QuerySet, "first", first_and_a_rival_uses_it)
    late = browser_of_a_newcomer()
    assert enter(late, code).status_code == 400
    assert guesses(late) == {}


def test_a_code_lives_for_an_hour(ada):
    code = code_from(ada)
    ResumeCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert enter(browser_of_a_newcomer(), code).status_code == 400
    code = code_from(ada)
    left = ResumeCode.objects.get().expires_at - timezone.now()
    assert timedelta(minutes=59) < left <= timedelta(hours=1)
    assert enter(browser_of_a_newcomer(), code).status_code == 302


def test_only_the_newest_code_works(ada):
    first, second = code_from(ada), code_from(ada)
    assert enter(browser_of_a_newcomer(), first).status_code == 400
    assert enter(browser_of_a_newcomer(), second).status_code == 302


def test_nothing_happens_by_get_and_nobody_without_work_gets_a_code(ada):
    code = code_from(ada)
    newcomer = browser_of_a_newcomer()
    assert newcomer.get("/me/resume/", {"code": code}).status_code == 405
    assert newcomer.get("/me/code/").status_code == 405
    assert newcomer.post("/me/code/")["Location"] == "/me/"
    assert (ResumeCode.objects.count(), Learner.objects.count()) == (1, 1)


def test_a_code_needs_the_forms_token(ada):
    stranger = browser_of_a_newcomer(csrf=True)
    assert enter(stranger, code_from(ada)).status_code == 403


def test_the_words_themselves_are_kept_nowhere(ada):
    code = code_from(ada)
    kept = ResumeCode.objects.get()
    assert code not in str(vars(kept))
    assert code not in ada.get("/me/everything.json").content.decode()
    assert kept.digest != hashlib.sha256(code.encode()).hexdigest(), "a digest without a key can be searched through"


def test_after_ten_wrong_codes_even_a_right_one_waits(ada):
    code, mallory = code_from(ada), browser_of_a_newcomer()
    assert [enter(mallory, WRONG).status_code for _ in range(WRONG_CODES.most)] == [400] * WRONG_CODES.most
    refused = enter(browser_of_a_newcomer(), code)
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= WRONG_CODES.window_s
    assert f'value="{code}"' in refused.content.decode(), "what was typed stays in the form"
    elsewhere = browser_of_a_newcomer().post("/me/resume/", {"code": code}, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 302
    Counted.objects.update(at=timezone.now() - timedelta(seconds=WRONG_CODES.window_s + 1))
    assert enter(mallory, WRONG).status_code == 400
    assert Counted.objects.count() == 1, "what no longer counts is forgotten"


def test_right_codes_and_slips_of_the_pen_do_not_count(ada):
    for _ in range(WRONG_CODES.most + 1):
        assert enter(browser_of_a_newcomer(), "three short words").status_code == 400
        assert enter(browser_of_a_newcomer(), code_from(ada)).status_code == 302
    assert not Counted.objects.exists()


def test_no_address_is_kept(ada):
    browser_of_a_newcomer().post("/me/resume/", {"code": WRONG}, REMOTE_ADDR="192.0.2.7")
    assert "192.0.2.7" not in str(vars(Counted.objects.get()))


def test_what_a_browser_held_before_is_put_aside_and_can_be_had_back(ada):
    bob = browser_of_a_newcomer()
    bob.post("/guesses/", {"slug": "home/inp", "choice": "stays where it was"})
    answer = enter(bob, code_from(ada))
    shown = answer.content.decode()
    assert "What this browser held before is put aside." in shown
    assert guesses(bob) == {"home/inp": "rises"}
    found = re.search(r'<p class="yours big">([a-z ]+)</p>', shown)
    assert found
    back = browser_of_a_newcomer()
    enter(back, found[1])
    assert guesses(back) == {"home/inp": "stays where it was"}


def test_an_empty_learner_is_not_left_behind(ada):
    bob = browser_of_a_newcomer()
    bob.post("/guesses/", GUESS)
    Learner.objects.latest("created_at").entries.all().delete()
    assert enter(bob, code_from(ada)).status_code == 302
    assert Learner.objects.count() == 1


def test_a_code_of_ones_own_is_used_up_and_changes_nothing(ada):
    assert enter(ada, code_from(ada)).status_code == 302
    assert guesses(ada) == {"home/inp": "rises"}
    assert not ResumeCode.objects.exists()


@pytest.mark.parametrize(
    "typed", ["{0} {1} {2} {3}", " {0}-{1}, {2}.{3}\n", "1. {0} 2. {1} 3. {2} 4. {3}", "{0:.4} {1:.4} {2:.4} {3:.4}"]
)
def test_a_code_may_be_typed_in_many_ways(typed):
    for code in (draw_code() for _ in range(20)):
        assert read_code(typed.format(*code.split()).upper()) == code


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "here are 0"),
        ("abandon ability able", "here are 3"),
        ("abandon ability able about above", "here are 5"),
        ("abandon abilty able about", "“abilty” in it. Did you mean “ability”?"),
        ("abandon ab able about", "“ab” in it."),
        ("a" * 101, "longer than 100 characters"),
        ("абвг abandon able about", "No code has the word"),
    ],
)
def test_what_cannot_be_a_code_is_told_in_words_and_kept_in_the_form(typed, said):
    with pytest.raises(NoCode, match=re.escape(said)):
        read_code(typed)
    answer = enter(browser_of_a_newcomer(), typed)
    assert answer.status_code == 400
    assert f'value="{typed[:100]}"' in answer.content.decode()
    assert not Learner.objects.exists()


def test_there_are_two_to_the_forty_four_codes_each_word_told_by_four_letters():
    listed = words.WORDS_FILE.read_text().split()
    assert len(set(listed)) ** words.WORDS_IN_A_CODE == 2**44
    assert len({word[: words.TELLING_LETTERS] for word in listed}) == len(listed)
    vendored = (words.WORDS_FILE.parents[1] / "VENDORED.md").read_text()
    assert hashlib.sha256(words.WORDS_FILE.read_bytes()).hexdigest() in vendored
    assert (words.WORDS_FILE.parent / "LICENSE.txt").exists()
    assert len({draw_code() for _ in range(200)}) == 200
