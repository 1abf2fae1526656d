"""How much there is to read in a text, told from its source: prose counts; code and lines that open blocks do not."""

import re
from math import ceil

# The mean for silent reading of English non-fiction: Brysbaert 2019, Journal of Memory and Language 109, 104047.
WORDS_PER_MINUTE = 238
FENCED = r"^ {0,3}(?P<fence>`{3,}|~{3,})[\s\S]*?(?:^ {0,3}(?P=fence)|\Z)"
NOT_PROSE = re.compile(rf"{FENCED}|^:::[^\n]*", re.MULTILINE)
WORD = re.compile(r"\w[\w\u2019'.-]*")


def count_words(text: str) -> int:
    """The words of the prose."""
    return len(WORD.findall(NOT_PROSE.sub("", text)))


def reading_minutes(text: str) -> int:
    """How long reading takes, at least one minute."""
    return max(1, ceil(count_words(text) / WORDS_PER_MINUTE))
