"""Ids in the form our text wants."""

import re
import unicodedata

from quizzes.question_text import SLUG

LONGEST = 48
SEPARATORS = re.compile(r"[^a-z0-9]+")


def slug_of(text: str) -> str:
    """The text as an id, cut after a word; empty when no letter or digit is left."""
    if SLUG.fullmatch(text):
        return text
    letters = unicodedata.normalize("NFKD", text[:400]).encode("ascii", "ignore").decode().lower()
    slug = SEPARATORS.sub("-", letters).strip("-")
    if len(slug) <= LONGEST:
        return slug
    return slug[: LONGEST + 1].rpartition("-")[0] or slug[:LONGEST]


def fresh_id(text: str, otherwise: str, taken: set[str]) -> str:
    """An id for this text that is not among `taken`, to which it is added; made from `otherwise` when it has none."""
    wanted = slug_of(text) or otherwise
    found, count = wanted, 1
    while found in taken:
        count += 1
        found = f"{wanted[: LONGEST - len(str(count)) - 1].rstrip('-')}-{count}"
    taken.add(found)
    return found
