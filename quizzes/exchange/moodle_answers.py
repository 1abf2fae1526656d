"""Answers and weights as GIFT and Moodle XML share them."""

import re
from decimal import Decimal

from quizzes.exchange.items import Number, Refused

NUMBER = re.compile(r"[-+]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})([eE][-+]?\d{1,2})?")
HINT = "Write 300, 300:30 for 300 ± 30, or 270..330."
SEPARATOR = re.compile(r"(?<!/)/(?!/)")
WILDCARD = re.compile(r"(?<!\\)\*")


def read_number(text: str, line: int) -> Number:
    """`300`, `300:30` or `270..330`. Raises Refused."""
    low, dots, high = text.partition("..")
    if dots:
        least, most = decimal(low, line), decimal(high, line)
        if least > most:
            raise Refused(line, f"“{text[:40]}” runs backwards.", "Put the smaller number first.")
        return Number((least + most) / 2, (most - least) / 2)
    value, _, tolerance = text.partition(":")
    return Number(decimal(value, line), abs(decimal(tolerance or "0", line)))


def decimal(text: str, line: int) -> Decimal:
    """The number in a text. Raises Refused."""
    bare = text.strip()
    if not NUMBER.fullmatch(bare):
        raise Refused(line, f"“{bare[:40]}” is not a number.", HINT)
    return Decimal(bare)


def plain(value: Decimal) -> str:
    """In digits, without zeros at the end of its fraction."""
    digits = f"{value:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def share(count: int) -> str:
    """One of `count` equal parts of 100, with the five decimals Moodle knows its fractions by (33.33333)."""
    return plain(round(Decimal(100) / count, 5))


def has_wildcard(answer: str) -> bool:
    """Whether a short answer stands for many: in Moodle a bare star matches anything."""
    return WILDCARD.search(answer) is not None


def without_wildcards(answer: str) -> str:
    """A short answer whose stars are stars, as a learner types it."""
    return answer.replace("\\*", "*")


def with_literal_stars(answer: str) -> str:
    """The same for Moodle."""
    return answer.replace("*", "\\*")


def category(title: str) -> str:
    """The path of a category of this title: in Moodle's paths a double slash is a slash."""
    return f"$course$/{' '.join(title.split()).replace('/', '//')}"


def title_of(path: str) -> str:
    """The title of a category: the end of `$course$/top/History`."""
    return SEPARATOR.split(path.strip())[-1].replace("//", "/").strip()
