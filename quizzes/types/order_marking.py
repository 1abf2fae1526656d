"""Finds the first line out of place in an answer to a question that asks for the order of lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quizzes.types.order_text import Line


@dataclass(frozen=True)
class Placed:
    """A line in an answer, at the level it was given."""

    line: Line
    level: int


@dataclass(frozen=True)
class Fault:
    """The first line out of place, by its number in the answer, and in Markdown why; 0: the answer lacks lines."""

    number: int
    why: str


def is_partial(key: Sequence[Line]) -> bool:
    """Whether only some lines must stand above others, so that several orders are right."""
    return any(line.after for line in key)


def first_fault(key: Sequence[Line], placed: Sequence[Placed]) -> Fault | None:
    """What is wrong with an answer, without saying what is right; None when nothing is. `key` is one right order.

    A line may stand wherever all that it needs stands above it, in the block of the line that opens it in the key.
    """
    needs, blocks = _needs(key), _blocks([Placed(line, line.level) for line in key])
    above, blocks_here = set[str](), _blocks(placed)
    for number, one in enumerate(placed, start=1):
        is_in_block = blocks_here[one.line.id] == blocks.get(one.line.id)
        if why := _why_out(one, needs, above, is_in_block=is_in_block):
            return Fault(number, f"{_so_far(number)}Line {number} {why}")
        above.add(one.line.id)
    if len(placed) < len(key):
        return Fault(0, "What you have stands in a right order, and something is missing.")
    return None


def _needs(key: Sequence[Line]) -> dict[str, tuple[str, ...]]:
    """The ids that must stand above each line."""
    if is_partial(key):
        return {line.id: line.after for line in key}
    above = [(), *((line.id,) for line in key)]
    return {line.id: needed for line, needed in zip(key, above, strict=False)}


def _why_out(one: Placed, needs: Mapping[str, tuple[str, ...]], above: set[str], *, is_in_block: bool) -> str:
    if one.line.is_wrong:
        return f"does not belong. {one.line.explanation}"
    if not set(needs[one.line.id]) <= above:
        return "is the first out of place: something that it needs does not stand above it."
    if one.level != one.line.level:
        return f"may stand here, but not at depth {one.level}."
    return "" if is_in_block else "is the first out of place: it stands in another block than it belongs to."


def _blocks(placed: Sequence[Placed]) -> dict[str, str]:
    """By id, the nearest line above that stands less deep; "" for a line in no block."""
    blocks: dict[str, str] = {}
    open_lines: list[Placed] = []
    for one in placed:
        while open_lines and open_lines[-1].level >= one.level:
            open_lines.pop()
        blocks[one.line.id] = open_lines[-1].line.id if open_lines else ""
        open_lines.append(one)
    return blocks


def _so_far(number: int) -> str:
    """What of an answer holds above its first fault."""
    if number == 1:
        return ""
    return "Line 1 is right. " if number == 2 else f"Lines 1 to {number - 1} are right. "
