"""A card: the prompt is its front, and whoever turned it says whether they knew the back.

= A list. `LPUSH` puts a message in at the left,
  `BRPOP` takes it out at the right.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.http import QueryDict

from authoring.problems import Problem
from authoring.source import SourceLine
from quizzes.answer_lines import read_items
from quizzes.prose import block
from quizzes.quiz import Body, QuestionType, Try

KNEW, DID_NOT = "knew", "did-not"
IN_WORDS = {KNEW: "I knew it", DID_NOT: "I did not know it"}
TURNED = "turned"  # what a form sends that asks for the back
STARTS = re.compile(r"=( |$)")
HEAD = re.compile(r"=(?: +(?=\S)|$)(?P<text>.*)")
FORM = "Write the back as `= text`, its further lines indented below."


@dataclass(frozen=True)
class Card(Body):
    """A back in Markdown, shown to whoever asks for it."""

    open_template = "quizzes/types/card_open.html"
    closed_template = "quizzes/types/card_closed.html"
    tries = 1

    back: str

    def given_from(self, post: QueryDict) -> str:
        """`knew`, `did-not`, or `turned` when the back is asked for."""
        return TURNED if post.get("ask") == "turn" else post.get("answer", "").strip()

    def fingerprint(self) -> object:
        return self.back

    def objection(self, given: str) -> str:
        if given in IN_WORDS:
            return ""
        return "Turn the card over, then say whether you knew it."

    def is_right(self, given: str) -> bool:
        return given == KNEW

    def open_shown(self, tries: Sequence[Try]) -> object:
        return {"back": block(self.back), "has_own_buttons": True}

    def closed_shown(self, tries: Sequence[Try]) -> object:
        return {"back": block(self.back), "said": self.in_words(tries[-1].given) if tries else ""}

    def written(self) -> list[str]:
        return ["=", *(f"  {line}".rstrip() for line in self.back.split("\n"))]

    def picks(self, given: str) -> list[str]:
        return ["key" if self.is_right(given) else DID_NOT]

    def in_words(self, given: str) -> str:
        return IN_WORDS.get(given, given)

    def prose(self) -> Iterable[str]:
        return (self.back,)


def read(lines: Sequence[SourceLine], path: Path, fields: Mapping[str, str]) -> tuple[Card | None, list[Problem]]:
    """The back, from the line with the sign on."""
    items, problems = read_items(lines, path, HEAD, FORM)
    for other in items[1:]:
        problems.append(Problem(path, other.line, "A card has one back.", "Indent these lines, or make another card."))
    for item in (item for item in items if item.explanation or item.believes):
        hint = "A back holds no quoted lines and no line believes."
        problems.append(Problem(path, item.line, "A line below the card does not belong to its back.", hint))
    if items and not items[0].text.strip():
        problems.append(Problem(path, items[0].line, "The back of the card is empty.", FORM))
    return (None if problems else Card(items[0].text.strip("\n"))), problems


TYPE = QuestionType("card", starts=lambda text: STARTS.match(text) is not None, read=read)
