"""What goes out: packages that hold together, JSON by its schema, cards, and what each format could not hold."""

import io
import json
import re
import zipfile
from pathlib import Path
from types import ModuleType
from xml.etree.ElementTree import Element, fromstring

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from quizzes.exchange.formats import all_formats, anki, gift, json_text, mdbook_quiz, moodle_xml, qti
from quizzes.exchange.from_quiz import bank_of
from quizzes.exchange.items import Bank, Choice, Choices, Item, Short
from quizzes.exchange.losses import FEATURES
from quizzes.quiz import Quiz
from tests.quizzes.exchange.samples import (
    BANK,
    BLANKS,
    CARD,
    EVERY,
    NUMBER,
    ONE,
    ORDER,
    OUTPUT,
    OWN,
    SEVERAL,
    SHORT,
    our_quizzes,
)

QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
PACKAGE = "{http://www.imsglobal.org/xsd/imscp_v1p1}"
# The order that the schema of QTI 2.1 demands of an item's parts.
PARTS = ["responseDeclaration", "outcomeDeclaration", "itemBody", "responseProcessing", "modalFeedback"]
INTERACTIONS = {
    "choiceInteraction": {"responseIdentifier", "shuffle", "maxChoices"},
    "orderInteraction": {"responseIdentifier", "shuffle"},
    "textEntryInteraction": {"responseIdentifier", "expectedLength"},
    "extendedTextInteraction": {"responseIdentifier", "expectedLines"},
    "inlineChoiceInteraction": {"responseIdentifier", "shuffle"},
}


def whats(losses: object, item: Item) -> set[str]:
    """What was lost of a question."""
    return {loss.what for loss in losses if loss.question == item.id}  # type: ignore[attr-defined]


def test_every_format_is_found_by_its_folder() -> None:
    assert set(all_formats()) == {"gift", "moodle", "mdbook-quiz", "qti", "anki", "json"}
    assert {name for name, form in all_formats().items() if form.read} == {"gift", "moodle", "mdbook-quiz"}


@pytest.mark.parametrize("module", [anki, gift, mdbook_quiz, moodle_xml, qti])
def test_a_format_holds_only_what_questions_can_use(module: ModuleType) -> None:
    """A misspelt name would report a loss for ever."""
    assert set(FEATURES) >= module.HOLDS


def test_gift_tells_what_it_cannot_hold() -> None:
    losses = gift.write_bank(BANK).losses
    assert whats(losses, ONE) == {
        "its hint",
        "what to read next",
        "the ids of its options",
        "the misconceptions its wrong answers stand for",
    }
    assert "that its options keep their order" in whats(losses, SEVERAL)
    assert whats(losses, NUMBER) >= {
        "its unit: a number with one is wrong",
        "that its tolerance is in per cent: the same margin is written as a number",
    }
    for item in (ORDER, BLANKS, OUTPUT, CARD, OWN):
        (what,) = whats(losses, item)
        assert what.startswith("left out: GIFT has no question of this type")
    assert [loss.line for loss in losses] == sorted(loss.line for loss in losses)
    assert losses[0].question == ""
    assert "its lesson, its lab, its introduction, its modes, the length of its test" in losses[0].what


def test_gift_leaves_out_what_it_would_read_as_matching() -> None:
    item = Item(Short(("a->b",)), "What?", "arrow")
    written = gift.write_bank(Bank((item,)))
    assert "left out: GIFT has no question of this type. Moodle XML has one." in whats(written.losses, item)
    assert b"What?" not in written.content


def test_moodle_xml_tells_what_it_cannot_hold() -> None:
    losses = moodle_xml.write_bank(BANK).losses
    assert whats(losses, SHORT) == {
        "the misconceptions its wrong answers stand for",
        "that quotes around an answer and a dot behind it do not matter",
    }
    assert whats(losses, ORDER) == {
        "the misconceptions its wrong answers stand for",
        "that other orders are right too: only the written one is",
        "its lines that belong nowhere",
        "the ids of its lines",
        "that indentation is marked",
        "the language of its code",
    }
    assert "that its unit must be written: the bare number is right too" in whats(losses, NUMBER)


def test_toml_tells_what_it_cannot_hold() -> None:
    losses = mdbook_quiz.write_bank(BANK).losses
    assert whats(losses, ONE) >= {
        "its topic",
        "its level",
        "which explanation belongs to which option: they are one list, after the answer",
    }
    assert whats(losses, SHORT) >= {"its foreseen wrong answers"}
    assert "that its options keep their order" in whats(losses, SEVERAL)
    assert "that its options keep their order" not in whats(losses, ONE)


def test_signs_of_this_course_are_told() -> None:
    item = Item(
        Choices((Choice("a", is_key=True), Choice("b", is_key=False))), "Press [[F12]], look at :redis:. What?", "keys"
    )
    assert any("[[F12]]" in what for what in whats(moodle_xml.write_bank(Bank((item,))).losses, item))


# QTI


def unpacked(bank: Bank) -> dict[str, Element]:
    """The files of a package by path."""
    with zipfile.ZipFile(io.BytesIO(qti.write_bank(bank).content)) as archive:
        assert archive.testzip() is None
        return {name: fromstring(archive.read(name)) for name in archive.namelist()}


BANKS = [BANK, *map(bank_of, our_quizzes())]


@pytest.mark.parametrize("bank", BANKS, ids=lambda bank: bank.slug)
def test_a_package_names_all_its_files_and_no_others(bank: Bank) -> None:
    files = unpacked(bank)
    manifest, test = files["imsmanifest.xml"], files["test.xml"]
    resources = {node.attrib["identifier"]: node.attrib for node in manifest.iter(f"{PACKAGE}resource")}
    assert {node["href"] for node in resources.values()} == {name for name in files if name != "imsmanifest.xml"}
    assert [node.attrib["href"] for node in manifest.iter(f"{PACKAGE}file")] == [
        node["href"] for node in resources.values()
    ]
    assert {node.attrib["identifierref"] for node in manifest.iter(f"{PACKAGE}dependency")} == set(resources) - {
        "resource-test"
    }
    asked = [node.attrib["href"] for node in test.iter(f"{QTI}assessmentItemRef")]
    assert asked == [name for name in files if name.startswith("items/")]


@pytest.mark.parametrize("bank", BANKS, ids=lambda bank: bank.slug)
def test_every_item_is_built_as_the_schema_demands(bank: Bank) -> None:
    for path, item in unpacked(bank).items():
        if path.startswith("items/"):
            check_item(item)


def check_item(item: Element) -> None:
    """The order of its parts, and that whatever is referred to is declared."""
    names = [child.tag.removeprefix(QTI) for child in item]
    assert names == sorted(names, key=PARTS.index)
    assert set(item.attrib) >= {"identifier", "title", "adaptive", "timeDependent"}
    declared = {node.attrib["identifier"] for node in item if node.tag.endswith("Declaration")}
    interactions = [node for node in item.iter() if node.tag.endswith("Interaction")]
    assert interactions
    for node in interactions:
        assert set(node.attrib) >= INTERACTIONS[node.tag.removeprefix(QTI)]
        assert node.attrib["responseIdentifier"] in declared
    for node in item.iter():
        if node.tag.removeprefix(QTI) in ("variable", "correct", "mapResponse", "setOutcomeValue"):
            assert node.attrib["identifier"] in declared
        if node.tag == f"{QTI}modalFeedback":
            assert node.attrib["outcomeIdentifier"] in declared
    check_keys(item)


def check_keys(item: Element) -> None:
    """Every key is among the choices; identifiers of choices are unique and begin with a letter."""
    choices = [
        node.attrib["identifier"] for node in item.iter() if node.tag in (f"{QTI}simpleChoice", f"{QTI}inlineChoice")
    ]
    for node in item.iter(f"{QTI}responseDeclaration"):
        keys = [value.text for value in node.iter(f"{QTI}value")]
        assert keys
        assert node.attrib["baseType"] != "identifier" or set(keys) <= set(choices)
    assert all(name[0].isalpha() or name[0] == "_" for name in choices)


def test_an_item_of_qti_holds_key_options_and_what_is_said() -> None:
    item = unpacked(BANK)["items/one-of-two.xml"]
    said = {node.attrib["identifier"]: "".join(node.itertext()) for node in item.iter(f"{QTI}modalFeedback")}
    assert said == {
        "falls": "The mail is gone from it: {gone}.",
        "stays": "Ask ~why~ #1.",
        "solution": "The wait has moved.",
    }
    assert [node.text for node in item.iter(f"{QTI}value")] == ["falls", "0"]
    assert next(item.iter(f"{QTI}pre")).find(f"{QTI}code") is not None


def test_a_tolerance_in_per_cent_stays_one() -> None:
    (equal, _) = unpacked(BANK)["items/how-long.xml"].iter(f"{QTI}equal")
    assert (equal.attrib["toleranceMode"], equal.attrib["tolerance"]) == ("relative", "10 10")


def test_the_same_quiz_gives_the_same_bytes() -> None:
    assert qti.write_bank(BANK).content == qti.write_bank(BANK).content


# JSON and Anki


@pytest.mark.parametrize("quiz", our_quizzes(), ids=lambda quiz: quiz.slug)
def test_json_follows_the_published_schema(quiz: Quiz) -> None:
    schema = json.loads(Path("docs/quiz.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    written = json.loads(json_text.write(quiz).content)
    assert list(Draft202012Validator(schema).iter_errors(written)) == []
    assert [question["id"] for question in written["questions"]] == [question.id for question in quiz.questions]


def test_the_schema_refuses_a_question_without_options() -> None:
    schema = json.loads(Path("docs/quiz.schema.json").read_text(encoding="utf-8"))
    quiz = next(quiz for quiz in our_quizzes() if any(question.type == "one" for question in quiz.questions))
    written = json.loads(json_text.write(quiz).content)
    next(one for one in written["questions"] if one["type"] == "one")["variants"][0]["answer"]["options"] = []
    assert list(Draft202012Validator(schema).iter_errors(written))


def test_json_holds_every_variant() -> None:
    for quiz in our_quizzes():
        written = json.loads(json_text.write(quiz).content)
        for question, out in zip(quiz.questions, written["questions"], strict=True):
            assert [variant["values"] for variant in out["variants"]] == [
                dict(variant.values) for variant in question.variants
            ]


def test_anki_gets_a_card_for_what_has_an_answer_and_the_rest_is_told() -> None:
    quizzes = our_quizzes()
    for quiz in quizzes:
        written = anki.write(quiz)
        left_out = {loss.question for loss in written.losses if loss.what.startswith("left out")}
        notes = re.findall(r"^brokered/([^\t]+)\t", written.content.decode(), re.MULTILINE)
        assert len(notes) + len(left_out) == len(quiz.questions)
        assert left_out == {question.id for question in quiz.questions if question.type in ("measured", "prediction")}
        by_hand = [loss for loss in written.losses if "graded by whoever turns it" in loss.what]
        assert len(by_hand) == sum(question.type != "card" for question in quiz.questions) - len(left_out)
    assert any(question.type == "measured" for quiz in quizzes for question in quiz.questions)


def test_samples_use_every_kind_of_part() -> None:
    assert len({type(item.part) for item in EVERY}) == 8
