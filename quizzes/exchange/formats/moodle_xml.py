"""Moodle XML, what Moodle itself exports (question/format/xml/format.php): the richest of its formats."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from authoring.quantity import UNITS, find_unit
from quizzes.exchange.cloze import GAP, write_gap
from quizzes.exchange.files import CONTROL
from quizzes.exchange.format import Arrived, Format, Written, text
from quizzes.exchange.from_quiz import from_bank
from quizzes.exchange.in_prompt import with_context
from quizzes.exchange.items import Bank, Blanks, Choice, Choices, Item, Loss, Miss, Number, Order, Output, Short
from quizzes.exchange.losses import bank_losses, item_losses, left_out, several_lines
from quizzes.exchange.moodle_answers import category, plain, share, with_literal_stars
from quizzes.exchange.moodle_file import read_moodle
from quizzes.prose import block

TITLE = "Moodle XML"
HOLDS = frozenset(
    {
        *("topic", "level", "solution", "hint", "order of options", "option explanations", "misses", "case", "unit"),
        *("line explanations",),
    }
)


def read(content: str) -> Arrived:
    """The questions of a Moodle XML file. Raises Refused for a file that is none."""
    return read_moodle(content)


def write_bank(bank: Bank) -> Written:
    """The quiz as a Moodle XML file."""
    losses = list(bank_losses(bank))
    root = Element("quiz")
    if bank.title:
        element = SubElement(SubElement(root, "question", type="category"), "category")
        _add_text(element, category(bank.title))
    for item in bank.items:
        question = _question(item)
        if question is None:
            losses.append(left_out(item, TITLE, several_lines(item)))
            continue
        root.append(question)
        losses += _losses(item)
    indent(root)
    xml = tostring(root, encoding="unicode", xml_declaration=False)
    return text(f'<?xml version="1.0" encoding="UTF-8"?>\n{xml}\n', losses)


def _losses(item: Item) -> Iterator[Loss]:
    yield from item_losses(item, HOLDS)
    if isinstance(item.part, Blanks):
        yield Loss(item.line, item.id, "the Markdown of its prompt: with gaps it is written as HTML")


def _question(item: Item) -> Element | None:
    """The question, or None for a type that Moodle has not."""
    question: Element | None = None
    match item.part:
        case Choices():
            question = _choices(item, item.part)
        case Short(accepted, misses, case):
            question = _short(item, accepted, misses, case=case)
        case Output(printed=printed, misses=misses) if "\n" not in printed:
            question = _short(item, (printed,), misses, case=True)
        case Number():
            question = _number(item, item.part)
        case Order():
            question = _order(item, item.part)
        case Blanks():
            question = _blanks(item, item.part)
    return question


def _choices(item: Item, part: Choices) -> Element:
    question = _head(item, "multichoice")
    SubElement(question, "single").text = "false" if part.several else "true"
    _add_shuffle(question, item)
    SubElement(question, "answernumbering").text = "none"
    keys = sum(option.is_key for option in part.options)
    for option in part.options:
        _add_answer(question, _fraction(option, part, keys), option.text, option.explanation)
    return _tail(question, item)


def _fraction(option: Choice, part: Choices, keys: int) -> str:
    if not part.several:
        return "100" if option.is_key else "0"
    return share(keys) if option.is_key else f"-{share(len(part.options) - keys)}"


def _short(item: Item, accepted: Iterable[str], misses: Iterable[Miss], *, case: bool) -> Element:
    question = _head(item, "shortanswer")
    SubElement(question, "usecase").text = "1" if case else "0"
    for answer in accepted:
        _add_answer(question, "100", with_literal_stars(answer), style="moodle_auto_format")
    for miss in misses:
        _add_answer(question, "0", with_literal_stars(miss.given), miss.explanation, style="moodle_auto_format")
    return _tail(question, item)


def _number(item: Item, part: Number) -> Element:
    question = _head(item, "numerical")
    _add_number(question, "100", part)
    for miss in part.misses:
        number = Number(Decimal(miss.given), part.tolerance, in_percent=part.in_percent)
        _add_number(question, "0", number, miss.explanation)
    _add_units(question, part.unit)
    return _tail(question, item)


def _add_number(question: Element, fraction: str, number: Number, explanation: str = "") -> None:
    answer = _add_answer(question, fraction, plain(number.value), explanation, style="moodle_auto_format")
    SubElement(answer, "tolerance").text = plain(number.margin)


def _add_units(question: Element, symbol: str) -> None:
    """The unit and others of its kind, each with what the right number is multiplied with to be in it."""
    base = find_unit(symbol) if symbol else None
    if base is None:
        return
    units = SubElement(question, "units")
    for unit in (base, *(other for other in UNITS if other.kind == base.kind and other.symbol and other != base)):
        element = SubElement(units, "unit")
        SubElement(element, "multiplier").text = plain(base.factor / unit.factor)
        SubElement(element, "unit_name").text = unit.symbol
    SubElement(question, "unitgradingtype").text = "0"  # a missing unit costs nothing
    SubElement(question, "showunits").text = "0"  # typed behind the number


def _order(item: Item, part: Order) -> Element:
    question = _head(item, "ordering")
    for name, value in (("layouttype", "VERTICAL"), ("selecttype", "ALL"), ("selectcount", "0")):
        SubElement(question, name).text = value
    for name, value in (("gradingtype", "ALL_OR_NOTHING"), ("showgrading", "SHOW"), ("numberingstyle", "none")):
        SubElement(question, name).text = value
    style = "plain_text" if part.is_code else "markdown"
    for place, line in enumerate(part.lines, 1):
        _add_answer(question, str(place), line.text, line.explanation, style=style)
    return _tail(question, item)


def _blanks(item: Item, part: Blanks) -> Element:
    """As HTML: inside Markdown the fields of the gaps would be shown as code."""
    gaps = {gap.name: write_gap(gap, tiles=part.tiles) for gap in part.gaps}
    code = GAP.sub(lambda found: gaps.get(found[1], found[0]), _html(part.code))
    question = _head(item, "cloze", prompt=f"{block(with_context(item))}\n<pre>{code}</pre>", style="html")
    return _tail(question, item)


def _html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _head(item: Item, kind: str, prompt: str | None = None, style: str = "markdown") -> Element:
    """What comes first in a question of any type."""
    question = Element("question", type=kind)
    _add_text(SubElement(question, "name"), item.topic or item.id)
    _add_styled(question, "questiontext", with_context(item) if prompt is None else prompt, style)
    _add_styled(question, "generalfeedback", item.solution, "markdown")
    SubElement(question, "defaultgrade").text = "1"
    SubElement(question, "penalty").text = "0.3333333"
    SubElement(question, "hidden").text = "0"
    SubElement(question, "idnumber").text = item.id
    return question


def _tail(question: Element, item: Item) -> Element:
    """What comes last."""
    if item.hint:
        _add_styled(question, "hint", item.hint, "markdown")
    if item.level:
        _add_text(SubElement(SubElement(question, "tags"), "tag"), item.level)
    return question


def _add_shuffle(question: Element, item: Item) -> None:
    SubElement(question, "shuffleanswers").text = "true" if item.shuffle else "false"


def _add_answer(
    question: Element, fraction: str, answer: str, explanation: str = "", style: str = "markdown"
) -> Element:
    element = SubElement(question, "answer", fraction=fraction, format=style)
    _add_text(element, answer)
    _add_styled(element, "feedback", explanation, "markdown")
    return element


def _add_styled(parent: Element, name: str, markdown: str, style: str) -> None:
    _add_text(SubElement(parent, name, format=style), markdown)


def _add_text(parent: Element, content: str) -> None:
    SubElement(parent, "text").text = CONTROL.sub("\ufffd", content)


FORMAT = Format("moodle", "Moodle XML", (".xml",), "application/xml", from_bank(write_bank), read)
