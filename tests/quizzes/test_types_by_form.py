"""Ada answers by choosing several and by typing, as a browser without JavaScript does it."""

import re
from pathlib import Path

import pytest
from django.test import Client

from quizzes import catalog
from quizzes.models import Answer
from tests.quizzes.asked import send, shown, write_question
from tests.quizzes.conftest import form_fields
from tests.quizzes.test_types_number import TIME
from tests.quizzes.test_types_output import PROGRAM, TWO_LINES
from tests.quizzes.test_types_several import THREE_OF_FIVE
from tests.quizzes.test_types_short import COMMAND

pytestmark = pytest.mark.django_db
RIGHT = "Right, at the first try."
SECOND = "Right, at the second try."


@pytest.fixture
def program(weather: Path) -> None:
    """The program that TWO_LINES is about."""
    (weather.parent / "programs").mkdir()
    (weather.parent / "programs" / "two.py").write_text(PROGRAM, encoding="utf-8")


def trouble(html: str) -> str:
    """What stands beside the question when an answer cannot be marked; nothing may have been counted then."""
    found = re.search(r'role="alert"[^>]*id="trouble-wind">([^<]*)', html)
    assert found
    assert 'aria-describedby="trouble-wind"' in html
    assert Answer.objects.count() == 0
    return found[1]


def checked(html: str) -> set[str]:
    """The boxes that are checked."""
    return set(re.findall(r'name="answer" value="([\w-]+)" checked', html))


def typed(html: str) -> str:
    """What stands in the text field."""
    found = re.search(r'name="answer"[^>]* value="([^"]*)"|<textarea[^>]*name="answer"[^>]*>\n([^<]*)', html)
    assert found
    return found[1] or found[2] or ""


def test_several_right_at_once(weather: Path, ada: Client) -> None:
    write_question(weather, "several", THREE_OF_FIVE)
    html = send(ada, answer=["list", "hash", "zset"]).content.decode()
    assert RIGHT in html
    assert all(f"why-{words}" in html for words in ("list", "hash", "zset", "not-stream", "not-bitmap"))
    assert Answer.objects.get().given == "hash list zset"


def test_several_missed_keeps_what_held_and_explains_what_does_not(weather: Path, ada: Client) -> None:
    write_question(weather, "several", THREE_OF_FIVE)
    html = send(ada, answer=["list", "stream"]).content.decode()
    assert "Of the 2 you chose, 1 holds." in html
    assert "why-not-stream" in html
    assert "why-list" not in html
    assert checked(html) == {"list"}
    assert 'value="stream"' not in html
    assert SECOND in send(ada, answer=["list", "hash", "zset"]).content.decode()


@pytest.mark.parametrize(
    ("sent", "why"),
    [([], "Nothing is chosen."), (["list", "snow"], "“snow” is not one of the answers"), (["a" * 3000], "is too long")],
)
def test_several_that_cannot_be_marked_are_told_and_kept(weather: Path, ada: Client, sent: list[str], why: str) -> None:
    write_question(weather, "several", THREE_OF_FIVE)
    response = send(ada, answer=sent)
    assert response.status_code == 400
    assert why in trouble(response.content.decode())
    assert checked(response.content.decode()) == {"list"} & set(sent)


def test_a_short_text_is_right_however_it_is_cased(weather: Path, ada: Client) -> None:
    write_question(weather, "short", COMMAND)
    html = send(ada, answer="  `lpush`. ").content.decode()
    assert RIGHT in html
    assert "the-solution" in html
    assert Answer.objects.get().given == "`lpush`."


def test_a_known_miss_gets_its_own_explanation_and_another_the_hint(weather: Path, ada: Client, bob: Client) -> None:
    write_question(weather, "short", COMMAND, "hint: It is the left end, says the hint.")
    known = send(ada, answer="rpush").content.decode()
    assert "why-right" in known
    assert "says the hint" not in known
    other = send(bob, answer="SADD").content.decode()
    assert "says the hint" in other
    assert "why-right" not in other
    assert "lpush" not in (known + other).lower()


@pytest.mark.parametrize(("sent", "why"), [("", "Nothing is written."), ("x" * 201, "is 201 characters long")])
def test_a_text_that_cannot_be_marked_is_told_and_kept(weather: Path, ada: Client, sent: str, why: str) -> None:
    write_question(weather, "short", COMMAND)
    response = send(ada, answer=sent)
    assert response.status_code == 400
    assert why in trouble(response.content.decode())
    assert typed(response.content.decode()) == sent


def test_what_ada_types_is_text_and_never_html(weather: Path, ada: Client) -> None:
    write_question(weather, "short", COMMAND)
    html = send(ada, answer='"><script>alert(1)</script>').content.decode()
    html += send(ada, answer="<b>`<i>`</b>").content.decode()
    assert not re.search(r"<script>alert|<b>|<i>", html.partition("<main")[2])


def test_a_number_is_right_in_another_unit(weather: Path, ada: Client) -> None:
    write_question(weather, "number", TIME)
    html = send(ada, answer="0,3 s").content.decode()
    assert RIGHT in html
    assert "Accepted: 270 ms to 330 ms" in html


def test_a_number_missed_twice_is_explained_with_both_answers(weather: Path, ada: Client) -> None:
    write_question(weather, "number", TIME)
    html = send(ada, answer="1.3 s").content.decode()
    assert "why-late" in html
    assert "300 ms" not in html
    html = send(ada, answer="7 s").content.decode()
    for words in ("300 ms", "why-late", "why-early", "Your first answer", "Your second answer", "the-solution"):
        assert words in html


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ("", "There is no number."),
        ("1,300 ms", "“1,300” can mean 1300 or 1.3. Write 1300 or 1.3."),
        ("300", "“300” has no unit. Write it behind the number"),
        ("300 kB", "“300 kB” is a size, and this answer is a time."),
        ("a third", "“a third” does not begin with a number."),
    ],
)
def test_a_number_that_cannot_be_marked_is_told_and_kept(weather: Path, ada: Client, sent: str, why: str) -> None:
    write_question(weather, "number", TIME)
    response = send(ada, answer=sent)
    assert response.status_code == 400
    assert why in trouble(response.content.decode())
    assert typed(response.content.decode()) == sent


@pytest.mark.parametrize(
    ("answer", "fields", "words"),
    [(TIME, "", "A number and its unit."), (TIME, "unit: ms", " in ms<"), ("= 8", "", "A number, without a unit.")],
)
def test_the_field_says_what_it_takes(weather: Path, ada: Client, answer: str, fields: str, words: str) -> None:
    write_question(weather, "number", answer, fields)
    assert words in shown(ada)


@pytest.mark.usefixtures("program")
def test_an_output_missed_stays_in_the_field_and_is_right_after_a_correction(weather: Path, ada: Client) -> None:
    write_question(weather, "output", TWO_LINES, "program: two.py")
    html = send(ada, answer="['a', 1]\r\nx").content.decode()
    assert "why-bytes" in html
    assert typed(html).replace("&#x27;", "'") == "['a', 1]\nx"
    assert "b&#x27;x" not in html
    html = send(ada, answer="['a', 1]\r\nb'x'\r\n").content.decode()
    assert SECOND in html
    assert "b&#x27;x&#x27;" in html


@pytest.mark.usefixtures("program")
@pytest.mark.parametrize(
    ("sent", "why"), [(" \n ", "Nothing is written."), ("x\n" * 1500, "is too long"), ("a\0b", "cannot be kept")]
)
def test_an_output_that_cannot_be_marked_is_told(weather: Path, ada: Client, sent: str, why: str) -> None:
    write_question(weather, "output", TWO_LINES, "program: two.py")
    response = send(ada, answer=sent)
    assert response.status_code == 400
    assert why in trouble(response.content.decode())


@pytest.mark.parametrize(
    ("kind", "answer", "another"),
    [
        ("several", THREE_OF_FIVE, THREE_OF_FIVE.replace("[ ] stream", "[x] stream").replace("[x] list", "[ ] list")),
        ("short", COMMAND, COMMAND.replace("= LPUSH", "= HSET").replace("= redis.lpush", "= XADD")),
        ("number", TIME, TIME.replace("= 300 ms", "= 40 min").replace("~ 1.3 s", "~ 9 h")),
    ],
)
def test_no_page_tells_the_key_before_it_is_due(
    weather: Path, ada: Client, kind: str, answer: str, another: str
) -> None:
    """The same question with another key gives the very same page: it cannot hold what it does not depend on."""
    secrets = r'name="(csrfmiddlewaretoken|seal)" value="[^"]*"'
    write_question(weather, kind, answer)
    before = shown(ada)
    write_question(weather, kind, another)
    catalog._read.cache_clear()
    after = shown(ada)
    assert form_fields(before)["seal"] != form_fields(after)["seal"]
    assert re.sub(secrets, "", before) == re.sub(secrets, "", after)
