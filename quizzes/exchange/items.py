"""A question as all formats see it, complete or not, and what a format could not hold of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True)
class Choice:
    """One option; `text` and `explanation` are Markdown. `id` and `believes` are empty where a format has none."""

    text: str
    is_key: bool
    explanation: str = ""
    id: str = ""
    believes: str = ""


@dataclass(frozen=True)
class Miss:
    """A wrong answer that was foreseen, as a learner would type it."""

    given: str
    explanation: str = ""
    believes: str = ""


@dataclass(frozen=True)
class Choices:
    """Choose one, or every one that is right."""

    options: tuple[Choice, ...]
    several: bool = False


@dataclass(frozen=True)
class Short:
    """A short text; any of the accepted ones is right. `case`: capital letters matter."""

    accepted: tuple[str, ...]
    misses: tuple[Miss, ...] = ()
    case: bool = False


@dataclass(frozen=True)
class Number:
    """A number. `tolerance` is in `unit`, or in per cent of the value when `in_percent`.

    `is_unit_shown`: the unit stands beside the field, so that the bare number is right.
    """

    value: Decimal
    tolerance: Decimal = Decimal(0)
    unit: str = ""
    in_percent: bool = False
    misses: tuple[Miss, ...] = ()
    is_unit_shown: bool = False

    @property
    def margin(self) -> Decimal:
        """The tolerance in the unit of the value."""
        return abs(self.value) * self.tolerance / 100 if self.in_percent else self.tolerance


@dataclass(frozen=True)
class Line:
    """A line to put in order. `after` are the ids of lines that must come before it."""

    text: str
    id: str = ""
    after: tuple[str, ...] = ()
    explanation: str = ""


@dataclass(frozen=True)
class Order:
    """Lines in their right order, `extra` ones that belong nowhere, and whether indentation matters."""

    lines: tuple[Line, ...]
    extra: tuple[Choice, ...] = ()
    indent: bool = False
    language: str = ""

    @property
    def is_code(self) -> bool:
        """Whether the lines are code, of which every character counts; else they are Markdown."""
        return bool(self.language) or any(line.text.startswith(" ") for line in self.lines)

    @property
    def is_partial(self) -> bool:
        """Whether several orders are right."""
        return any(line.after for line in self.lines)


@dataclass(frozen=True)
class Gap:
    """What may stand in one gap, the first accepted text being the usual one."""

    name: str
    accepted: tuple[str, ...]
    misses: tuple[Miss, ...] = ()
    explanation: str = ""


@dataclass(frozen=True)
class Blanks:
    """Code with `[[name]]` where a gap is."""

    code: str
    gaps: tuple[Gap, ...]
    language: str = ""
    tiles: bool = False


@dataclass(frozen=True)
class Output:
    """What a program prints. `program` is its file's name, `code` its text."""

    program: str
    code: str
    printed: str
    misses: tuple[Miss, ...] = ()


@dataclass(frozen=True)
class Card:
    """A prompt with its back, graded by the learner."""

    back: str


@dataclass(frozen=True)
class Own:
    """Answered with something no other system has: a prediction, or the learner's own run. `type` is ours."""

    type: str
    lines: tuple[str, ...]


Part = Choices | Short | Number | Order | Blanks | Output | Card | Own


@dataclass(frozen=True)
class Group:
    """Text that several questions share, by the id they name it with."""

    id: str
    text: str


@dataclass(frozen=True)
class Item:
    """A question. Texts are Markdown; what is not known is empty. `line` is its place in the file it came from."""

    part: Part
    prompt: str
    id: str = ""
    topic: str = ""
    level: str = ""
    hint: str = ""
    solution: str = ""
    read: str = ""
    shuffle: bool = True
    group: Group | None = None
    variants: int = 1
    line: int = field(default=1, compare=False)


@dataclass(frozen=True)
class Bank:
    """Questions that came, or go, in one file. `slug` is the quiz's, the other fields its front matter."""

    items: tuple[Item, ...]
    slug: str = ""
    title: str = ""
    intro: str = ""
    lesson: str = ""
    lab: str = ""
    modes: tuple[str, ...] = ()
    test_length: int = 0


@dataclass(frozen=True, order=True)
class Loss:
    """One thing that did not come across. `line` is that of the file which was read, `question` an id or empty."""

    line: int
    question: str
    what: str

    def __str__(self) -> str:
        return f"{self.line}: {self.question}: {self.what}" if self.question else f"{self.line}: {self.what}"


class Refused(Exception):
    """A file, or a question in it, that is not read. `line` counts from 1; `hint` is the remedy."""

    def __init__(self, line: int, message: str, hint: str) -> None:
        super().__init__(f"line {line}: {message} {hint}")
        self.line, self.message, self.hint = line, message, hint


MOST_ANSWERS = 100
LONGEST_TEXT = 100_000  # characters


def bounded(text: str, line: int) -> str:
    """The text. Raises Refused for one that is longer than any a learner would read."""
    if len(text) > LONGEST_TEXT:
        raise Refused(line, f"A text of {len(text):,} characters begins here.", f"{LONGEST_TEXT:,} are enough for any.")
    return text


def misses_of(part: Part) -> Iterable[Miss]:
    """Every foreseen wrong answer of a question."""
    match part:
        case Short() | Number() | Output():
            return part.misses
        case Blanks():
            return [miss for gap in part.gaps for miss in gap.misses]
        case _:
            return ()


def answers_in(part: Part) -> int:
    """How many answers, options, lines or gaps a question has."""
    match part:
        case Choices():
            return len(part.options)
        case Short():
            return len(part.accepted) + len(part.misses)
        case Order():
            return len(part.lines)
        case Blanks():
            return sum(1 + len(gap.accepted) + len(gap.misses) for gap in part.gaps)
        case _:
            return len(list(misses_of(part)))


def texts_of(item: Item) -> Iterable[str]:
    """All Markdown of a question."""
    yield from (item.prompt, item.hint, item.solution, item.group.text if item.group else "")
    if isinstance(item.part, Choices):
        for option in item.part.options:
            yield from (option.text, option.explanation)
    if isinstance(item.part, Order):
        yield from (line.explanation for line in item.part.lines)
        yield from (line.explanation for line in item.part.extra)
    if isinstance(item.part, Blanks):
        yield from (gap.explanation for gap in item.part.gaps)
    yield from (miss.explanation for miss in misses_of(item.part))
