"""Otto puts blocks into his text."""

import pytest

from authoring.blocks import Block
from authoring.scanner import Prose, scan
from tests.authoring.conftest import PATH, told


def blocks_of(text: str) -> list[Block]:
    return [part for part in scan(text, PATH).parts if isinstance(part, Block)]


def test_prose_and_blocks_are_found_with_their_lines():
    found = scan('One\n\n::: box id="a"\nTwo\n:::\n\nThree\n', PATH, first_line=10)
    assert found.problems == ()
    one, block, three = found.parts
    assert (one, three) == (Prose("One\n", 10), Prose("\nThree\n", 15))
    assert isinstance(block, Block)
    assert (block.name, block.options, block.body, block.line) == ("box", {"id": "a"}, "Two", 12)


def test_more_colons_hold_fewer():
    (outer,) = blocks_of(":::: box\n::: box\nDeep\n:::\n::::\n")
    assert outer.body == "::: box\nDeep\n:::"
    assert blocks_of(outer.body)[0].body == "Deep"


def test_fenced_code_is_left_alone():
    found = scan("```\n::: nothing\n```\n~~~~\n:::\n```\n~~~~\n", PATH)
    assert found.problems == ()
    assert not blocks_of("```\n::: box\n```\n")


def test_a_block_without_a_body_needs_no_closer_and_may_have_one():
    for text in ('::: door slug="x"\nText\n', '::: door slug="x"\n:::\nText\n'):
        found = scan(text, PATH)
        assert found.problems == ()
        assert isinstance(found.parts[0], Block)
        assert isinstance(found.parts[1], Prose)


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ("Text\n\n::: box\nText", 3, "The block box is not closed before the text ends.", "a line of :::"),
        ("::: box\n\n::: box\n:::\n", 1, "The block box is not closed before another opens on line 3.", "more colons"),
        ("::: box\n::::\n", 1, "The block box is not closed before line 2, which has 4 colons.", "a line of :::"),
        ("Text\n:::\n", 2, "This closes a block, but none is open.", "Remove it"),
        ('::: door slug="x"\nText\n:::\n', 3, "This closes a block, but none is open.", "Remove it"),
        ("\n::: bux\n:::\n", 2, "Unknown block bux.", "Did you mean box?"),
        ("::: box id=a\n:::\n", 1, "“id=a” is not an option of box.", 'key="value"'),
        ('::: box id="a" b"\n:::\n', 1, '“b"” is not an option of box.', 'key="value"'),
        ('::: box di="a"\n:::\n', 1, "The block box has no option di.", "Known: id."),
        ("Text\n::: door\n", 2, "The block door needs the option slug.", 'slug="..."'),
        ("Text\n```\n::: box\n", 2, "This code fence is never closed.", "same marks"),
    ],
)
def test_each_mistake_is_told_with_its_line_and_remedy(text: str, line: int, message: str, hint: str):
    problems = scan(text, PATH).problems
    assert told(problems) == [(line, message)]
    assert hint in problems[0].hint


def test_all_mistakes_are_told_at_once_and_the_rest_is_read():
    found = scan("::: bux\nKept\n:::\n\n:::\n\n::: box\n", PATH)
    assert [line for line, _ in told(found.problems)] == [1, 5, 7]
    assert Prose("Kept", 2) in found.parts


@pytest.mark.parametrize(
    "text", ["", ":::", "::: ", ":::::::", "::: =\n:::", '::: box id="\n:::', "```", "\n\n", ":::box:::"]
)
def test_nothing_it_is_given_makes_it_raise(text: str):
    scan(text, PATH)
