"""A simulated class: what was spoilt is found and nothing else, and it never mixes with a real one."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from learners.models import Learner
from quizzes import catalog
from quizzes.models import Answer, Attempt, Count
from quizzes.parser import read_quiz_text
from quizzes.quiz import Quiz
from quizzes.statistics.exports import response_rows, statistics_rows
from quizzes.statistics.reading import items
from quizzes.statistics.recount import rebuild
from quizzes.statistics.simulated import is_simulated
from quizzes.statistics.simulation import SPOILT, SimulatedClass
from quizzes.statistics.suspects import suspects
from tests.quizzes.conftest import answer
from tests.quizzes.statistics_bank import bank_text, counted, item_of

A_CLASS, MANY = 30, 300
CONTENT = catalog.CONTENT  # read when this module is imported: the stories of this folder have a quiz of their own


@pytest.fixture
def bank() -> Quiz:
    """A quiz of 23 questions."""
    quiz = read_quiz_text(bank_text(), Path("bank.md")).quiz
    assert quiz
    return quiz


@pytest.fixture
def bank_in_course(weather: Path) -> None:
    """The same as the only quiz of the course."""
    weather.with_name("bank.md").write_text(bank_text(), encoding="utf-8")
    weather.unlink()


def named(room: SimulatedClass) -> dict[str, set[str]]:
    """The ids of the questions that are named, and of the rules they break."""
    return {one.item.question.id: {reason.rule.id for reason in one.reasons} for one in suspects(counted(room))}


@pytest.mark.parametrize(("learners", "seed"), [*((A_CLASS, seed) for seed in range(16)), (MANY, 1), (MANY, 2)])
def test_what_was_spoilt_is_named_and_nothing_else(bank, learners, seed):
    room = SimulatedClass([bank], learners, seed)
    found = named(room)
    assert set(room.spoilt.values()) == set(SPOILT)
    assert found.keys() == room.spoilt.keys()
    assert all(rule.id in found[question] for question, rule in room.spoilt.items())


@pytest.mark.parametrize("seed", range(4))
def test_the_same_holds_for_the_questions_of_the_course(seed, monkeypatch):
    monkeypatch.setattr(catalog, "CONTENT", CONTENT)
    room = SimulatedClass(catalog.all_quizzes(), A_CLASS, seed)
    found = named(room)
    assert set(room.spoilt.values()) == set(SPOILT)
    assert found.keys() == room.spoilt.keys()


def test_which_questions_are_spoilt_does_not_depend_on_the_seed(bank):
    one, other = (SimulatedClass([bank], A_CLASS, seed) for seed in (1, 2))
    assert one.spoilt == other.spoilt
    assert one.difficulties != other.difficulties
    assert {question.level for question in bank.questions if question.id in one.spoilt} == {"easy", "hard"}


def test_a_class_without_spoilt_questions_names_none(bank, monkeypatch):
    monkeypatch.setattr("quizzes.statistics.simulation.SPOILT", {})
    assert named(SimulatedClass([bank], A_CLASS, 1)) == {}
    assert named(SimulatedClass([bank], MANY, 1)) == {}


@pytest.mark.django_db
@pytest.mark.usefixtures("bank_in_course")
def test_the_command_lets_thirty_answer_through_the_real_marking_and_finds_what_it_spoilt(capsys):
    call_command("simulate-class")
    said = capsys.readouterr().out
    assert f"{A_CLASS} of {A_CLASS} learners have answered" in said
    assert (said.count("spoilt  "), said.count("(found)")) == (4, 4)
    assert "named without being spoilt" not in said
    assert "about 300 for weak discrimination" in said
    assert Attempt.objects.filter(finished_at__isnull=False).count() == A_CLASS
    assert all(is_simulated(learner.pk) for learner in Learner.objects.all())
    assert {item.now.asked for item in items(simulated=True)} == {A_CLASS}
    assert {item.now.completed for item in items(simulated=True)} == {A_CLASS}
    assert rebuild().changed == 0


@pytest.mark.django_db
@pytest.mark.usefixtures("bank_in_course")
def test_a_class_too_small_to_say_anything_says_so(capsys):
    call_command("simulate-class", learners=2, seed=4)
    said = capsys.readouterr().out
    assert said.count("(not found)") == 4
    assert "The list begins when 30 have finished a quiz; so far it is 2 at most." in said


@pytest.mark.django_db
@pytest.mark.usefixtures("bank_in_course")
def test_the_same_seed_makes_the_same_class():
    call_command("simulate-class", learners=3, seed=7)
    first = list(Answer.objects.order_by("pk").values_list("question", "given", "certainty", "took_ms"))
    call_command("simulate-class", remove=True)
    call_command("simulate-class", learners=3, seed=7)
    assert list(Answer.objects.order_by("pk").values_list("question", "given", "certainty", "took_ms")) == first


@pytest.mark.django_db
def test_simulated_figures_never_mix_with_real_ones(ada):
    answer(ada, "snow", "dye")
    real = item_of("snow").now
    call_command("simulate-class", learners=5, seed=1)
    assert item_of("snow").now == real
    assert item_of("snow", simulated=True).now.asked == 5
    assert len(list(response_rows(item_of("snow").quiz))) == 1 + 1
    assert len(list(response_rows(item_of("snow").quiz, simulated=True))) == 1 + 5
    assert {row[5] for row in list(statistics_rows())[1:]} == {1}


@pytest.mark.django_db
def test_removing_takes_them_and_nobody_else(ada, capsys):
    answer(ada, "snow", "dye")
    before = list(Count.objects.values_list())
    call_command("simulate-class", learners=5)
    with pytest.raises(CommandError, match="a simulated class of 5 already"):
        call_command("simulate-class", learners=2)
    call_command("simulate-class", remove=True)
    assert "5 simulated learners removed" in capsys.readouterr().out
    assert Learner.objects.count() == 1
    assert list(Count.objects.values_list()) == before


@pytest.mark.django_db
@pytest.mark.parametrize("learners", [0, -3, 10_001])
def test_a_class_of_an_impossible_size_is_refused(learners):
    with pytest.raises(CommandError, match="a whole number from 1 to 10,000"):
        call_command("simulate-class", learners=learners)
