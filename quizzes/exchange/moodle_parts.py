"""The answer parts of Moodle's types of question."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from authoring.quantity import find_unit
from quizzes.exchange.cloze import read_cloze
from quizzes.exchange.items import (
    Blanks,
    Choice,
    Choices,
    Gap,
    Line,
    Miss,
    Number,
    Order,
    Part,
    Refused,
    Short,
    bounded,
)
from quizzes.exchange.moodle_answers import decimal, has_wildcard, without_wildcards
from quizzes.exchange.rich_text import from_html, from_plain, has_html, parted, plain_text
from quizzes.exchange.xml_tree import Node

FULL = Decimal(100)
PLACE = re.compile(r"\[\[(\d+)\]\]")


@dataclass
class Reading:
    """A question while it is read, and what was lost so far."""

    node: Node
    said_of_right: list[str] = field(default_factory=list)
    lost: dict[tuple[int, str], None] = field(default_factory=dict)

    def lose(self, line: int, what: str) -> None:
        """Note what did not come across."""
        self.lost[line, what] = None

    def markdown(self, node: Node | None) -> str:
        """The text of an element in the format it names, as Markdown."""
        if node is None:
            return ""
        if node.first("file"):
            self.lose(node.line, "its pictures and files")
        words = bounded(node.text_of("text"), node.line)
        style = node.attributes.get("format", "html")
        if style == "markdown":
            return words
        if style == "plain_text" or not has_html(words):
            return from_plain(words)
        found = from_html(words)
        for tag in found.dropped:
            self.lose(node.line, f"the HTML tag {tag}: what stood in it is kept as text")
        return found.text


def _prompt(reading: Reading) -> str:
    return reading.markdown(reading.node.first("questiontext"))


def _fraction(answer: Node) -> Decimal:
    return decimal(answer.attributes.get("fraction", "0"), answer.line)


def _lose_share(reading: Reading, answer: Node, fraction: Decimal) -> None:
    if 0 < fraction < FULL:
        words = answer.text_of("text")[:60]
        reading.lose(
            answer.line, f"{fraction.normalize():f} % of the marks for “{words}”: here an answer is right or wrong"
        )


def _choices(reading: Reading) -> tuple[str, Part]:
    several = reading.node.text_of("single") in ("false", "0")
    options = []
    for answer in reading.node.all("answer"):
        fraction = _fraction(answer)
        if not several:
            _lose_share(reading, answer, fraction)
        is_key = fraction > 0 if several else fraction >= FULL
        explanation = reading.markdown(answer.first("feedback"))
        options.append(Choice(_option(reading, answer), is_key, explanation))
    if len(options) < 2:
        raise Refused(reading.node.line, f"A choice with {len(options)} options.", "Give it at least two.")
    return _prompt(reading), Choices(tuple(options), several)


def _option(reading: Reading, answer: Node) -> str:
    words = reading.markdown(answer)
    if not words:
        raise Refused(answer.line, "An option is empty, or nothing but a picture.", "Write a text for it.")
    return words


def _true_or_false(reading: Reading) -> tuple[str, Part]:
    options = []
    for answer in reading.node.all("answer"):
        words = answer.text_of("text").capitalize()
        options.append(Choice(words, _fraction(answer) >= FULL, reading.markdown(answer.first("feedback"))))
    if sorted(option.text for option in options) != ["False", "True"]:
        raise Refused(reading.node.line, "This true/false question has other answers.", "It has the two: true, false.")
    return _prompt(reading), Choices(tuple(options))


def _short(reading: Reading) -> tuple[str, Part]:
    accepted: list[str] = []
    misses: list[Miss] = []
    for answer in reading.node.all("answer"):
        words, fraction = bounded(answer.text_of("text"), answer.line), _fraction(answer)
        explanation = reading.markdown(answer.first("feedback"))
        if has_wildcard(words):
            reading.lose(answer.line, f"“{words[:60]}”: an answer with * stands for many, and is left out")
        elif fraction >= FULL:
            accepted.append(without_wildcards(words))
            reading.said_of_right.append(explanation)
        else:
            misses.append(Miss(without_wildcards(words), explanation))
            _lose_share(reading, answer, fraction)
    if not accepted:
        raise Refused(reading.node.line, "No answer is right.", "Give one a fraction of 100.")
    return _prompt(reading), Short(tuple(accepted), tuple(misses), reading.node.text_of("usecase") == "1")


def _number(reading: Reading) -> tuple[str, Part]:
    key: Number | None = None
    misses: list[Miss] = []
    for answer in reading.node.all("answer"):
        words, fraction = answer.text_of("text"), _fraction(answer)
        explanation = reading.markdown(answer.first("feedback"))
        if words == "*":
            reading.lose(answer.line, f"what is said about any other answer: {explanation}")
        elif fraction >= FULL and key is None:
            tolerance = abs(decimal(answer.text_of("tolerance") or "0", answer.line))
            key = Number(decimal(words, answer.line), tolerance)
            reading.said_of_right.append(explanation)
        elif fraction >= FULL:
            reading.lose(answer.line, f"a second right number, {words[:40]}")
        else:
            misses.append(Miss(f"{decimal(words, answer.line):f}", explanation))
            _lose_share(reading, answer, fraction)
    if key is None:
        raise Refused(reading.node.line, "No number is right.", "Give one a fraction of 100.")
    return _prompt(reading), Number(key.value, key.tolerance, _unit(reading), misses=tuple(misses))


def _unit(reading: Reading) -> str:
    """The unit in which the right number is given: the one it is multiplied with 1 to be in."""
    units = reading.node.first("units")
    for unit in units.all("unit") if units else ():
        name = unit.text_of("unit_name")
        if decimal(unit.text_of("multiplier") or "1", unit.line) == 1:
            known = find_unit(name)
            if known is None:
                reading.lose(unit.line, f"the unit {name[:40]}, which is not known here")
            return known.symbol if known else ""
    return ""


def _order(reading: Reading) -> tuple[str, Part]:
    answers = sorted(reading.node.all("answer"), key=_fraction)
    lines = tuple(_line(reading, answer) for answer in answers)
    if len(lines) < 2:
        raise Refused(reading.node.line, "Nothing to put in order.", "Give it at least two lines.")
    return _prompt(reading), Order(lines)


def _line(reading: Reading, answer: Node) -> Line:
    """Indentation in front of a line of plain text is kept."""
    node = answer.first("text")
    words = node.text if node else ""
    if answer.attributes.get("format", "html") != "plain_text" and has_html(words):
        words = plain_text(words)
    return Line(words.strip("\n").rstrip(), explanation=reading.markdown(answer.first("feedback")))


def _cloze(reading: Reading) -> tuple[str, Part]:
    node = reading.node.first("questiontext")
    found = read_cloze(bounded(node.text_of("text") if node else "", reading.node.line))
    for kind in found.strange:
        reading.lose(reading.node.line, f"a gap of Moodle's type {kind}: it stands in the text as it was")
    if not found.gaps:
        raise Refused(reading.node.line, "No gap of this question can be read.", "Write it as {1:SHORTANSWER:=answer}.")
    return _with_gaps(reading, node, found.text, found.gaps, tiles=found.tiles)


def _drag_and_drop(reading: Reading) -> tuple[str, Part]:
    """`[[1]]` is a gap whose right answer is the first of the choices; the others of its group are wrong there."""
    choices = [*reading.node.all("dragbox"), *reading.node.all("selectoption")]
    texts = [(plain_text(choice.text_of("text")), choice.text_of("group")) for choice in choices]
    node = reading.node.first("questiontext")
    words = bounded(node.text_of("text") if node else "", reading.node.line)
    gaps: dict[str, Gap] = {}
    for place in PLACE.findall(words):
        if not 0 < int(place[:4]) <= len(texts):
            raise Refused(
                reading.node.line, f"There is no choice for the gap [[{place[:20]}]].", "Add it, or take it out."
            )
        right, group = texts[int(place) - 1]
        others = [text for text, its_group in texts if its_group == group and text != right]
        gaps[place] = Gap(f"gap-{place}", (right,), tuple(Miss(text) for text in others))
    if not gaps:
        raise Refused(reading.node.line, "This question has no gaps.", "Write them as [[1]], [[2]] in its text.")
    named = PLACE.sub(lambda found: f"[[gap-{found[1]}]]", words)
    return _with_gaps(reading, node, named, tuple(gaps.values()), tiles=True)


def _with_gaps(
    reading: Reading, node: Node | None, words: str, gaps: tuple[Gap, ...], *, tiles: bool
) -> tuple[str, Part]:
    """Prompt and blanks: code that holds all gaps is the text to fill, else the whole text is."""
    style = node.attributes.get("format", "html") if node else "html"
    filled = Node(
        "questiontext", reading.node.line, {"format": style}, [Node("text", reading.node.line, texts=[words])]
    )
    markdown = reading.markdown(filled)
    names = [f"[[{gap.name}]]" for gap in gaps]
    prose, code = parted(markdown)
    if all(name in code for name in names):
        return prose, Blanks(code, gaps, tiles=tiles)
    reading.lose(reading.node.line, "the formatting of its text: text with gaps is written as code, and has no prompt")
    return "", Blanks(plain_text(words) if style == "html" else words, gaps, tiles=tiles)


PARTS: dict[str, Callable[[Reading], tuple[str, Part]]] = {
    "multichoice": _choices,
    "multichoiceset": _choices,
    "truefalse": _true_or_false,
    "shortanswer": _short,
    "numerical": _number,
    "ordering": _order,
    "cloze": _cloze,
    "multianswer": _cloze,
    "ddwtos": _drag_and_drop,
    "gapselect": _drag_and_drop,
}
