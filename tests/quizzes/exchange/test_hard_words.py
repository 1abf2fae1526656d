"""Words that mean something to one of the formats, in every place where words can stand."""

from dataclasses import replace
from types import ModuleType

import pytest

from quizzes.exchange.formats import gift, mdbook_quiz, moodle_xml
from quizzes.exchange.items import Bank, Choice, Choices, Item, Short

HARD = [
    *(
        "%50% off",
        "%-1%",
        "[html]x",
        "[plain] [markdown]",
        "// no comment",
        "::no::title",
        "$CATEGORY: a",
        "####",
        "# #",
    ),
    *(
        "\\",
        "\\\\",
        "\\n",
        "a\\=b",
        "C:\\new",
        "{=a}",
        "{#1..2}",
        "~=",
        "a -> b",
        "T",
        "FALSE",
        "*",
        "\\+*",
        "1:2",
        "a..b",
    ),
    *("]]>", "<![CDATA[x]]>", "&amp; &#10; <b>", "<!-- x -->", '"""', 'ends in "', 'two ""', "a\n\nb", "'''", "nan"),
    *('line one "\nline two""', 'x\n"""\ny', "[[1]]", "{1:SA:=x}", "@@PLUGINFILE@@", "$course$/x", "🐟 é “q”"),
]


def asked(words: str) -> Item:
    """Prompt, options and solution of these words, the options in the order in which TOML gives them back."""
    options = (Choice("wrong: " + words, is_key=False), Choice(words, is_key=False), Choice("right", is_key=True))
    return Item(Choices(tuple(sorted(options, key=lambda option: option.text))), words, "asked", solution=words)


def explained(words: str) -> Item:
    """Options that are explained with these words."""
    options = (Choice("a", is_key=True, explanation=words), Choice("b", is_key=False, explanation=words))
    return Item(Choices(options), "What?", "explained")


def typed(words: str) -> Item:
    """A short answer of these words."""
    return Item(Short((" ".join(words.split()),)), "What?", "typed")


@pytest.mark.parametrize("words", HARD)
@pytest.mark.parametrize("form", [gift, moodle_xml, mdbook_quiz], ids=["gift", "moodle", "mdbook-quiz"])
def test_they_come_back_as_words(form: ModuleType, words: str) -> None:
    items = [asked(words), explained(words), typed(words)]
    if form is mdbook_quiz:
        items[1] = replace(items[1], part=Choices((Choice("a", is_key=True), Choice("b", is_key=False))))
    if form is gift and "->" in words:
        items.pop()
    assert form.read(form.write_bank(Bank(tuple(items))).content.decode()).bank.items == tuple(items)
