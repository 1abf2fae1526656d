"""Otto's questions in Moodle XML, element by element: Moodle reads the file, and nobody here can ask it."""

from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element, fromstring

import pytest

from quizzes.exchange.formats import moodle_xml
from quizzes.exchange.items import Bank, Choice, Choices, Item, Line, Miss, Order, Output, Short
from tests.quizzes.exchange.samples import BLANKS, NUMBER, ONE, ORDER, OUTPUT, SEVERAL, SHORT


def told(element: Element, path: str = "") -> Iterator[str]:
    """Each element that holds text, as the way to it, with its attributes, and the text; empty ones too."""
    signs = "".join(f"[{value}]" for value in element.attrib.values())
    here = f"{path}/{element.tag}{signs}".lstrip("/")
    if not len(element):
        yield f"{here}: {element.text or ''}"
    for child in element:
        yield from told(child, here)


def written(item: Item) -> list[str]:
    """What is told of the only question of a file."""
    (question,) = fromstring(moodle_xml.write_bank(Bank((item,))).content)
    return [line.removeprefix(f"question[{question.attrib['type']}]/") for line in told(question)]


def of_type(item: Item) -> list[str]:
    """The same without what every question begins with."""
    lines = written(item)
    return lines[lines.index(f"idnumber: {item.id}") + 1 :]


def answer(weight: str, words: str, said: str = "", style: str = "moodle_auto_format") -> list[str]:
    """An answer and what is said about it."""
    here = f"answer[{weight}][{style}]"
    return [f"{here}/text: {words}", f"{here}/feedback[markdown]/text: {said}"]


def test_every_question_begins_alike() -> None:
    assert written(replace(SHORT, level="")) == [
        "name/text: Commands",
        "questiontext[markdown]/text: Which command?",
        "generalfeedback[markdown]/text: See the list.",
        "defaultgrade: 1",
        "penalty: 0.3333333",
        "hidden: 0",
        "idnumber: which-command",
        *of_type(replace(SHORT, level="")),
    ]
    assert written(replace(SHORT, topic=""))[0] == "name/text: which-command"


@pytest.mark.parametrize(
    ("item", "lines"),
    [
        (
            ONE,
            [
                *("single: true", "shuffleanswers: true", "answernumbering: none"),
                *answer("100", "It falls by `300` ms", "The mail is *gone* from it: {gone}.", "markdown"),
                *answer("0", "It stays = the same", "Ask ~why~ #1.", "markdown"),
                *("hint[markdown]/text: Think of the wait.", "tags/tag/text: easy"),
            ],
        ),
        (
            SEVERAL,
            [
                *("single: false", "shuffleanswers: false", "answernumbering: none"),
                *answer("50", "A", "Yes.", "markdown"),
                *answer("-100", "B", "No.", "markdown"),
                *answer("50", "C", "Yes.", "markdown"),
                "tags/tag/text: medium",
            ],
        ),
        (
            SHORT,
            [
                "usecase: 0",
                *answer("100", "LPUSH"),
                *answer("100", "redis.lpush \\*"),
                *answer("0", "RPUSH", "That is the other end."),
                "tags/tag/text: easy",
            ],
        ),
        (
            NUMBER,
            [
                *answer("100", "300"),
                "answer[100][moodle_auto_format]/tolerance: 30",
                *answer("0", "1300", "With the worker."),
                "answer[0][moodle_auto_format]/tolerance: 130",
                *("units/unit/multiplier: 1", "units/unit/unit_name: ms"),
                *("units/unit/multiplier: 1000000", "units/unit/unit_name: ns"),
                *("units/unit/multiplier: 1000", "units/unit/unit_name: µs"),
                *("units/unit/multiplier: 0.001", "units/unit/unit_name: s"),
                *("units/unit/multiplier: 0.00001666666666666666666666666667", "units/unit/unit_name: min"),
                *("units/unit/multiplier: 0.0000002777777777777777777777777778", "units/unit/unit_name: h"),
                *("unitgradingtype: 0", "showunits: 0", "tags/tag/text: hard"),
            ],
        ),
        (
            ORDER,
            [
                *("layouttype: VERTICAL", "selecttype: ALL", "selectcount: 0"),
                *("gradingtype: ALL_OR_NOTHING", "showgrading: SHOW", "numberingstyle: none"),
                *answer("1", "with atomic():", style="plain_text"),
                *answer("2", "    save()", style="plain_text"),
                *answer("3", "    send()", style="plain_text"),
                "tags/tag/text: hard",
            ],
        ),
    ],
    ids=lambda part: part.id if isinstance(part, Item) else "",
)
def test_a_question_is_written_so(item: Item, lines: list[str]) -> None:
    assert of_type(item) == lines


def test_weights_have_the_five_decimals_that_moodle_knows() -> None:
    thirds = tuple(Choice(word, is_key=word < "d") for word in "abcdefghi")
    weights = {
        line.partition("[")[2].partition("]")[0] for line in of_type(Item(Choices(thirds, several=True), "?", "a"))
    }
    assert weights >= {"33.33333", "-16.66667"}


def test_a_star_is_a_star_in_what_is_right_and_in_what_is_foreseen() -> None:
    item = Item(Short(("SELECT *",), (Miss("*", "Select it."),)), "?", "stars")
    assert of_type(item) == ["usecase: 0", *answer("100", "SELECT \\*"), *answer("0", "\\*", "Select it.")]


def test_lines_of_prose_stay_markdown_and_keep_what_is_said() -> None:
    prose = Item(Order((Line("*First*", explanation="It is."), Line("second"))), "?", "prose")
    assert of_type(prose)[6:8] == answer("1", "*First*", "It is.", "markdown")


def test_what_one_line_prints_is_typed_with_its_capitals_and_several_lines_are_left_out() -> None:
    item = Item(Output("one.py", "print('A')", "A"), "What?", "prints", group=OUTPUT.group)
    assert written(item)[1] == "questiontext[markdown]/text: Read this first.\n\nWhat?\n\n```python\nprint('A')\n```"
    assert of_type(item) == ["usecase: 1", *answer("100", "A")]
    assert of_type(Item(Short(("A",), case=True), "What?", "typed"))[0] == "usecase: 1"
    assert list(fromstring(moodle_xml.write_bank(Bank((OUTPUT,))).content)) == []


def test_gaps_stand_in_code_below_what_the_group_and_the_prompt_say() -> None:
    assert written(replace(BLANKS, group=OUTPUT.group))[1] == (
        "questiontext[html]/text: <p>Read this first.</p>\n<p>Fill the gap.</p>\n"
        "<pre>r.{1:SHORTANSWER_C:=lpush#It adds.~=rpush~get#Reads \\#1.}('mails', 'a&lt;b')</pre>"
    )


def test_the_file_names_its_encoding_and_its_category_and_holds_no_sign_that_xml_forbids() -> None:
    item = Item(Short(("a\x07b",)), "]]> & <b>", "signs")
    content = moodle_xml.write_bank(Bank((item,), title="Queues:  1/2")).content.decode()
    assert content.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n  <question type="category">\n')
    assert content.endswith("</quiz>\n")
    category, question = fromstring(content)
    assert list(told(category)) == ["question[category]/category/text: $course$/Queues: 1//2"]
    assert question.findtext("questiontext/text") == "]]> & <b>"
    assert question.findtext("answer/text") == "a\N{REPLACEMENT CHARACTER}b"
