"""Codes of four words: easy to read out and to type, and not to be guessed.

Four words drawn from 2,048 are 2^44 codes (learners/vendor/VENDORED.md has the list and its licence). A code lives for
an hour and is used once. Were a thousand codes alive, somebody who tried a thousand a second for that whole hour would
find one with a chance of 1 in 4,900; from one place, learners.resume allows ten wrong ones in ten minutes.
"""

import difflib
import re
import secrets
from functools import cache
from pathlib import Path

WORDS_FILE = Path(__file__).parent / "vendor" / "mnemonic-0.21" / "english.txt"
WORDS_IN_A_CODE = 4
LONGEST_CODE = 100
TELLING_LETTERS = 4
"""The words of the list are told apart by their first four letters, so these are enough to type."""


class NoCode(ValueError):
    """What was typed cannot be a code; the message says which word, and the remedy."""


def draw_code() -> str:
    """Four words, drawn by the operating system's generator, with spaces between."""
    return " ".join(secrets.choice(_words()) for _ in range(WORDS_IN_A_CODE))


def read_code(typed: str) -> str:
    """The code that somebody typed, whatever stands between the words. Raises NoCode."""
    if len(typed) > LONGEST_CODE:
        raise NoCode(f"That is longer than {LONGEST_CODE} characters. A code is four words.")
    words = re.findall(r"[^\W\d_]+", typed.casefold())
    if len(words) != WORDS_IN_A_CODE:
        raise NoCode(f"A code is four words, and here are {len(words)}.")
    return " ".join(_known(word) for word in words)


def _known(typed: str) -> str:
    known = _words()
    if typed in known:
        return typed
    begun_alike = [word for word in known if word.startswith(typed)]
    if begun_alike and len(typed) >= TELLING_LETTERS:
        return begun_alike[0]
    near = difflib.get_close_matches(typed, known, n=1)
    raise NoCode(f"No code has the word “{typed}” in it." + (f" Did you mean “{near[0]}”?" if near else ""))


@cache
def _words() -> tuple[str, ...]:
    return tuple(WORDS_FILE.read_text(encoding="ascii").split())
