"""Ada takes a quiz as practice, as a test and before the lesson; nothing is told before it is due."""

import re
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from learners.models import Learner
from quizzes.models import Answer, Attempt, Count
from quizzes.quiz import Try
from quizzes.sittings import drawing
from quizzes.sittings.firmness import firmness_of
from quizzes.sittings.score import BONUS, score_of
from quizzes.sittings.taking import history
from tests.people import browser_of_a_newcomer
from tests.quizzes.conftest import WEATHER, form_fields, weather_quiz

pytestmark = pytest.mark.django_db
KEYS = {"snow": "scatter", "rain": "soil", "wind": "low"}
CARD = "## card-sky\ntype: card\ntopic: The sky\nlevel: medium\n\nWhat colour has the sky?\n\n= Blue.\n"
WRONG = {"snow": "dye", "rain": "ozone", "wind": "up"}


@pytest.fixture(autouse=True)
def weather_in_all_modes(weather: Path) -> None:
    """The quiz of three questions, offered in every mode; one of them has a hint."""
    text = WEATHER.replace("lab: open-window\n", "lab: open-window\nmodes: check, practice, test, prediction\n")
    weather.write_text(text.replace("level: easy\n", "level: easy\nhint: Look closely.\n", 1))


def begin(browser: Client, mode: str) -> str:
    """Begin a sitting; its address."""
    return browser.post(f"/quizzes/weather/{mode}/")["Location"]


def asked(browser: Client, sitting: str, number: int) -> tuple[str, str]:
    """The address of a question of the sitting, and the question's id."""
    html = browser.get(f"{sitting}{number}/").content.decode()
    found = re.search(r'id="prompt-([a-z]+)"', html)
    assert found, html
    return f"{sitting}{number}/", found[1]


def save(browser: Client, place: str, given: str, **more: str) -> int:
    """Answer one question; the status."""
    fields = form_fields(browser.get(place).content.decode())
    return browser.post(place, fields | {"answer": given} | more).status_code


def take(browser: Client, sitting: str, answers: dict[str, str], **more: str) -> None:
    """Answer every question as a table of answers says."""
    for number in range(1, len(answers) + 1):
        place, question = asked(browser, sitting, number)
        assert save(browser, place, answers[question], **more) == 302


def result(browser: Client, sitting: str) -> str:
    """The text of the result."""
    browser.post(f"{sitting}hand-in/")
    html = browser.get(sitting).content.decode()
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_a_test_tells_nothing_before_it_is_handed_in(ada: Client) -> None:
    sitting = begin(ada, "test")
    place, question = asked(ada, sitting, 1)
    save(ada, place, WRONG[question])

    html = ada.get(place).content.decode()
    assert "Saved." in html
    assert "why-" not in html
    assert "Not that one" not in html
    assert "missed" not in ada.get(sitting).content.decode()

    ada.post(f"{sitting}hand-in/")
    assert f"why-{KEYS[question]}" in ada.get(place).content.decode()


def test_an_answer_can_be_changed_until_it_is_handed_in(ada: Client) -> None:
    sitting = begin(ada, "test")
    place, question = asked(ada, sitting, 1)
    save(ada, place, WRONG[question])
    save(ada, place, KEYS[question])
    assert [answer.given for answer in Answer.objects.all()] == [KEYS[question]]

    ada.post(f"{sitting}hand-in/")
    fields = {"answer": WRONG[question], "seal": "x"}
    assert ada.post(place, fields).status_code == 409
    assert [answer.given for answer in Answer.objects.all()] == [KEYS[question]]


def test_a_test_gives_points_and_leads_to_practice(ada: Client) -> None:
    sitting = begin(ada, "test")
    take(ada, sitting, KEYS | {"wind": "up"})
    assert "2 of 3 points" in result(ada, sitting)

    practice = ada.post(f"{sitting}practise/")["Location"]
    assert asked(ada, practice, 1)[1] == "wind"
    assert ada.get(f"{practice}2/").status_code == 404


def test_a_test_handed_in_half_says_what_was_open(ada: Client) -> None:
    sitting = begin(ada, "test")
    place, question = asked(ada, sitting, 2)
    save(ada, place, KEYS[question])
    assert "Hand in with 2 open" in ada.get(sitting).content.decode()
    assert "1 of 3 points" in result(ada, sitting)
    assert Attempt.objects.get().score == pytest.approx(1 / 3)


def test_two_tabs_do_not_overwrite_each_other(ada: Client) -> None:
    place, question = asked(ada, begin(ada, "test"), 1)
    first_tab = form_fields(ada.get(place).content.decode())
    save(ada, place, KEYS[question])

    response = ada.post(place, first_tab | {"answer": WRONG[question]})
    assert response.status_code == 409
    assert "Another tab" in response.content.decode()
    assert Answer.objects.get().given == KEYS[question]


def test_pressed_twice_a_test_begins_once(ada: Client) -> None:
    assert begin(ada, "test") == begin(ada, "test")
    assert Attempt.objects.count() == 1


def test_a_second_test_asks_in_another_order_and_is_not_counted(ada: Client) -> None:
    first = begin(ada, "test")
    take(ada, first, KEYS)
    result(ada, first)
    counted = Count.objects.get(question="snow", what="asked").n

    second = begin(ada, "test")
    assert second != first
    take(ada, second, WRONG)
    result(ada, second)
    assert Count.objects.get(question="snow", what="asked").n == counted == 1


def test_handed_in_twice_it_counts_once(ada: Client) -> None:
    sitting = begin(ada, "test")
    take(ada, sitting, KEYS)
    result(ada, sitting)
    result(ada, sitting)
    assert Count.objects.get(question="snow", what="n").n == 1


def test_bob_cannot_see_adas_sitting(ada: Client, bob: Client) -> None:
    sitting = begin(ada, "test")
    newcomer = browser_of_a_newcomer()
    assert begin(bob, "test") != sitting, "he begins one of his own"
    for browser in (bob, newcomer):
        for address in (sitting, f"{sitting}1/"):
            assert browser.get(address).status_code == 404
        for address in (f"{sitting}1/", f"{sitting}hand-in/", f"{sitting}practise/"):
            assert browser.post(address, {"ask": "star"}).status_code == 404
    assert not Attempt.objects.exclude(finished_at=None).exists()


def test_what_is_answered_in_a_sitting_is_not_answered_in_the_self_check(ada: Client) -> None:
    take(ada, begin(ada, "practice"), KEYS)
    for question, key in KEYS.items():
        html = ada.get(f"/quizzes/weather/{question}/").content.decode()
        assert f"why-{key}" not in html
        assert form_fields(html)["try"] == "1"


def test_one_mode_does_not_go_on_with_another(ada: Client) -> None:
    assert len({begin(ada, mode) for mode in ("practice", "test", "prediction")}) == 3


def test_what_was_missed_is_known_from_ones_own_first_tries_alone(ada: Client, bob: Client) -> None:
    test, practice = begin(ada, "test"), begin(bob, "practice")
    take(ada, test, WRONG)
    place, question = asked(bob, practice, 1)
    save(bob, place, WRONG[question])
    save(bob, place, KEYS[question])
    missed, seen = history(Learner.objects.latest("created_at"), weather_quiz())
    assert (missed, set(seen)) == ({question}, {question})


def test_while_a_test_goes_on_its_pages_say_only_that_an_answer_is_saved(ada: Client) -> None:
    sitting = begin(ada, "test")
    place, question = asked(ada, sitting, 1)
    save(ada, place, WRONG[question], certainty="3")
    for address in (sitting, place):
        words = " ".join(re.sub(r"<[^>]+>", " ", ada.get(address).content.decode()).split())
        assert "aved" in words
        assert not re.search(r"missed|certain\b|Not that one|why-", words.partition("How sure")[0])
    ada.post(f"{sitting}hand-in/")
    assert "Not that one. The right answer stands here now, and why." in ada.get(place).content.decode()


def test_a_mode_that_a_quiz_does_not_have_is_not_found(ada: Client, weather: Path) -> None:
    weather.write_text(weather.read_text().replace("practice, test, prediction", "practice"))
    for address in ("/quizzes/weather/test/", "/quizzes/snowfall/practice/", "/quizzes/topics/nowhere/"):
        assert (ada.get(address).status_code, ada.post(address).status_code) == (404, 404)
    assert not Attempt.objects.exists()


def test_the_topic_asks_ten_from_easy_to_hard_and_nothing_that_nobody_marks(weather: Path) -> None:
    head, _, questions = WEATHER.partition("## snow")
    one = f"## snow{questions}"
    more = [re.sub(r"^## (\w+)|^topic: (.*)", rf"\g<0>{n}", one, flags=re.MULTILINE) for n in range(4)]
    weather.write_text("\n".join([head, *more, CARD]))
    asked_for = drawing.for_topic([weather_quiz()], seed=3)
    levels = [next(q.level for q in weather_quiz().questions if q.id == question) for question in asked_for]
    assert levels == ["easy"] * 3 + ["medium"] * 4 + ["hard"] * 3
    assert len(set(asked_for)) == 10
    assert "card-sky" not in drawing.for_prediction(weather_quiz())
    assert "card-sky" not in {question for seed in range(20) for question in drawing.for_topic([weather_quiz()], seed)}


def test_practice_explains_at_once_and_gives_a_second_try(ada: Client) -> None:
    practice = begin(ada, "practice")
    place, question = asked(ada, practice, 1)
    save(ada, place, WRONG[question])
    assert f"why-not-{WRONG[question]}" in ada.get(place).content.decode()
    save(ada, place, KEYS[question])
    assert f"why-{KEYS[question]}" in ada.get(place).content.decode()
    assert [answer.correct for answer in Answer.objects.order_by("pk")] == [False, True]


def test_practice_is_over_with_its_last_answer(ada: Client) -> None:
    practice = begin(ada, "practice")
    take(ada, practice, KEYS)
    assert Attempt.objects.get().finished_at is not None
    assert Attempt.objects.get().score is None


def test_before_the_lesson_nothing_is_marked_and_later_the_two_stand_side_by_side(ada: Client) -> None:
    prediction = begin(ada, "prediction")
    take(ada, prediction, WRONG)
    told = result(ada, prediction)
    assert "It takes dust from the clouds not answered yet" in told
    assert "missed" not in told
    assert not Count.objects.exists()

    fields = form_fields(ada.get("/quizzes/weather/snow/").content.decode())
    ada.post("/quizzes/weather/snow/", fields | {"answer": "scatter"})
    told = result(ada, prediction)
    assert "It takes dust from the clouds Its many faces scatter light" in told


def test_the_topic_is_estimated_with_its_doubt(ada: Client) -> None:
    sitting = ada.post("/quizzes/topics/first-weather/")["Location"]
    take(ada, sitting, KEYS)
    told = result(ada, sitting)
    found = re.search(r"about (\d+) in 100 right.* between (\d+) and (\d+)\.", told)
    assert found, told
    share, low, high = (int(number) for number in found.groups())
    assert low < share < high
    assert share > 60


def test_certain_and_wrong_comes_first(ada: Client) -> None:
    sitting = begin(ada, "test")
    for number in (1, 2, 3):
        place, question = asked(ada, sitting, number)
        save(ada, place, WRONG[question], certainty="3" if question == "wind" else "1")
    told = result(ada, sitting)
    assert told.index("Where wind goes") < min(told.index("Why snow is white"), told.index("What rain smells of"))
    assert "though you were certain" in told


def test_a_hint_costs_a_quarter(ada: Client) -> None:
    sitting = begin(ada, "test")
    numbers = {asked(ada, sitting, number)[1]: number for number in (1, 2, 3)}
    place = f"{sitting}{numbers['snow']}/"
    page = ada.get(place).content.decode()
    assert "Look closely" not in page
    assert "A hint costs a quarter of its point." in page

    shown = ada.post(place, form_fields(page) | {"answer": "scatter", "ask": "hint"}).content.decode()
    assert "Look closely" in shown
    assert not Answer.objects.exists()
    ada.post(place, form_fields(shown) | {"answer": "scatter"})
    assert "0.75 of 3 points" in result(ada, sitting)


@pytest.mark.parametrize(
    ("answers", "points", "bonus"),
    [
        ([Try("", True), Try("", False), None], 1.0, 0.0),
        ([Try("", True, 3), Try("", True, 2)], 2.0, 0.3),
        ([Try("", True, 3), Try("", False, 3)], 1.0, 0.0),
        ([Try("", True, 1), Try("", False, 1)], 1.0, 0.0),
        ([Try("", True, 0, True), Try("", True, 2, True)], 1.5, 0.1),
    ],
)
def test_points_by_hand(answers: list[Try | None], points: float, bonus: float) -> None:
    score = score_of(answers)
    assert (score.points, score.bonus, score.most) == (points, bonus, len(answers))


def test_the_honest_word_pays_best() -> None:
    def worth(certainty: int, chance: float) -> float:
        right, wrong = BONUS[certainty]
        return chance * right + (1 - chance) * wrong

    best = [max((1, 2, 3), key=lambda word: worth(word, chance)) for chance in (0.3, 0.65, 0.95)]
    assert best == [1, 2, 3]


def test_more_right_answers_make_a_topic_firmer_and_more_answers_make_it_surer() -> None:
    questions = weather_quiz().questions
    none, some, all_of_them = (
        firmness_of([(question, right) for question, right in zip(questions, rights, strict=True)], questions)
        for rights in ((False,) * 3, (True, True, False), (True,) * 3)
    )
    assert none.share < some.share < all_of_them.share
    many = firmness_of([(question, True) for question in questions] * 5, questions)
    assert many.high - many.low < all_of_them.high - all_of_them.low


def test_practice_draws_what_was_missed_and_then_what_is_new(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "PRACTICE_LENGTH", 2)
    seen = {"snow": datetime(2026, 1, 2, tzinfo=UTC), "rain": datetime(2026, 1, 1, tzinfo=UTC)}
    drawn = [set(drawing.for_practice(weather_quiz(), {"snow"}, seen, seed)) for seed in range(5)]
    assert drawn == [{"snow", "wind"}] * 5
