"""A file in Moodle XML: each type of question, and what is told or refused."""

from decimal import Decimal

import pytest

from quizzes.exchange.format import Arrived
from quizzes.exchange.formats.moodle_xml import read
from quizzes.exchange.items import Blanks, Choice, Choices, Gap, Line, Miss, Number, Order, Refused, Short

HEAD = "<name><text>A name</text></name><questiontext format='html'><text>{}</text></questiontext>"
YES = "<answer fraction='100'><text>yes</text><feedback><text>Right.</text></feedback></answer>"
NO = "<answer fraction='0' format='markdown'><text>*no*</text></answer>"


def quiz(kind: str, answers: str, text: str = "What?") -> Arrived:
    """A file of one question, which begins on its second line."""
    question = f'<question type="{kind}">{HEAD.format(text)}\n{answers}</question>'
    return read(f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>{question}</quiz>')


@pytest.mark.parametrize(
    ("kind", "answers", "part"),
    [
        (
            "multichoice",
            f"<single>true</single>{YES}{NO}",
            Choices((Choice("yes", is_key=True, explanation="Right."), Choice("*no*", is_key=False))),
        ),
        (
            "multichoice",
            f"<single>false</single>{YES}{NO}",
            Choices((Choice("yes", is_key=True, explanation="Right."), Choice("*no*", is_key=False)), several=True),
        ),
        (
            "truefalse",
            "<answer fraction='0'><text>true</text></answer><answer fraction='100'><text>false</text></answer>",
            Choices((Choice("True", is_key=False), Choice("False", is_key=True))),
        ),
        (
            "shortanswer",
            f"<usecase>1</usecase><answer fraction='100'><text>a\\*</text></answer>{NO.replace('*', '')}",
            Short(("a*",), (Miss("no"),), case=True),
        ),
        (
            "numerical",
            "<answer fraction='100'><text>300</text><tolerance>30</tolerance></answer><units>"
            "<unit><multiplier>0.001</multiplier><unit_name>s</unit_name></unit>"
            "<unit><multiplier>1</multiplier><unit_name>ms</unit_name></unit></units>",
            Number(Decimal(300), Decimal(30), "ms"),
        ),
        (
            "ordering",
            "<answer fraction='2.0' format='plain_text'><text>    b = &lt;1&gt;</text></answer>"
            "<answer fraction='1.0'><text>a</text></answer>",
            Order((Line("a"), Line("    b = <1>"))),
        ),
    ],
)
def test_each_type(kind: str, answers: str, part: object) -> None:
    arrived = quiz(kind, answers)
    assert [item.part for item in arrived.bank.items] == [part]
    assert (arrived.losses, arrived.refusals) == ((), ())


def test_gaps_in_code_become_blanks() -> None:
    gap = "{1:SHORTANSWER:=lpush#Adds.~=rpush~get#Reads \\#1.~*#No}"
    text = f"&lt;p&gt;Fill &lt;b&gt;it&lt;/b&gt;:&lt;/p&gt;&lt;pre&gt;r.{gap}('q')&lt;/pre&gt;"
    (item,) = quiz("cloze", "", text).bank.items
    assert item.prompt == "Fill **it**:"
    assert item.part == Blanks(
        "r.[[gap-1]]('q')", (Gap("gap-1", ("lpush", "rpush"), (Miss("get", "Reads #1."),), "Adds."),)
    )


def test_gaps_in_prose_become_a_text_to_fill_and_the_lost_prompt_is_told() -> None:
    arrived = quiz("cloze", "", "The capital of France is {1:MULTICHOICE:=Paris~Lyon}.")
    (item,) = arrived.bank.items
    assert (item.prompt, item.part) == (
        "",
        Blanks("The capital of France is [[gap-1]].", (Gap("gap-1", ("Paris",), (Miss("Lyon"),)),), tiles=True),
    )
    assert "written as code" in arrived.losses[0].what


@pytest.mark.parametrize("tag", ["dragbox", "selectoption"])
def test_words_to_drag_become_tiles(tag: str) -> None:
    boxes = "".join(f"<{tag}><text>{word}</text><group>1</group></{tag}>" for word in ("cat", "mat", "dog"))
    (item,) = quiz("ddwtos" if tag == "dragbox" else "gapselect", boxes, "The [[1]] on the [[2]].").bank.items
    others = (Miss("cat"), Miss("dog"))
    assert isinstance(item.part, Blanks)
    assert item.part.gaps == (Gap("gap-1", ("cat",), (Miss("mat"), Miss("dog"))), Gap("gap-2", ("mat",), others))


@pytest.mark.parametrize(
    ("kind", "answers", "told"),
    [
        ("essay", "", "2: A name: left out: there is no type of question like Moodle's “essay”"),
        ("matching", "", "“matching”"),
        ("multichoice", f"{YES}{NO}<tags><tag><text>week 1</text></tag></tags>", "3: A name: the tag week 1"),
        ("multichoice", f"{YES}{NO}<defaultgrade>2.0</defaultgrade>", "it counts 2.0 marks"),
        (
            "multichoice",
            f"{YES}{NO}<incorrectfeedback><text>Oh no.</text></incorrectfeedback>",
            "the answer as a whole: Oh no.",
        ),
        ("multichoice", f"{YES}{NO}<hint><text>a</text></hint><hint><text>b</text></hint>", "a second hint: b"),
        ("multichoice", f"{YES}<answer fraction='50'><text>half</text></answer>", "50 % of the marks for “half”"),
        ("shortanswer", f"{YES.replace('Right.', '')}<answer fraction='100'><text>y*</text></answer>", "“y*”"),
        (
            "numerical",
            "<answer fraction='100'><text>1</text></answer>"
            "<units><unit><multiplier>1</multiplier><unit_name>furlong</unit_name></unit></units>",
            "the unit furlong",
        ),
    ],
)
def test_what_does_not_come_across_is_told_with_its_line(kind: str, answers: str, told: str) -> None:
    (loss,) = quiz(kind, answers).losses
    assert told in str(loss)


@pytest.mark.parametrize(
    ("kind", "answers", "message"),
    [
        ("multichoice", YES, "A choice with 1 options."),
        (
            "multichoice",
            f"{YES}<answer fraction='0'><text></text></answer>",
            "An option is empty, or nothing but a picture.",
        ),
        ("multichoice", "<answer fraction='many'><text>a</text></answer>", "“many” is not a number."),
        ("truefalse", f"{YES}{NO}", "This true/false question has other answers."),
        ("shortanswer", NO, "No answer is right."),
        ("numerical", NO, "is not a number."),
        ("ordering", YES, "Nothing to put in order."),
        ("cloze", "", "No gap of this question can be read."),
        ("ddwtos", "", "This question has no gaps."),
    ],
)
def test_a_question_that_cannot_be_read_is_left_out_with_its_line(kind: str, answers: str, message: str) -> None:
    (refusal,) = quiz(kind, answers).refusals
    assert message in refusal.message
    assert refusal.line in (2, 3)
    assert refusal.hint


BOMB = '<!DOCTYPE q [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>\n<quiz>&b;</quiz>'


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (BOMB, 1, "A document type or an entity is declared here."),
        ('\n<!DOCTYPE quiz SYSTEM "file:///etc/passwd">\n<quiz/>', 2, "A document type"),
        ("<quiz>\n&secret;</quiz>", 2, "no well-formed XML"),
        ("<quiz>\n<question>\n</quiz>", 3, "no well-formed XML"),
        ("", 1, "no well-formed XML"),
        ("<html/>", 1, "begins with <html>"),
        ("\n".join(["<quiz>"] * 60), 51, "more than 50 deep"),
    ],
)
def test_a_file_that_is_no_quiz_is_refused(text: str, line: int, message: str) -> None:
    with pytest.raises(Refused) as refused:
        read(text)
    assert refused.value.line == line
    assert message in refused.value.message
    assert refused.value.hint
