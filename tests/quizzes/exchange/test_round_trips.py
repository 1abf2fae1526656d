"""What Otto writes for another system and reads back is what it was, as far as the format can hold it."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.exchange.formats import gift, mdbook_quiz, moodle_xml
from quizzes.exchange.from_quiz import bank_of
from quizzes.exchange.items import Bank, Choice, Choices, Item, Short
from quizzes.exchange.read_back import misread
from quizzes.exchange.to_quiz import quiz_of
from quizzes.quiz import Quiz
from tests.quizzes.exchange.samples import (
    FAST,
    NUMBERS,
    ON_ONE_LINE,
    ORDERS,
    banks,
    choices,
    our_quizzes,
    shorts,
)

# The one sign that GIFT cannot escape: it makes a short answer a matching question.
WITHOUT_ARROWS = ON_ONE_LINE.filter(lambda text: "->" not in text)


def arrowless(bank: Bank) -> bool:
    """Whether GIFT can hold every short answer."""
    return not any("->" in f"{item.part}" for item in bank.items)


@FAST
@given(banks(st.one_of(choices(), shorts(WITHOUT_ARROWS), NUMBERS)).filter(arrowless))
def test_gift_gives_back_what_it_holds(bank: Bank) -> None:
    arrived = gift.read(gift.write_bank(bank).content.decode())
    assert (arrived.bank, arrived.losses, arrived.refusals) == (bank, (), ())


@FAST
@given(banks(st.one_of(choices(), shorts(), NUMBERS, ORDERS)))
def test_moodle_xml_gives_back_what_it_holds(bank: Bank) -> None:
    arrived = moodle_xml.read(moodle_xml.write_bank(bank).content.decode())
    assert (arrived.bank, arrived.losses, arrived.refusals) == (bank, (), ())


def as_toml_holds(item: Item) -> Item:
    """Without what mdbook-quiz has no place for; options have no order there."""
    part = item.part
    if isinstance(part, Choices):
        part = replace(part, options=tuple(sorted(part.options, key=lambda option: option.text)))
    if isinstance(part, Short):
        part = replace(part, misses=())
    return replace(item, part=part, topic="", level="")


@FAST
@given(banks(st.one_of(choices(explained=False), shorts())))
def test_toml_gives_back_what_it_holds(bank: Bank) -> None:
    arrived = mdbook_quiz.read(mdbook_quiz.write_bank(bank).content.decode())
    assert arrived.bank.items == tuple(map(as_toml_holds, bank.items))
    assert (arrived.losses, arrived.refusals) == ((), ())


@FAST
@given(banks(st.one_of(choices(), shorts(), NUMBERS, ORDERS)))
def test_our_text_is_read_as_what_it_was_made_from(bank: Bank) -> None:
    """Even when a prompt has lines that look like headings or answers."""
    assert list(misread(bank)) == []


def test_options_of_code_and_prompts_like_answers_keep_their_form() -> None:
    """Each begins as something else in our text does: a block of code, an answer, a heading, a field."""
    code = Choice("```python\nprint(1)\n\n    print(2)\n```", is_key=True)
    quoted = Choice("Say\n> this\nbelieves: nobody", is_key=False)
    prompt = "= no answer\n## no question\n- [x] no: option\n~ no miss\n# no group\n\ntype: no field?"
    bank = Bank((Item(Choices((code, quoted)), prompt, "odd"), Item(Short(("= a",)), prompt, "odd-too")))
    assert list(misread(bank)) == []
    question, other = quiz_of(bank, "made-up", "a-lesson")[0].questions
    assert question.body.options()[0].text == code.text
    assert question.prompt == (
        "= no answer\n### no question\n - [x] no: option\n~ no miss\n### no group\n\ntype: no field?"
    )
    assert other.prompt.startswith("&#61; no answer")


def test_an_id_that_cannot_stay_is_told() -> None:
    """Two questions of one id, which is none of ours: each gets its own, and both changes are told."""
    item = Item(Choices((Choice("a", is_key=True), Choice("b", is_key=False))), "Is it?", "An Id!")
    quiz, losses = quiz_of(Bank((item, item)), "made-up", "")
    assert [question.id for question in quiz.questions] == ["an-id", "an-id-2"]
    assert [loss.what for loss in losses] == ["its id: here it is an-id", "its id: here it is an-id-2"]


@pytest.mark.parametrize("quiz", our_quizzes(), ids=lambda quiz: quiz.slug)
def test_the_courses_own_quizzes_come_back_through_moodle(quiz: Quiz) -> None:
    """Prompts, options, explanations, solutions and hints; only what moves into the prompt differs."""
    bank = bank_of(quiz)
    back = {item.id: item for item in moodle_xml.read(moodle_xml.write_bank(bank).content.decode()).bank.items}
    for item in bank.items:
        if not isinstance(item.part, Choices | Short):
            continue
        same = back[item.id]
        assert same.prompt.endswith(item.prompt)
        assert (same.topic, same.level, same.hint, same.solution) == (item.topic, item.level, item.hint, item.solution)
        assert stripped(same.part) == stripped(item.part)


def stripped(part: object) -> object:
    """A part as Moodle holds it: ids of options and misconceptions are ours alone."""
    if isinstance(part, Choices):
        return replace(part, options=tuple(replace(option, id="", believes="") for option in part.options))
    if isinstance(part, Short):
        return replace(part, misses=tuple(replace(miss, believes="") for miss in part.misses))
    return re.sub(r"believes='[^']*'", "", repr(part))
