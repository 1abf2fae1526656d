"""Order the lines of a program (Parsons): drag them, or number them, into an order that works.

- def: def buy(request):
- atomic:     with transaction.atomic():
- row:         order = Order.objects.create()
- wrong at-once:         send.delay(order.pk)
  believes: a message waits for the commit of the transaction it was published in
  > The worker may look for the row before it is committed.

Each line follows the one above. When any line names others it must stand `after`, only those must stand above it, and
lines without `after` may stand anywhere: `- send after row, atomic: ...`. A `wrong` line belongs nowhere. Four spaces
make a level; with a field `indent: yes` learners set the levels themselves. With a field `language: python` the lines
are code, else words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from random import Random
from urllib.parse import parse_qsl, urlencode

from django.http import QueryDict
from django.utils.safestring import SafeString

from authoring.highlight import highlighted_lines
from authoring.problems import Problem
from authoring.source import SourceLine
from quizzes.answer_lines import written_below
from quizzes.prose import inline
from quizzes.quiz import Body, Option, QuestionType, Try
from quizzes.typed import typed_html
from quizzes.types.order_marking import Fault, Placed, first_fault, is_partial
from quizzes.types.order_text import LEVEL_SPACES, LEVELS, STARTS, Line, read_lines


@dataclass(frozen=True)
class Row:
    """A line as a page shows it. `place` and `level` are as they were sent, which may be no number at all."""

    id: str
    code: str
    html: SafeString
    level: str = "0"
    place: str = ""
    explanation: str = ""
    mark: str = ""


@dataclass(frozen=True)
class OpenOrder:
    """What the form shows: the lines, whether any does not belong, and the levels that can be chosen."""

    body: "OrderLines"
    rows: tuple[Row, ...]
    has_wrong: bool
    levels: range = LEVELS

    def filled(self, given: str) -> "OpenOrder":
        """The same with an answer put in that was refused; as it is without one."""
        return replace(self, rows=self.body.rows_with(given)) if given else self


@dataclass(frozen=True)
class OrderLines(Body):
    """Lines to put in order. `lines` stand in a right order, wrong ones anywhere; `presented`: their ids as asked."""

    open_template = "quizzes/types/order_open.html"
    closed_template = "quizzes/types/order_closed.html"

    lines: tuple[Line, ...]
    presented: tuple[str, ...] = field(compare=False)
    is_indented: bool = False
    language: str = ""

    @property
    def is_code(self) -> bool:
        """Whether the lines are code; else they are words."""
        return bool(self.language)

    def given_from(self, post: QueryDict) -> str:
        """`id:level id:level ...` in the order of the places; the fields as they came when those make no order."""
        places = {line.id: post.get(f"place-{line.id}", "").strip() for line in self.lines}
        levels = {line.id: post.get(f"level-{line.id}", "0").strip() for line in self.lines}
        sent = [line.id for line in self.lines if places[line.id]]
        numbers = {id: int(places[id]) for id in sent if _is_place(places[id])}
        if len(set(numbers.values())) < len(sent) or not all(levels[id].isdecimal() for id in sent):
            return urlencode([(name, value) for id in sent for name, value in ((id, places[id]), (id, levels[id]))])
        return " ".join(
            f"{id}:{levels[id]}" if self.is_indented else id for id in sorted(sent, key=numbers.__getitem__)
        )

    def fingerprint(self) -> object:
        lines = [[line.id, line.code, line.level, sorted(line.after), line.is_wrong] for line in self.lines]
        return [lines, self.is_indented]

    def objection(self, given: str) -> str:
        if not given:
            return "No line is in your program yet. Put them in order, then press Answer."
        if "=" in given:
            return self._unclear(given)
        unknown = [one.partition(":")[0] for one in given.split() if one.partition(":")[0] not in self._by_id]
        if unknown or len({one.partition(":")[0] for one in given.split()}) < len(given.split()):
            return (
                f"“{(unknown or [given])[0][:60]}” is not a line of this question. Use each that is listed here once."
            )
        if any(placed.level not in LEVELS for placed in self._placed(given)):
            return f"A line can stand at a depth of {LEVELS[0]} to {LEVELS[-1]}. Choose one of these."
        return self._left_out(given)

    def is_right(self, given: str) -> bool:
        return self._fault(given) is None

    def open_shown(self, tries: Sequence[Try]) -> object:
        rows = self.rows_with(tries[-1].given if tries else "", is_missed=bool(tries))
        return OpenOrder(self, rows, bool(self._wrong))

    def closed_shown(self, tries: Sequence[Try]) -> object:
        last = tries[-1].given if tries else ""
        fault = self._fault(last) if tries else None
        used = {placed.line.id for answer in tries for placed in self._placed(answer.given)}
        return {
            "right": [self._row(line) for line in self._key],
            "is_one_of_several": is_partial(self._key),
            "yours": self._own_rows(last, fault) if fault else [],
            "is_code": self.is_code,
            "wrong": [self._row(one, "wrong" if one.id in used else "") for one in self._wrong],
        }

    def written(self) -> list[str]:
        lines: list[str] = []
        for line in self.lines:
            after = f" after {', '.join(line.after)}" if line.after else ""
            indented = " " * (LEVEL_SPACES * line.level) + line.code
            lines.append(f"- {'wrong ' if line.is_wrong else ''}{line.id}{after}: {indented}")
            lines += written_below(line.believes, line.explanation)
        return lines

    def arranged(self, random: Random) -> "OrderLines":
        """The same lines asked in another order, which is never a right one."""
        ids = random.sample(self.presented, len(self.presented))
        return replace(self, presented=_not_right(self.lines, ids))

    def said_about(self, given: str) -> str:
        fault = self._fault(given)
        return fault.why if fault else ""

    def picks(self, given: str) -> list[str]:
        if self.is_right(given):
            return ["key"]
        return [placed.line.id for placed in self._placed(given) if placed.line.is_wrong] or ["other"]

    def in_words(self, given: str) -> str:
        return "; ".join(f"{n}. {one.line.code}" for n, one in enumerate(self._placed(given), start=1)) or given

    def prose(self) -> Iterable[str]:
        return (text for line in self.lines for text in (line.code, line.explanation))

    def options(self) -> Sequence[Option]:
        return [Option(one.id, one.code, one.explanation, False, one.line, one.believes) for one in self._wrong]

    def rows_with(self, given: str, *, is_missed: bool = False) -> tuple[Row, ...]:
        """The lines as they are asked, with the places and levels of an answer; its first fault marked if it missed."""
        sent = self._sent(given)
        fault = self._fault(given) if is_missed else None
        out = self._placed(given)[fault.number - 1].line.id if fault and fault.number else ""
        rows = []
        for id in _not_right(self.lines, self.presented):
            place, level = sent.get(id, ("", "0" if self.is_indented else str(self._by_id[id].level)))
            row = self._row(self._by_id[id], "wrong" if id == out else "")
            rows.append(replace(row, place=place, level=level, explanation=""))
        return tuple(rows)

    @cached_property
    def _by_id(self) -> dict[str, Line]:
        return {line.id: line for line in self.lines}

    @cached_property
    def _key(self) -> list[Line]:
        return [line for line in self.lines if not line.is_wrong]

    @property
    def _wrong(self) -> list[Line]:
        return [line for line in self.lines if line.is_wrong]

    def _placed(self, given: str) -> list[Placed]:
        """The lines of an answer. One that an author has since taken out of the question is left out."""
        named = [one.partition(":") for one in given.split()]
        lines = ((self._by_id.get(id), level) for id, _, level in named)
        return [Placed(line, int(level) if level.isdecimal() else line.level) for line, level in lines if line]

    def _sent(self, given: str) -> dict[str, tuple[str, str]]:
        """Place and level of each line, as they stood in the form."""
        if "=" in given:
            values: dict[str, list[str]] = {}
            for id, value in parse_qsl(given, keep_blank_values=True):
                values.setdefault(id, []).append(value)
            return {id: (both[0], both[-1]) for id, both in values.items()}
        return {one.line.id: (str(n), str(one.level)) for n, one in enumerate(self._placed(given), start=1)}

    def _unclear(self, given: str) -> str:
        taken: dict[int, str] = {}
        for id, (place, _) in self._sent(given).items():
            code = self._by_id[id].code if id in self._by_id else id
            if not _is_place(place):
                return f"“{place[:20]}” is no place for {code}. Number the lines from 1, each with another number."
            if int(place) in taken:
                both = f"“{taken[int(place)]}” and “{code}”"
                return f"Two lines have the place {int(place)}: {both}. Give each a number of its own."
            taken[int(place)] = code
        return "The depth of a line is not clear. Choose one of those that are offered."

    def _left_out(self, given: str) -> str:
        if self._wrong:
            return ""
        placed = {one.line.id for one in self._placed(given)}
        left = [line.code for line in self._key if line.id not in placed]
        if not left:
            return ""
        which = f"“{left[0]}” is" if len(left) == 1 else f"{len(left)} lines are"
        return f"{which} not in your program yet. All of these lines belong: give each its place."

    def _fault(self, given: str) -> Fault | None:
        return first_fault(self._key, self._placed(given))

    def _own_rows(self, given: str, fault: Fault) -> list[Row]:
        return [
            replace(self._row(one.line, "wrong" if n == fault.number else ""), level=str(one.level))
            for n, one in enumerate(self._placed(given), start=1)
        ]

    def _row(self, line: Line, mark: str = "") -> Row:
        html = highlighted_lines(line.code, self.language)[0] if self.is_code else typed_html(line.code)
        return Row(line.id, line.code, html, str(line.level), explanation=inline(line.explanation), mark=mark)


def _is_place(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 3 and int(text) > 0


def _not_right(lines: Sequence[Line], ids: Sequence[str]) -> tuple[str, ...]:
    """These ids in an order that does not give the key away: turned round when their lines stand in a right one."""
    by_id = {line.id: line for line in lines if not line.is_wrong}
    asked = [Placed(by_id[id], by_id[id].level) for id in ids if id in by_id]
    return tuple(ids) if first_fault(list(by_id.values()), asked) else tuple(reversed(ids))


def _by_hash(lines: Sequence[Line]) -> tuple[str, ...]:
    """The ids in an order that has nothing to do with that of the key, the same at every reading."""
    ids = sorted((line.id for line in lines), key=lambda id: sha256(id.encode()).hexdigest())
    return _not_right(lines, ids)


def read(lines: Sequence[SourceLine], path: Path, fields: Mapping[str, str]) -> tuple[OrderLines | None, list[Problem]]:
    """The lines below a prompt, at least one. No body when anything is wrong with them."""
    made, problems = read_lines(lines, path, fields)
    if problems:
        return None, problems
    return OrderLines(made, _by_hash(made), fields.get("indent") == "yes", fields.get("language", "")), []


TYPE = QuestionType(
    "order",
    starts=lambda text: STARTS.match(text) is not None,
    read=read,
    fields=("indent", "language"),
    needs_solution=True,
)
