"""The table of all questions: filtered, sorted, one row each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from quizzes.statistics.reading import Figures, Item
from quizzes.statistics.suspects import Reason, reasons_against

LEAST = float("-inf")


@dataclass(frozen=True)
class Row:
    """A question as asked now. `reasons` make it a suspect."""

    item: Item
    reasons: Sequence[Reason]

    @property
    def figures(self) -> Figures:
        """Its figures."""
        return self.item.now


@dataclass(frozen=True)
class Choice:
    """What the table's form asks for. `order` is a column, with - before it from high to low; no column: no order."""

    quiz: str = ""
    only_suspects: bool = False
    order: str = ""
    simulated: bool = False


COLUMNS: dict[str, tuple[str, Callable[[Row], str | float]]] = {
    "question": ("Question", lambda row: row.item.question.topic.casefold()),
    "quiz": ("Quiz", lambda row: row.item.quiz.title.casefold()),
    "n": ("n", lambda row: row.figures.asked),
    "facility": ("Right at once", lambda row: _or_least(row.figures.facility)),
    "discrimination": ("Discrimination", lambda row: _or_least(row.figures.discrimination)),
    "time": ("Median time", lambda row: _or_least(row.figures.median_ms)),
    "reasons": ("Look at it because", lambda row: len(row.reasons)),
}


def choice_from(query: Mapping[str, str]) -> Choice:
    """What an address asks for."""
    return Choice(
        quiz=query.get("quiz", ""),
        only_suspects=query.get("only") == "suspects",
        order=query.get("order", ""),
        simulated=is_simulated(query),
    )


def is_simulated(query: Mapping[str, str]) -> bool:
    """Whether an address asks for the simulated class."""
    return query.get("class") == "simulated"


def question_rows(items: Sequence[Item], choice: Choice) -> list[Row]:
    """The rows that were asked for; without an order as in the course."""
    rows = [Row(item, reasons_against(item.question, item.now)) for item in items]
    rows = [row for row in rows if choice.quiz in ("", row.item.quiz.slug)]
    if choice.only_suspects:
        rows = [row for row in rows if row.reasons]
    column = COLUMNS.get(choice.order.removeprefix("-"))
    return sorted(rows, key=column[1], reverse=choice.order.startswith("-")) if column else rows


@dataclass(frozen=True)
class Heading:
    """A column's head: a link that sorts by it, the other way when it is sorted by already."""

    title: str
    is_number: bool
    order: str
    sorted: str


def headings(choice: Choice) -> list[Heading]:
    """The heads of all columns; numbers sort from high to low first."""
    return [_heading(name, title, choice.order) for name, (title, _) in COLUMNS.items()]


def _heading(name: str, title: str, order: str) -> Heading:
    is_number = name not in ("question", "quiz", "reasons")
    first = name if name in ("question", "quiz") else f"-{name}"
    other = first.removeprefix("-") if first.startswith("-") else f"-{first}"
    state = "" if order not in (first, other) else "descending" if order.startswith("-") else "ascending"
    return Heading(title, is_number, other if order == first else first, state)


def _or_least(figure: float | None) -> float:
    return LEAST if figure is None else figure
