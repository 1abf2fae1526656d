"""A TOML file of mdbook-quiz."""

import pytest

from quizzes.exchange.formats.mdbook_quiz import COMPILES, FAILS, read, write_bank
from quizzes.exchange.items import Choice, Choices, Group, Refused, Short
from tests.quizzes.exchange.samples import BANK, ONE

QUIZ = '''
[[questions]]
id = "b230bed3-d6ba-4048-8b06-aa655d837b04"
type = "MultipleChoice"
prompt.prompt = """
What is `1 + 1`?
"""
prompt.distractors = ["3", """
```
let x = 1;
```
"""]
answer.answer = "2"
context = "Count."
multipart = "sums"
promptExplanation = true

[[questions]]
type = "ShortAnswer"
prompt.prompt = "Which keyword?"
answer.answer = "mut"
answer.alternatives = ["let mut"]

[[questions]]
type = "Tracing"
prompt.program = "fn main() {}"
answer.doesCompile = false
answer.lineNumber = 1

[[questions]]
type = "MultipleChoice"
prompt = { prompt = "Which two?", distractors = ["c"] }
answer = { answer = ["a", "b"] }

[multipart]
sums = "About **sums**."
'''


def test_each_type_and_what_is_lost() -> None:
    arrived = read(QUIZ)
    choice, short, tracing, several = arrived.bank.items
    assert choice.part == Choices(
        (Choice("2", is_key=True), Choice("3", is_key=False), Choice("```\nlet x = 1;\n```", is_key=False))
    )
    assert (choice.prompt, choice.solution, choice.line) == ("What is `1 + 1`?", "Count.", 2)
    assert (choice.id, choice.group) == ("b230bed3-d6ba-4048-8b06-aa655d837b04", Group("sums", "About **sums**."))
    assert short.part == Short(("mut", "let mut"))
    assert tracing.part == Choices((Choice(COMPILES, is_key=False), Choice(FAILS, is_key=True)))
    assert "```rust\nfn main() {}\n```" in tracing.prompt
    assert several.part == Choices(
        (Choice("a", is_key=True), Choice("b", is_key=True), Choice("c", is_key=False)), several=True
    )
    assert [(loss.line, loss.what) for loss in arrived.losses] == [
        (2, "that learners are asked why"),
        (24, "that its program is run to check the answer: here only Python programs are"),
        (24, "the line of the error: 1"),
    ]


def test_the_place_of_the_key_is_kept() -> None:
    (item,) = read(
        '[[questions]]\ntype = "MultipleChoice"\nprompt.prompt = "?"\n'
        'prompt.distractors = ["z", "y"]\nprompt.answerIndex = 1\nanswer.answer = "a"'
    ).bank.items
    assert isinstance(item.part, Choices)
    assert ([option.text for option in item.part.options], item.shuffle) == (["z", "a", "y"], False)


def test_explanations_of_options_are_written_below_the_answer() -> None:
    (item,) = read(write_bank(BANK).content.decode()).bank.items[:1]
    assert item.solution.startswith(ONE.solution)
    assert "The mail is *gone* from it" in item.solution


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ('type = "Essay"', "Unknown type 'Essay'."),
        ('type = "MultipleChoice"\nprompt = "x"', "prompt is no table."),
        (
            'type = "MultipleChoice"\nprompt.prompt = "x"\nprompt.distractors = "y"\nanswer.answer = "a"',
            "prompt.distractors is no list of texts.",
        ),
        (
            'type = "MultipleChoice"\nprompt.prompt = "x"\nprompt.distractors = []\nanswer.answer = "a"',
            "A choice with right or with wrong answers only.",
        ),
        ('type = "ShortAnswer"\nprompt.prompt = 3\nanswer.answer = "a"', "prompt.prompt is no text."),
        (
            'type = "ShortAnswer"\nmultipart = "x"\nprompt.prompt = "a"\nanswer.answer = "a"',
            "There is no multipart 'x'.",
        ),
    ],
)
def test_a_question_that_cannot_be_read_is_left_out_with_its_line(question: str, message: str) -> None:
    (refusal,) = read(f"\n[[questions]]\n{question}\n").refusals
    assert (refusal.message, refusal.line) == (message, 2)
    assert refusal.hint


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("\n\nx = ", 3, "This is not TOML"),
        ("x = 1", 1, "There are no questions in this file."),
        ("questions = 1", 1, "There are no questions in this file."),
        ("a = " + "[" * 100_000, 1, "This TOML cannot be read."),
        ("\na" + ".a" * 1000 + " = 1", 2, "A key of more than 20 parts stands here."),
    ],
)
def test_a_file_that_is_no_quiz_is_refused(text: str, line: int, message: str) -> None:
    with pytest.raises(Refused) as refused:
        read(text)
    assert refused.value.line == line
    assert message in refused.value.message
