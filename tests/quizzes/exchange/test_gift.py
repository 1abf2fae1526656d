"""A GIFT file from Moodle: each rule of the format, and what is told when something does not come across."""

from decimal import Decimal

import pytest

from quizzes.exchange.format import Arrived
from quizzes.exchange.formats.gift import read
from quizzes.exchange.items import Choice, Choices, Item, Line, Miss, Number, Order, Refused, Short


def only(content: str) -> Item:
    """The one question of a file."""
    (item,) = read(content).bank.items
    return item


def lost(arrived: Arrived) -> list[str]:
    """The losses as they are printed."""
    return [str(loss) for loss in arrived.losses]


def test_a_question_with_all_that_moodle_writes() -> None:
    arrived = read(
        "$CATEGORY: $course$/top/Queues\n\n"
        "// question: 12  name: Where\n// [id:where-wait] [tag:easy] [tag:week 1]\n"
        "::Where it waits::[html]<p>Where does a <b>message</b> wait\\: here?</p>{\n"
        "\t=In a list#<p>Yes.</p>\n\t~[plain]In *one* process#[markdown]No, `never`.\n\t####Look at LRANGE.\n}\n"
    )
    options = (
        Choice("In a list", is_key=True, explanation="Yes."),
        Choice("In \\*one\\* process", is_key=False, explanation="No, `never`."),
    )
    assert arrived.bank.title == "Queues"
    assert arrived.bank.items == (
        Item(
            Choices(options),
            "Where does a **message** wait: here?",
            "where-wait",
            "Where it waits",
            "easy",
            solution="Look at LRANGE.",
        ),
    )
    assert lost(arrived) == ["5: where-wait: the tag week 1"]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("2+2?{~3 =4}", Choices((Choice("3", is_key=False), Choice("4", is_key=True)))),
        (
            "Two?{~%50%a ~%-100%b ~%50%c}",
            Choices((Choice("a", is_key=True), Choice("b", is_key=False), Choice("c", is_key=True)), several=True),
        ),
        ("Redis is fast.{T}", Choices((Choice("True", is_key=True), Choice("False", is_key=False)))),
        (
            "No?{FALSE#wrong#right}",
            Choices(
                (Choice("True", is_key=False, explanation="wrong"), Choice("False", is_key=True, explanation="right"))
            ),
        ),
        ("What?{=LPUSH =lpush =%0%GET#reads}", Short(("LPUSH", "lpush"), (Miss("GET", "reads"),))),
        ("What?{=%100%a\\=b}", Short(("a=b",))),
        ("How many?{#300:30}", Number(Decimal(300), Decimal(30))),
        ("How many?{#1..5}", Number(Decimal(3), Decimal(2))),
        (
            "How many?{#=%100%-1.5:0 =%0%2:0#too many}",
            Number(Decimal("-1.5"), Decimal(0), misses=(Miss("2", "too many"),)),
        ),
        ("Order.{>2 ALL VERTICAL\n first\n second\n}", Order((Line("first"), Line("second")))),
        ("Order.{>\nfirst\nsecond\n}", Order((Line("first"), Line("second")))),
    ],
)
def test_each_type(text: str, part: object) -> None:
    assert only(text).part == part


def test_a_missing_word_becomes_a_line() -> None:
    assert only("Grant is {=buried =entombed} there.").prompt == "Grant is _____ there."
    assert only("It is {=done}!").prompt == "It is _____!"


def test_what_is_said_about_a_typed_answer_is_its_solution() -> None:
    assert only("What?{=LPUSH#It pushes left. ####See the docs.}").solution == "It pushes left.\n\nSee the docs."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\n::A::Read this.", "2: A: a text without answers"),
        ("Why?{}", "1: left out: an essay"),
        ("Match.{=a -> b\n=c -> d}", "1: left out: a matching question"),
        ("x?{\n~%25%almost\n=right\n~no}", "2: 25 % of the marks for one option"),
        ("x?{=right\n=%80%rihgt#spelling}", "2: 80 % of the marks for “rihgt”"),
        ("x?{=right =%0%*#no}", "1: “*”: an answer with * stands for many"),
        ("x?{#3:2~#Completely wrong}", "1: what is said about any other answer: Completely wrong"),
        ("[html]<marquee>x?</marquee>{=a}", "1: the HTML tag marquee"),
    ],
)
def test_what_does_not_come_across_is_told_with_its_line(text: str, told: str) -> None:
    (loss,) = lost(read(text))
    assert told in loss


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("\nWhat?{=a", 2, "never closed"),
        ("What?\n=a}", 2, "closes no answers"),
        ("What?{\n=a {b} }", 2, "One { too many"),
        ("What?{=a}\nNext?{=b}", 2, "One { too many"),
        ("What?{=a\n\n=b}", 1, "never closed"),
        ("What?{~a}", 1, "one option"),
        ("What?{~a =}", 1, "An option is empty"),
        ("What?{=%50%a}", 1, "No answer is right"),
        ("What?{#\n=many}", 2, "“many” is not a number"),
        ("What?{#5..1}", 1, "runs backwards"),
        ("Order.{>\none\n}", 1, "Nothing to put in order"),
    ],
)
def test_a_question_that_cannot_be_read_is_left_out_with_its_line(text: str, line: int, message: str) -> None:
    (refusal,) = [refusal for refusal in read(f"{text}\n\nGood?{{=yes}}").refusals if message in refusal.message][:1]
    assert (refusal.line, bool(refusal.hint)) == (line, True)


def test_the_others_are_read() -> None:
    arrived = read("What?{=a\n\nGood?{=yes}\n\n// only a comment\n")
    assert [item.prompt for item in arrived.bank.items] == ["Good?"]


def test_more_questions_than_a_quiz_has_are_refused() -> None:
    with pytest.raises(Refused, match="Split the file"):
        read("a{=b}\n\n" * 5001)


def test_more_answers_than_anybody_reads_are_refused() -> None:
    (refusal,) = read("a{" + "~b" * 101 + "}").refusals
    assert refusal.message == "A question of 101 answers."
