"""What Otto's questions look like in GIFT, sign by sign: Moodle reads the file, and nobody here can ask it."""

from dataclasses import replace

import pytest

from quizzes.exchange.formats import gift
from quizzes.exchange.items import Bank, Choice, Choices, Item, Miss, Output, Short
from tests.quizzes.exchange.samples import NUMBER, ONE, SEVERAL, SHORT

BARE = Item(Short(("yes",), (Miss("no"),)), "Is it?")
PER_CENT = Item(
    Choices((Choice("[html]50%", is_key=True, explanation="[plain]a"), Choice("%50% off", is_key=False))), "?"
)
SIGNS = Item(
    Short(("a*b~c",), (Miss("\\*", "[markdown]x"),)), "\\ ~ = # { } :\n* -> %", "signs", "::\\", solution="[a]"
)
THIRDS = tuple(
    Choice(word, is_key=place < 3) for place, word in enumerate(("a", "b", "c", "d", "e", "f", "g", "h", "i"))
)


def written(item: Item) -> list[str]:
    """The lines of the question."""
    return gift.write_bank(Bank((item,))).content.decode().split("\n")


@pytest.mark.parametrize(
    ("item", "lines"),
    [
        (
            replace(ONE, prompt="What does {this} do?\n\nx = 1"),
            [
                "// [id:one-of-two] [tag:easy]",
                "::Gain\\: the answer::[markdown]What does \\{this\\} do?\\n\\nx \\= 1{",
                "\t=It falls by `300` ms#The mail is *gone* from it\\: \\{gone\\}.",
                "\t~It stays \\= the same#Ask \\~why\\~ \\#1.",
                "\t####The wait has moved.",
                "}",
            ],
        ),
        (
            SEVERAL,
            [
                "// [id:two-of-three] [tag:medium]",
                "::Sets::[markdown]Which two?{",
                "\t~%50%A#Yes.",
                "\t~%-100%B#No.",
                "\t~%50%C#Yes.",
                "}",
            ],
        ),
        (
            Item(Choices(THIRDS, several=True), "Which?"),
            [
                "[markdown]Which?{",
                *(f"\t~%33.33333%{word}" for word in "abc"),
                *(f"\t~%-16.66667%{word}" for word in "defghi"),
                "}",
            ],
        ),
        (
            SHORT,
            [
                "// [id:which-command] [tag:easy]",
                "::Commands::[markdown]Which command?{",
                "\t=%100%LPUSH",
                "\t=%100%redis.lpush \\\\*",
                "\t=%0%RPUSH#That is the other end.",
                "\t####See the list.",
                "}",
            ],
        ),
        (
            NUMBER,
            [
                "// [id:how-long] [tag:hard]",
                "::Times::[markdown]How long?{#",
                "\t=%100%300:30",
                "\t=%0%1300:130#With the worker.",
                "\t####Seven replies.",
                "}",
            ],
        ),
        (BARE, ["[markdown]Is it?{", "\t=%100%yes", "\t=%0%no", "}"]),
        (PER_CENT, ["[markdown]?{", "\t=[markdown][html]50%#[markdown][plain]a", "\t~%0%%50% off", "}"]),
        (
            SIGNS,
            [
                "// [id:signs]",
                "::\\:\\:\\\\::[markdown]\\\\ \\~ \\= \\# \\{ \\} \\:\\n* -> %{",
                "\t=%100%a\\\\*b\\~c",
                "\t=%0%\\\\\\\\*#[markdown][markdown]x",
                "\t####[markdown][a]",
                "}",
            ],
        ),
    ],
    ids=["one", "several", "thirds", "short", "number", "bare", "per cent", "signs"],
)
def test_a_question_is_written_so(item: Item, lines: list[str]) -> None:
    assert written(item) == [*lines, ""]


def test_an_empty_line_parts_the_questions_and_the_title_is_a_category() -> None:
    content = gift.write_bank(Bank((BARE, BARE), title="Queues  and\tlists: 1/2")).content.decode()
    question = "[markdown]Is it?{\n\t=%100%yes\n\t=%0%no\n}"
    assert content == f"$CATEGORY: $course$/Queues and lists: 1//2\n\n{question}\n\n{question}\n"


def test_what_one_line_prints_is_a_typed_answer_below_its_program_and_several_lines_are_left_out() -> None:
    item = Item(Output("one.py", "print('a:b')", "a:b"), "What?", "prints")
    assert written(item) == [
        "// [id:prints]",
        "[markdown]What?\\n\\n```python\\nprint('a\\:b')\\n```{",
        "\t=%100%a\\:b",
        "}",
        "",
    ]
    assert gift.write_bank(Bank((replace(item, part=Output("two.py", "", "a\nb")),))).content == b"\n"
