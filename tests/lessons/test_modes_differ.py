"""Nine modes say nine things: no two of one lesson share ten words in a row, code and figures aside."""

import re
from collections import Counter
from itertools import combinations

import pytest
from django.test import Client

from authoring.source import source_lines
from lessons.catalog import catalog
from lessons.lesson import ModeText

WORDS_IN_A_ROW = 10
FIGURE = re.compile(r"\{\{.*?\}\}")
ADDRESS = re.compile(r"\]\([^)]*\)")
OPENER = re.compile(r"\s*:{3,}")
SHOWN_OPTION = re.compile(r'\b(?:caption|claim|question|title|titles)="([^"]*)"')
WORD = re.compile(r"\w+(?:[\u2019']\w+)?")

LESSONS = catalog().lessons  # read when this module is imported: the stories of this folder have lessons of their own
PAIRS = [
    pytest.param(*pair, id=f"{lesson.slug}: {pair[0].mode.slug}, {pair[1].mode.slug}")
    for lesson in LESSONS.values()
    for pair in combinations(lesson.texts.values(), 2)
]


MODES = [
    pytest.param(lesson.slug, mode, id=f"{lesson.slug}: {mode}") for lesson in LESSONS.values() for mode in lesson.texts
]
ID = re.compile(r' id="([^"]+)"')


def rows(words: list[str]) -> set[str]:
    """Every ten of them that follow each other."""
    return {" ".join(words[at : at + WORDS_IN_A_ROW]) for at in range(len(words) - WORDS_IN_A_ROW + 1)}


def read_aloud(text: str) -> list[str]:
    """The words that a reader is shown, in small letters: prose, and what a block is given to show."""
    return [
        word.lower() for line in source_lines(text) if not line.is_code for word in WORD.findall(_shown(line.prose))
    ]


def _shown(line: str) -> str:
    prose = " ".join(SHOWN_OPTION.findall(line)) if OPENER.match(line) else line
    return ADDRESS.sub("]", FIGURE.sub(" ", prose))


def test_the_lesson_has_modes_to_compare() -> None:
    assert len(PAIRS) >= 3


def test_what_a_block_shows_counts_and_what_it_names_does_not() -> None:
    text = '::: code file="a.py" title="The view"\nweb | x | Here\n:::\nOne {{ a_ms }} `code` [two](/three/).\n'
    assert read_aloud(text) == ["the", "view", "web", "x", "here", "one", "two"]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_no_two_modes_share_ten_words_in_a_row(one: ModeText, other: ModeText) -> None:
    assert sorted(rows(read_aloud(one.source.text)) & rows(read_aloud(other.source.text))) == []


@pytest.mark.parametrize(("lesson", "mode"), MODES)
def test_no_two_things_on_a_page_have_one_place(lesson: str, mode: str) -> None:
    ids = Counter(ID.findall(Client().get(f"/lessons/{lesson}/{mode}/").content.decode()))
    assert [place for place, count in ids.items() if count > 1] == []
