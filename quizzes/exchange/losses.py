"""What a format does not hold, found by comparing what a question uses with what the format has a place for."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from authoring.lanes import LANE_BY_SLUG
from authoring.markdown import ICONS
from quizzes.exchange.items import (
    Bank,
    Blanks,
    Choice,
    Choices,
    Item,
    Loss,
    Number,
    Order,
    Output,
    Short,
    misses_of,
    texts_of,
)

Uses = Callable[[Item], object]

COURSE_SIGNS = re.compile(rf"\[\[[^\]]+\]\]|:({'|'.join([*LANE_BY_SLUG, *ICONS])}):")

# What a question can use, and how its loss is said. A format names those it has a place for.
FEATURES: Final[dict[str, tuple[Uses, str]]] = {
    "variants": (lambda item: item.variants > 1, "only the first of its variants is written"),
    "topic": (lambda item: item.topic, "its topic"),
    "level": (lambda item: item.level, "its level"),
    "hint": (lambda item: item.hint, "its hint"),
    "read": (lambda item: item.read, "what to read next"),
    "solution": (lambda item: item.solution, "its worked solution"),
    "order of options": (lambda item: not item.shuffle, "that its options keep their order"),
    "option ids": (lambda item: any(option.id for option in _options(item)), "the ids of its options"),
    "option explanations": (
        lambda item: any(option.explanation for option in _options(item)),
        "the explanations of its options",
    ),
    "believes": (lambda item: any(_beliefs(item)), "the misconceptions its wrong answers stand for"),
    "misses": (lambda item: any(misses_of(item.part)), "its foreseen wrong answers"),
    "case": (lambda item: isinstance(item.part, Short) and item.part.case, "that capital letters matter"),
    "forgiving": (
        lambda item: isinstance(item.part, Short) and not item.part.case,
        "that quotes around an answer and a dot behind it do not matter",
    ),
    "language": (
        lambda item: isinstance(item.part, Order | Blanks) and item.part.language,
        "the language of its code",
    ),
    "unit": (lambda item: isinstance(item.part, Number) and item.part.unit, "its unit: a number with one is wrong"),
    "unit must": (
        lambda item: isinstance(item.part, Number) and item.part.unit and not item.part.is_unit_shown,
        "that its unit must be written: the bare number is right too",
    ),
    "per cent": (
        lambda item: isinstance(item.part, Number) and item.part.in_percent,
        "that its tolerance is in per cent: the same margin is written as a number",
    ),
    "partial order": (
        lambda item: isinstance(item.part, Order) and item.part.is_partial,
        "that other orders are right too: only the written one is",
    ),
    "extra lines": (lambda item: isinstance(item.part, Order) and item.part.extra, "its lines that belong nowhere"),
    "line explanations": (
        lambda item: isinstance(item.part, Order) and any(line.explanation for line in item.part.lines),
        "the explanations of its lines",
    ),
    "line ids": (lambda item: isinstance(item.part, Order), "the ids of its lines"),
    "indent": (lambda item: isinstance(item.part, Order) and item.part.indent, "that indentation is marked"),
    "program": (
        lambda item: isinstance(item.part, Output),
        "the file of its program: the program stands in the prompt",
    ),
    "course signs": (
        lambda item: any(COURSE_SIGNS.search(words) for words in texts_of(item)),
        "the signs of this course in its text: [[F12]] for a key, :redis: for a lane, :ok: for an icon",
    ),
    "group": (lambda item: item.group, "that its text is shared with other questions: it stands in each prompt"),
}


def item_losses(item: Item, holds: frozenset[str]) -> Iterator[Loss]:
    """What of a question a format that holds these features does not."""
    for name, (uses, words) in FEATURES.items():
        if name not in holds and uses(item):
            yield Loss(item.line, item.id, words)


def bank_losses(bank: Bank) -> Iterator[Loss]:
    """What of a quiz as a whole only our own text holds."""
    named = {
        "its lesson": bank.lesson,
        "its lab": bank.lab,
        "its introduction": bank.intro,
        "its modes": bank.modes,
        "the length of its test": bank.test_length,
    }
    lost = [words for words, value in named.items() if value]
    if lost:
        yield Loss(1, "", f"of the quiz: {', '.join(lost)}, and that learners say how certain they are")


def several_lines(item: Item) -> str:
    """The remedy for output that is longer than the one line of a short answer; empty for other questions."""
    is_long = isinstance(item.part, Output) and "\n" in item.part.printed
    return "A short answer is one line there: ask for the last line of the output only." if is_long else ""


def marked_by_hand(item: Item) -> Loss:
    """A question that becomes a card."""
    return Loss(item.line, item.id, "its marking: it is a card, graded by whoever turns it")


def left_out(item: Item, format_title: str, remedy: str = "") -> Loss:
    """A question that a format has no type for."""
    what = f"left out: {format_title} has no question of this type"
    return Loss(item.line, item.id, f"{what}. {remedy}" if remedy else what)


def _options(item: Item) -> tuple[Choice, ...]:
    return item.part.options if isinstance(item.part, Choices) else ()


def _beliefs(item: Item) -> Iterator[str]:
    yield from (option.believes for option in _options(item))
    yield from (miss.believes for miss in misses_of(item.part))
    if isinstance(item.part, Order):
        yield from (line.believes for line in item.part.extra)
