"""Guesses made before a result is shown: a choice for a slug, or that the learner chose to pass."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from learners import records
from learners.models import Entry, Learner

SLUG = re.compile(r"[a-z0-9][a-z0-9/-]{0,118}")
LONGEST_CHOICE = 200


class BadGuess(ValueError):
    """A guess out of bounds; the message names the field and its bounds."""


@dataclass(frozen=True)
class Guess:
    """What was guessed, for what. An empty choice is a pass."""

    slug: str
    choice: str


def read_guess(form: Mapping[str, str]) -> Guess:
    """The guess in a form's `slug` and `choice`. Raises BadGuess."""
    slug, choice = form.get("slug", ""), form.get("choice", "").strip()
    if not SLUG.fullmatch(slug):
        raise BadGuess("slug: small letters, digits, - and /, up to 119 of them.")
    if len(choice) > LONGEST_CHOICE:
        raise BadGuess(f"choice: up to {LONGEST_CHOICE} characters.")
    return Guess(slug, choice)


def keep_guess(learner: Learner, guess: Guess) -> None:
    """Write the guess down, or the pass."""
    kind = Entry.Kind.PREDICTED if guess.choice else Entry.Kind.SKIPPED
    records.write(learner, kind, guess.slug, {"choice": guess.choice} if guess.choice else {})


def keep_guess_of_form(learner: Learner, form: Mapping[str, str]) -> None:
    """Keep a guess that came along with something else; silent when there is none."""
    if not form.get("choice"):
        return
    try:
        keep_guess(learner, read_guess(form))
    except BadGuess:
        return
