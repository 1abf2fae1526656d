"""Fill the blanks in a program: gaps in one block of code, then what belongs into each.

```python
send_mail.[[method]](user.pk)
```

- method: delay | apply_async
  > Either publishes a message and returns.
  ~ send
    believes: a task is sent like a mail
    > A task has no such method.

A vertical line stands between accepted texts; one that belongs to the text is written `\\|`. Spaces beside signs make
no difference, nor does the kind of quotes. With a field `tiles: yes` the first accepted texts and the wrong ones are
offered.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from authoring.highlight import highlighted_lines
from authoring.problems import Problem
from authoring.source import SourceLine
from quizzes.answer_lines import written_below
from quizzes.choices import Row
from quizzes.prose import inline
from quizzes.quiz import Body, Option, QuestionType, Try
from quizzes.typed import closed_rows, typed_html
from quizzes.types.blanks_text import GAP, Gap, normalised, read_gaps, starts

LONGEST = 100  # characters in one blank
WIDTHS = (8, 28)  # of a field, in characters: the same for all blanks, so that it does not tell one from another
MARK = "brokeredgap{}x"  # stands for a gap while the code is highlighted: a name in any language
MARKED = re.compile(r"brokeredgap(\d+)x")


@dataclass(frozen=True)
class Field:
    """One blank as the form shows it, numbered from 1. `mark` is "right", "wrong" or nothing."""

    name: str
    number: int
    value: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Piece:
    """A part of a line of code: HTML, then perhaps a blank."""

    html: SafeString
    field: Field | None


@dataclass(frozen=True)
class OpenBlanks:
    """What the form shows: the code with a field for each blank, and the tiles to choose from, if there are any."""

    body: "Blanks"
    fields: tuple[Field, ...]
    width: int
    tiles: tuple[str, ...]
    longest: int = LONGEST

    @property
    def lines(self) -> list[list[Piece]]:
        """The code, line by line."""
        return self.body.lines_with(self.fields)

    def filled(self, given: str) -> "OpenBlanks":
        """The same with an answer put in that was refused; as it is without one."""
        values = self.body.values(given)
        fields = tuple(replace(one, value=values.get(one.name, ""), mark="") for one in self.fields)
        return replace(self, fields=fields) if given else self


@dataclass(frozen=True)
class Blanks(Body):
    """Code with gaps. `gaps` stand in the order of the code; `tiles` are what is offered, in the order it is asked."""

    open_template = "quizzes/types/blanks_open.html"
    closed_template = "quizzes/types/blanks_closed.html"

    language: str
    code: str
    gaps: tuple[Gap, ...]
    tiles: tuple[str, ...] = field(default=(), compare=False)

    def given_from(self, post: QueryDict) -> str:
        """The texts of all blanks as a JSON object, in the order of the code; empty when nothing is written at all."""
        values = {gap.name: post.get(f"blank-{gap.name}", "").strip() for gap in self.gaps}
        return json.dumps(values, ensure_ascii=False) if any(values.values()) else ""

    def fingerprint(self) -> object:
        return [self.code, [[gap.name, sorted(gap.accepted), [miss.text for miss in gap.misses]] for gap in self.gaps]]

    def objection(self, given: str) -> str:
        if not given:
            return "Nothing is written. Fill the blanks, then press Answer."
        values = self.values(given)
        for number, gap in enumerate(self.gaps, start=1):
            value = values.get(gap.name, "")
            if not normalised(value):
                return f"Blank {number} is empty. Write something into each; what you wrote still stands there."
            if len(value) > LONGEST:
                return f"Blank {number} holds {len(value)} characters. A few words are enough: up to {LONGEST}."
        return ""

    def is_right(self, given: str) -> bool:
        values = self.values(given)
        return all(gap.accepts(values.get(gap.name, "")) for gap in self.gaps)

    def open_shown(self, tries: Sequence[Try]) -> object:
        fields = self._fields(tries[-1].given) if tries else tuple(map(Field, self._names, self._numbers))
        longest = max(len(text) for gap in self.gaps for text in gap.accepted)
        return OpenBlanks(self, fields, min(max(longest, WIDTHS[0]), WIDTHS[1]), self.tiles)

    def closed_shown(self, tries: Sequence[Try]) -> object:
        values = [self.values(answer.given) for answer in tries]
        fields = tuple(Field(gap.name, n, gap.accepted[0], "right") for n, gap in enumerate(self.gaps, start=1))
        return {"lines": self.lines_with(fields), "blanks": [_explained(gap, values) for gap in self.gaps]}

    def written(self) -> list[str]:
        marks = "`" * max((len(run) + 1 for run in re.findall("```+", self.code)), default=3)
        lines = [f"{marks}{self.language}", *self.code.split("\n"), marks, ""]
        for gap in self.gaps:
            accepted = " | ".join(text.replace("|", "\\|") for text in gap.accepted)
            lines += [f"- {gap.name}: {accepted}", *written_below("", gap.explanation)]
            for miss in gap.misses:
                lines += [f"  ~ {miss.text}", *written_below(miss.believes, miss.explanation, indent=4)]
        return lines

    def arranged(self, random: Random) -> "Blanks":
        """The same with its tiles in another order."""
        return replace(self, tiles=tuple(random.sample(self.tiles, len(self.tiles))))

    def said_about(self, given: str) -> str:
        values = self.values(given)
        missed = ((n, gap.miss_of(values.get(gap.name, ""))) for n, gap in enumerate(self.gaps, start=1))
        return "\n\n".join(f"Blank {n}, “{miss.text}”: {miss.explanation}" for n, miss in missed if miss)

    def picks(self, given: str) -> list[str]:
        values = self.values(given)
        wrong = [gap for gap in self.gaps if not gap.accepts(values.get(gap.name, ""))]
        found = ((gap, gap.miss_of(values.get(gap.name, ""))) for gap in wrong)
        return [miss.id if miss else f"{gap.name}-other" for gap, miss in found] or ["key"]

    def in_words(self, given: str) -> str:
        return "; ".join(self.values(given).values())

    def prose(self) -> Iterable[str]:
        yield self.code
        for gap in self.gaps:
            yield gap.explanation
            yield from (miss.explanation for miss in gap.misses)

    def options(self) -> Sequence[Option]:
        misses = [miss for gap in self.gaps for miss in gap.misses]
        return [Option(one.id, one.text, one.explanation, False, one.line, one.believes) for one in misses]

    def values(self, given: str) -> dict[str, str]:
        """The text of each blank in an answer; none when it is no answer of this type."""
        try:
            found = json.loads(given)
        except ValueError:
            return {}
        return {name: str(value) for name, value in found.items()} if isinstance(found, dict) else {}

    def lines_with(self, fields: Sequence[Field]) -> list[list[Piece]]:
        """The highlighted code, cut at its gaps, with these fields in them."""
        by_name = {one.name: one for one in fields}
        marked = GAP.sub(lambda gap: MARK.format(self._names.index(gap["name"])), self.code)
        return [
            _pieces(html, [by_name[name] for name in self._names])
            for html in highlighted_lines(marked, self.language or "text")
        ]

    @property
    def _names(self) -> list[str]:
        return [gap.name for gap in self.gaps]

    @property
    def _numbers(self) -> range:
        return range(1, len(self.gaps) + 1)

    def _fields(self, given: str) -> tuple[Field, ...]:
        values = self.values(given)
        written = [values.get(gap.name, "") for gap in self.gaps]
        marks = ["right" if gap.accepts(text) else "wrong" for gap, text in zip(self.gaps, written, strict=True)]
        return tuple(map(Field, self._names, self._numbers, written, marks))


def _pieces(html: str, fields: Sequence[Field]) -> list[Piece]:
    texts = MARKED.split(html)  # HTML, then in turn the index of a gap and the HTML behind it
    gaps = [*(fields[int(index)] for index in texts[1::2]), None]
    return [Piece(SafeString(text), gap) for text, gap in zip(texts[::2], gaps, strict=True)]


def _explained(gap: Gap, values: Sequence[dict[str, str]]) -> list[Row]:
    """The rows of one blank: what belongs there, what the learner wrote, what else the author foresaw."""
    also = f" Also accepted: {', '.join(f'`{text}`' for text in gap.accepted[1:])}." if gap.accepted[1:] else ""
    key = Row("key", typed_html(gap.accepted[0]), inline(f"{gap.explanation}{also}"))
    texts = dict.fromkeys(one.get(gap.name, "") for one in values)  # the same text twice is one answer
    rows = closed_rows(key, [Try(text, gap.accepts(text)) for text in texts], gap.misses, gap.miss_of)
    return [replace(row, html=format_html("<code>{}</code>", row.html)) for row in rows]


def read(lines: Sequence[SourceLine], path: Path, fields: Mapping[str, str]) -> tuple[Blanks | None, list[Problem]]:
    """The code and its blanks, from the line that opens the code on. No body when anything is wrong with them."""
    made, problems = read_gaps(lines, path)
    tiles = fields.get("tiles", "no")
    if tiles not in ("yes", "no"):
        hint = "Write tiles: yes, or take the field away."
        problems.append(Problem(path, lines[0].number, f"“tiles: {tiles}” is neither yes nor no.", hint))
    if problems:
        return None, problems
    return Blanks(made.language, made.code, made.gaps, _tiles(made.gaps) if tiles == "yes" else ()), []


def _tiles(gaps: Sequence[Gap]) -> tuple[str, ...]:
    """What is offered, each text once, in an order that has nothing to do with the code."""
    right, wrong = (gap.accepted[0] for gap in gaps), (miss.text for gap in gaps for miss in gap.misses)
    return tuple(sorted({*right, *wrong}))


TYPE = QuestionType("blanks", starts=starts, read=read, fields=("tiles",), needs_solution=True)
