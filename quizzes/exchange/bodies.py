"""Between the answer part as formats see it and the types of this course."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from authoring.quantity import PERCENT, PLAIN, Quantity, find_unit, read_quantity
from quizzes.exchange.ids import fresh_id
from quizzes.exchange.items import (
    Blanks,
    Card,
    Choice,
    Choices,
    Gap,
    Line,
    Miss,
    Number,
    Order,
    Output,
    Own,
    Part,
    Short,
)
from quizzes.quiz import Body, Option
from quizzes.typed import Miss as KnownMiss
from quizzes.types import blanks, blanks_text, card, number, one, order, order_text, output, several, short

LINE = 1  # of what comes from no text of ours


@dataclass(frozen=True)
class TypedAs:
    """A part as one of our types: its name, the fields under the heading, and the body."""

    type: str
    fields: Mapping[str, str]
    body: Body


def part_of(type_name: str, body: Body) -> Part:
    """The body of a question of this type as formats see it."""
    read_part = PARTS.get(type(body))
    return read_part(body) if read_part else Own(type_name, tuple(body.written()))


def typed_as(part: Part) -> TypedAs:
    """The type and body of a part; what a format did not tell is empty, and the check of our text says so.

    Raises TypeError for what is read from no format.
    """
    match part:
        case Choices(several=True):
            return TypedAs("several", {}, several.ChooseSeveral(_options(part.options)))
        case Choices():
            return TypedAs("one", {}, one.ChooseOne(_options(part.options)))
        case Short():
            body = short.ShortText(part.accepted, _known(part.misses), part.case)
            return TypedAs("short", {"case": "yes"} if part.case else {}, body)
        case Number():
            return TypedAs("number", _unit_field(part), _number(part))
        case Order():
            return TypedAs("order", _order_fields(part), _order(part))
        case Blanks():
            return TypedAs("blanks", {"tiles": "yes"} if part.tiles else {}, _blanks(part))
        case _:
            raise TypeError(f"{type(part).__name__} comes from no format")


def _chosen(body: Body, *, several: bool) -> Choices:
    options = body.options()
    return Choices(
        tuple(Choice(one.text, one.is_key, one.explanation, one.id, one.believes) for one in options), several
    )


def _options(choices: Sequence[Choice]) -> tuple[Option, ...]:
    taken: set[str] = set()
    ids = [fresh_id(choice.id or choice.text, "option", taken) for choice in choices]
    return tuple(
        Option(option_id, choice.text, choice.explanation, choice.is_key, LINE, choice.believes)
        for option_id, choice in zip(ids, choices, strict=True)
    )


def _misses(misses: Iterable[KnownMiss]) -> tuple[Miss, ...]:
    return tuple(Miss(miss.text, miss.explanation, miss.believes) for miss in misses)


def _known(misses: Iterable[Miss], unit: str = "", name: str = "miss") -> tuple[KnownMiss, ...]:
    known = enumerate(misses, 1)
    return tuple(
        KnownMiss(f"{name}-{count}", f"{miss.given} {unit}".strip(), miss.believes, miss.explanation, LINE)
        for count, miss in known
    )


def _from_short(body: short.ShortText) -> Short:
    return Short(body.accepted, _misses(body.misses), body.case)


def _from_output(body: output.Output) -> Output:
    return Output(body.program, body.code, body.key, _misses(body.misses))


def _from_number(body: number.Number) -> Number:
    key, width = body.key, body.tolerance.width
    in_percent = width.unit is PERCENT and key.unit is not PERCENT
    tolerance = width.value if in_percent else width.amount / key.unit.factor
    misses = tuple(Miss(_in_unit_of(key, miss.text), miss.explanation, miss.believes) for miss in body.misses)
    return Number(key.value, tolerance, key.unit.symbol, in_percent, misses, is_unit_shown=body.unit is not None)


def _in_unit_of(key: Quantity, text: str) -> str:
    """The number of a known miss in the unit of the key, which a missing unit means too."""
    known = read_quantity(text)
    value = known.value if known.unit is PLAIN else known.amount / key.unit.factor
    return str(Quantity(value))


def _number(part: Number) -> number.Number:
    unit = find_unit(part.unit) or PLAIN
    width = Quantity(part.tolerance, PERCENT if part.in_percent else unit)
    shown = unit if part.is_unit_shown else None
    misses = _known(part.misses, unit.symbol)
    return number.Number(Quantity(part.value, unit), number.Tolerance(width), misses, shown)


def _unit_field(part: Number) -> Mapping[str, str]:
    return {"unit": part.unit} if part.is_unit_shown else {}


def _from_order(body: order.OrderLines) -> Order:
    right = [line for line in body.lines if not line.is_wrong]
    extra = tuple(
        Choice(_indented(line), is_key=False, explanation=line.explanation, id=line.id, believes=line.believes)
        for line in body.lines
        if line.is_wrong
    )
    lines = tuple(Line(_indented(line), line.id, line.after, line.explanation) for line in right)
    return Order(lines, extra, body.is_indented, body.language)


def _indented(line: order_text.Line) -> str:
    return " " * (order_text.LEVEL_SPACES * line.level) + line.code


def _order(part: Order) -> order.OrderLines:
    taken: set[str] = set()
    lines = [_line(line.text, line.id, taken, explanation=line.explanation, after=line.after) for line in part.lines]
    lines += [_line(one.text, one.id, taken, explanation=one.explanation, believes=one.believes) for one in part.extra]
    return order.OrderLines(tuple(lines), tuple(line.id for line in lines), part.indent, part.language)


def _line(
    text: str,
    given_id: str,
    taken: set[str],
    *,
    explanation: str,
    after: tuple[str, ...] = (),
    believes: str | None = None,
) -> order_text.Line:
    """One line; `believes` is None for one that belongs. Indentation counts in whole levels, up to the deepest."""
    code = text.lstrip(" ")
    level = min((len(text) - len(code)) // order_text.LEVEL_SPACES, order_text.LEVELS[-1])
    line_id = fresh_id(given_id or code, "line", taken)
    return order_text.Line(line_id, code, level, after, explanation, believes is not None, believes or "", LINE)


def _order_fields(part: Order) -> Mapping[str, str]:
    fields = {"indent": "yes"} if part.indent else {}
    return fields | ({"language": part.language} if part.language else {})


def _from_blanks(body: blanks.Blanks) -> Blanks:
    gaps = tuple(Gap(gap.name, gap.accepted, _misses(gap.misses), gap.explanation) for gap in body.gaps)
    return Blanks(body.code, gaps, body.language, bool(body.tiles))


def _blanks(part: Blanks) -> blanks.Blanks:
    gaps = tuple(
        blanks_text.Gap(gap.name, gap.accepted, gap.explanation, _known(gap.misses, name=f"{gap.name}-miss"), LINE)
        for gap in part.gaps
    )
    return blanks.Blanks(part.language or "text", part.code, gaps)


PARTS: dict[type[Body], Callable[..., Part]] = {
    one.ChooseOne: lambda body: _chosen(body, several=False),
    several.ChooseSeveral: lambda body: _chosen(body, several=True),
    short.ShortText: _from_short,
    number.Number: _from_number,
    order.OrderLines: _from_order,
    blanks.Blanks: _from_blanks,
    output.Output: _from_output,
    card.Card: lambda body: Card(body.back),
}
