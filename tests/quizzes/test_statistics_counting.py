"""What is counted while people answer, and that a recount from their answers gives the same to the last bit."""

import random
import re
import statistics

import pytest
from django.core.management import call_command

from learners.certainty import CERTAINTY
from quizzes import catalog
from quizzes.models import Answer, Count
from quizzes.statistics.changes import changes
from quizzes.statistics.counting import CompletedItem, bucket_of, completed_counts, count_completed_test
from quizzes.statistics.reading import Figures, items, read_figures
from quizzes.statistics.recount import rebuild
from tests.people import browser_of_a_newcomer
from tests.quizzes.conftest import WEATHER, address, answer, form_fields, page
from tests.quizzes.statistics_bank import item_of

pytestmark = pytest.mark.django_db
PREDICTION = """
## sky
type: prediction
topic: The sky tomorrow
level: easy

What colour will the sky have?

- blue: Blue
- grey: Grey

> Look up.
"""


def test_the_first_try_counts_and_the_second_does_not(ada):
    answer(ada, "snow", "dye")
    answer(ada, "snow", "scatter")
    figures = snow()
    assert (figures.asked, figures.right, figures.picks) == (1, 0, {"dye": 1})
    assert figures.facility == 0
    assert figures.since == Answer.objects.earliest("pk").at.date()


def test_what_nobody_marks_is_in_no_figure(weather, ada):
    weather.write_text(WEATHER + PREDICTION)
    for question, given in (("sky", "blue"), ("snow", "scatter"), ("rain", "soil"), ("wind", "low")):
        answer(ada, question, given)
    assert Count.objects.filter(question="snow", what__startswith="n").exists()
    assert not Count.objects.filter(question="sky").exists()


def test_each_try_that_counts_costs_one_statement_more(ada, django_assert_num_queries):
    fields = form_fields(page(ada, "snow")) | {"answer": "scatter"}
    answer(ada, "rain", "soil")
    with django_assert_num_queries(6):  # transaction, learner, attempt, answer, counts, transaction
        ada.post(address("snow"), fields)


def test_certainty_and_time_are_counted_when_they_are_sent(ada, bob):
    for browser, given, certainty, took_ms in ((ada, "scatter", "3", "8000"), (bob, "dye", "3", "16000")):
        fields = form_fields(page(browser)) | {"answer": given, "certainty": certainty, "took_ms": took_ms}
        browser.post(address(), fields)
    assert [(one.level, one.n, one.right) for one in snow().certainties] == [(1, 0, 0), (2, 0, 0), (3, 2, 1)]
    assert snow().median_ms == pytest.approx(8000 * 2**0.25, rel=0.2)


@pytest.mark.parametrize("seed", range(5))
def test_the_median_is_read_from_buckets_to_a_tenth(seed):
    times = [round(25_000 * 2 ** random.Random(f"{seed}:{number}").gauss(0, 1)) for number in range(501)]
    counts: dict[str, int] = {}
    for time_ms in times:
        what = f"took:{bucket_of(time_ms)}"
        counts[what] = counts.get(what, 0) + 1
    assert Figures("q", "v", counts).median_ms == pytest.approx(statistics.median(times), rel=0.1)


@pytest.mark.parametrize("seed", range(5))
def test_discrimination_is_the_correlation_with_the_other_questions(seed):
    room = random.Random(seed)
    attempts = [[room.random() < strength / 40 for _ in range(11)] for strength in range(1, 40)]
    counts: dict[str, int] = {}
    for marks in attempts:
        rows = [CompletedItem(f"q{number}", "v", ["key"], right) for number, right in enumerate(marks)]
        for (question, _, what), n in completed_counts(rows).items():
            if question == "q0":
                counts[what] = counts.get(what, 0) + n
    rest = [sum(marks[1:]) / 10 for marks in attempts]
    expected = statistics.correlation([marks[0] for marks in attempts], rest)
    assert Figures("q0", "v", counts).discrimination == pytest.approx(expected, abs=1e-9)


def test_a_question_alone_in_its_attempt_has_no_rest_score():
    assert completed_counts([CompletedItem("q", "v", ["a"], True)]) == {}


def test_a_finished_test_of_sixty_questions_is_one_statement(django_assert_num_queries):
    rows = [CompletedItem(f"q{number}", "v", ["a", "b"], number % 2 == 0) for number in range(60)]
    with django_assert_num_queries(1):
        count_completed_test(rows)
    count_completed_test(rows)
    assert Count.objects.get(question="q7", what="n").n == 2


def test_a_recount_gives_the_same_to_the_last_bit():
    answer_as_people_do(12)
    counted = everything_counted()
    assert sum(what == "n" for _, _, what in counted) == 3
    found = rebuild()
    assert (found.changed, everything_counted()) == (0, counted)
    Count.objects.all().delete()
    assert rebuild().answers == found.answers
    assert everything_counted() == counted


def test_a_test_counts_when_it_is_handed_in(weather, ada):
    weather.write_text(WEATHER.replace("lab: open-window\n", "modes: test\n"), encoding="utf-8")
    sitting = ada.post("/quizzes/weather/test/")["Location"]
    for number in (1, 2, 3):
        html = ada.get(f"{sitting}{number}/").content.decode()
        [option, *_] = re.findall(r'type="radio" name="answer" value="([a-z]+)"', html)
        ada.post(f"{sitting}{number}/", form_fields(html) | {"answer": option, "certainty": "2"})
    assert (Answer.objects.count(), everything_counted(), rebuild().changed) == (3, {}, 0)
    ada.post(f"{sitting}hand-in/")
    assert [(item.now.asked, item.now.completed) for item in items()] == [(1, 1)] * 3
    assert rebuild().changed == 0


def test_a_recount_mends_what_is_wrong_missing_or_too_much(capsys):
    answer_as_people_do(4)
    counted = everything_counted()
    Count.objects.filter(question="snow", what="asked").update(n=99)
    Count.objects.filter(question="rain", what="asked").delete()
    version = Count.objects.filter(question="wind")[0].version
    Count.objects.create(question="wind", version=version, what="pick:nothing", n=3)
    call_command("rebuild-statistics")
    assert "3 figures were corrected" in capsys.readouterr().out
    assert everything_counted() == counted


def test_a_new_text_starts_anew_and_the_old_figures_stay(weather, ada, bob, settings):
    settings.AUTHOR = True
    answer(ada, "snow", "dye")
    weather.write_text(WEATHER.replace("It takes dust from the clouds", "Dust"), encoding="utf-8")
    answer(bob, "snow", "scatter")
    item = item_of("snow")
    before, after = item.versions
    assert (before.right, after.right) == (0, 1)
    assert item.now == after
    assert rebuild().changed == 0
    assert len(read_figures("snow")) == 2


def test_a_change_is_told_with_what_chance_could_do():
    def figures(asked: int, right: int) -> Figures:
        return Figures("snow", "v", {"asked": asked, "right": right})

    few, many, better = figures(12, 6), figures(200, 80), figures(200, 140)
    words = [change.words for change in changes([few, many, better, better])]
    assert words[0] == "Too early to compare: 12 answers to one of the two texts, 30 are needed."
    assert words[1].startswith("+30 points right at once, with 95 % confidence +20 to +39")
    assert words[2].endswith("-9 to +9: chance alone could have done that.")


def test_thirds_share_a_bin_on_the_border():
    counts = {"n": 9, "in:2": 4, "in:8": 5, "score:a:2": 4, "score:a:8": 1, "in-right:8": 5}
    thirds = Figures("q", "v", counts).picks_by_third("a")
    assert thirds
    assert (thirds.weak, thirds.middle, thirds.strong) == pytest.approx((1, (1 + 2 / 5) / 3, 1 / 5))


def test_the_strong_are_whole_tenths_so_that_their_picks_can_be_counted():
    counts = {"n": 12, "in:2": 4, "in:7": 3, "in:8": 5, "score:a:2": 4, "score:a:7": 2, "score:a:8": 1}
    figures = Figures("q", "v", counts)
    assert [figures.strong_from(least) for least in (1, 5, 6, 8, 9, 13)] == [8, 8, 7, 7, 2, 0]
    assert [figures.picks_from(tenth, "a") for tenth in (8, 7, 0)] == [1, 3, 7]


def test_figures_of_nobody_are_none_and_not_an_error():
    nobody = item_of("snow").now
    assert (nobody.asked, nobody.facility, nobody.discrimination, nobody.median_ms) == (0, None, None, None)
    assert (nobody.since, nobody.certainties, nobody.right_by_third()) == (None, [], None)
    assert [item.question.id for item in items()] == ["snow", "rain", "wind"]


def snow() -> Figures:
    """The figures of the question about snow."""
    return item_of("snow").now


def everything_counted() -> dict[tuple[str, str, str], float]:
    """All rows."""
    return {(row.question, row.version, row.what): row.n for row in Count.objects.all()}


def answer_as_people_do(people: int) -> None:
    """Some finish, some stop halfway, some go a second round; with and without certainty and time."""
    options = {
        question.id: [option.id for option in question.body.options()]
        for quiz in catalog.all_quizzes()
        for question in quiz.questions
    }
    for number in range(people):
        browser, choose = browser_of_a_newcomer(), random.Random(number)
        for question in list(options)[: 3 if number % 4 else 2]:
            about = {"took_ms": str(choose.randrange(1, 90_000))} if number % 3 else {}
            about |= {"certainty": str(choose.choice(tuple(CERTAINTY)))} if number % 2 else {}
            fields = form_fields(page(browser, question)) | about | {"answer": choose.choice(options[question])}
            browser.post(address(question), fields)
            answer(browser, question, choose.choice(options[question]))
        browser.post("/quizzes/weather/retry/")
        answer(browser, "snow", "scatter")
