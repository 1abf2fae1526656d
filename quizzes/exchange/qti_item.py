"""One question as a QTI 2.1 assessment item."""

import re
from collections.abc import Callable, Iterable, Sequence
from xml.etree.ElementTree import Element, SubElement

from quizzes.exchange.cloze import GAP
from quizzes.exchange.in_prompt import with_context
from quizzes.exchange.items import Blanks, Choices, Gap, Item, Miss, Number, Order, Output, Short
from quizzes.exchange.moodle_answers import plain
from quizzes.exchange.xhtml import xhtml

NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"
SCHEMA = "http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"
RESPONSE, SCORE, FEEDBACK, SOLUTION = "RESPONSE", "SCORE", "FEEDBACK", "SOLUTION"
NAME_START = re.compile(r"[A-Za-z_]")


def identifier(own_id: str) -> str:
    """An id of ours as QTI wants it: it begins with a letter or an underscore."""
    return own_id if NAME_START.match(own_id) else f"_{own_id}"


def qti_item(item: Item) -> Element | None:
    """The assessment item, or None for a type that QTI has not."""
    write = WRITERS.get(type(item.part))
    if write is None:
        return None
    made = _Item(item)
    write(made, item.part)
    return made.finished()


class _Item:
    """An assessment item while it is put together: QTI wants its parts in one order."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.responses: list[Element] = []
        self.body = xhtml(with_context(item), "itemBody")
        self.processing = Element("responseProcessing")
        self.feedback: list[Element] = []

    def response(self, name: str, cardinality: str, kind: str, right: Iterable[str]) -> Element:
        """Declare what can be answered, with the right answer."""
        declared = Element("responseDeclaration", identifier=name, cardinality=cardinality, baseType=kind)
        correct = SubElement(declared, "correctResponse")
        for value in right:
            SubElement(correct, "value").text = value
        self.responses.append(declared)
        return declared

    def score_when(self, condition: Element) -> None:
        """One point when the condition holds."""
        _condition(self.processing, condition, SCORE, _value("float", "1"))

    def say(self, name: str, markdown: str) -> None:
        """Feedback that is shown when `name` is among what FEEDBACK holds."""
        if markdown:
            self._add_feedback(FEEDBACK, name, markdown)

    def say_when_given(self, misses: Sequence[Miss], condition: Callable[[Miss], Element]) -> None:
        """Feedback for each foreseen wrong answer, when its condition holds."""
        for count, miss in enumerate(misses, 1):
            if miss.explanation:
                name = f"miss-{count}"
                held = Element("multiple")
                held.append(_variable(FEEDBACK))
                held.append(_value("identifier", name))
                _condition(self.processing, condition(miss), FEEDBACK, held)
                self.say(name, miss.explanation)

    def finished(self) -> Element:
        """The whole item."""
        root = Element(
            "assessmentItem",
            {
                "xmlns": NAMESPACE,
                "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
                "xsi:schemaLocation": f"{NAMESPACE} {SCHEMA}",
                "identifier": identifier(self.item.id),
                "title": self.item.topic or self.item.id,
                "adaptive": "false",
                "timeDependent": "false",
            },
        )
        if self.item.solution:
            _set(self.processing, SOLUTION, _value("identifier", "solution"))
            self._add_feedback(SOLUTION, "solution", self.item.solution)
        root.extend([*self.responses, *_outcomes(), self.body, self.processing, *self.feedback])
        return root

    def _add_feedback(self, outcome: str, name: str, markdown: str) -> None:
        element = xhtml(markdown, "modalFeedback")
        element.attrib |= {"outcomeIdentifier": outcome, "showHide": "show", "identifier": name}
        self.feedback.append(element)


def _choices(made: _Item, part: Choices) -> None:
    keys = [identifier(option.id) for option in part.options if option.is_key]
    made.response(RESPONSE, "multiple" if part.several else "single", "identifier", keys if part.several else keys[:1])
    limit = "0" if part.several else "1"
    interaction = _interaction(made, "choiceInteraction", shuffle=_shuffle(made.item), maxChoices=limit)
    for option in part.options:
        choice = xhtml(option.text, "simpleChoice")
        choice.set("identifier", identifier(option.id))
        interaction.append(choice)
        made.say(identifier(option.id), option.explanation)
    made.score_when(_matches())
    given = _variable(RESPONSE)
    _set(made.processing, FEEDBACK, given if part.several else _joined("multiple", [given]))


def _short(made: _Item, part: Short) -> None:
    declared = made.response(RESPONSE, "single", "string", part.accepted[:1])
    _add_mapping(declared, part.accepted, case=part.case)
    _add_field(SubElement(made.body, "p"), RESPONSE, part.accepted)
    made.score_when(_is_mapped(RESPONSE))
    made.say_when_given(part.misses, lambda miss: _is_text(miss.given, case=part.case))


def _output(made: _Item, part: Output) -> None:
    made.response(RESPONSE, "single", "string", [part.printed])
    lines = part.printed.count("\n") + 1
    _interaction(made, "extendedTextInteraction", expectedLines=str(lines))
    made.score_when(_is_text(part.printed, case=True))
    made.say_when_given(part.misses, lambda miss: _is_text(miss.given, case=True))


def _number(made: _Item, part: Number) -> None:
    made.response(RESPONSE, "single", "float", [plain(part.value)])
    line = SubElement(made.body, "p")
    _add_field(line, RESPONSE, [plain(part.value)]).tail = f" {part.unit}" if part.unit else None
    correct = Element("correct", identifier=RESPONSE)
    made.score_when(_is_near(part, correct))
    made.say_when_given(part.misses, lambda miss: _is_near(part, _value("float", miss.given)))


def _order(made: _Item, part: Order) -> None:
    made.response(RESPONSE, "ordered", "identifier", [identifier(line.id) for line in part.lines])
    lines = {line.id: line.text for line in part.lines} | {line.id: line.text for line in part.extra}
    # As many as the learner likes: a number would tell how many lines belong nowhere.
    limits = {"minChoices": "1", "maxChoices": str(len(lines))} if part.extra else {}
    interaction = _interaction(made, "orderInteraction", shuffle="true", **limits)
    for line_id, words in sorted(lines.items()):
        choice = xhtml("" if part.is_code else words, "simpleChoice")
        choice.set("identifier", identifier(line_id))
        if part.is_code:
            SubElement(choice, "pre").text = words
        interaction.append(choice)
    made.score_when(_matches())


def _blanks(made: _Item, part: Blanks) -> None:
    fields = {gap.name: f"{RESPONSE}-{count}" for count, gap in enumerate(part.gaps, 1)}
    code = SubElement(made.body, "pre")
    before, *pieces = GAP.split(part.code)
    code.text = before
    gaps = {gap.name: gap for gap in part.gaps}
    for name, behind in zip(pieces[::2], pieces[1::2], strict=True):
        add = _add_tiles if part.tiles else _add_gap
        add(made, code, fields[name], gaps[name], part).tail = behind
    for gap in part.gaps:
        made.say(fields[gap.name], gap.explanation)
        _set(
            made.processing,
            FEEDBACK,
            _joined("multiple", [_variable(FEEDBACK), _value("identifier", fields[gap.name])]),
        )
    right = [_matches(name) if part.tiles else _is_mapped(name) for name in fields.values()]
    made.score_when(_joined("and", right))


def _add_gap(made: _Item, code: Element, name: str, gap: Gap, part: Blanks) -> Element:
    _add_mapping(made.response(name, "single", "string", gap.accepted[:1]), gap.accepted, case=True)
    return _add_field(code, name, [answer for other in part.gaps for answer in other.accepted])


def _add_tiles(made: _Item, code: Element, name: str, gap: Gap, part: Blanks) -> Element:
    """One list for all gaps, so that it does not tell one from another."""
    offered = [text for one in part.gaps for text in (one.accepted[0], *(miss.given for miss in one.misses))]
    tiles = sorted(dict.fromkeys(offered))
    made.response(name, "single", "identifier", [f"tile-{tiles.index(gap.accepted[0]) + 1}"])
    interaction = SubElement(code, "inlineChoiceInteraction", responseIdentifier=name, shuffle="true")
    for count, text in enumerate(tiles, 1):
        SubElement(interaction, "inlineChoice", identifier=f"tile-{count}").text = text
    return interaction


def _interaction(made: _Item, name: str, **attributes: str) -> Element:
    return SubElement(made.body, name, {"responseIdentifier": RESPONSE, **attributes})


def _add_field(parent: Element, name: str, answers: Sequence[str]) -> Element:
    length = max(8, *map(len, answers))
    return SubElement(parent, "textEntryInteraction", responseIdentifier=name, expectedLength=str(length))


def _add_mapping(declared: Element, accepted: Iterable[str], *, case: bool) -> None:
    mapping = SubElement(declared, "mapping", defaultValue="0")
    for answer in accepted:
        SubElement(mapping, "mapEntry", mapKey=answer, mappedValue="1", caseSensitive=str(case).lower())


def _shuffle(item: Item) -> str:
    return "true" if item.shuffle else "false"


def _outcomes() -> list[Element]:
    score = Element("outcomeDeclaration", identifier=SCORE, cardinality="single", baseType="float")
    SubElement(SubElement(score, "defaultValue"), "value").text = "0"
    feedback = Element("outcomeDeclaration", identifier=FEEDBACK, cardinality="multiple", baseType="identifier")
    solution = Element("outcomeDeclaration", identifier=SOLUTION, cardinality="single", baseType="identifier")
    return [score, feedback, solution]


def _condition(processing: Element, condition: Element, outcome: str, value: Element) -> None:
    then = SubElement(SubElement(processing, "responseCondition"), "responseIf")
    then.append(condition)
    _set(then, outcome, value)


def _set(parent: Element, outcome: str, value: Element) -> None:
    SubElement(parent, "setOutcomeValue", identifier=outcome).append(value)


def _joined(operator: str, parts: Iterable[Element]) -> Element:
    element = Element(operator)
    element.extend(parts)
    return element


def _variable(name: str) -> Element:
    return Element("variable", identifier=name)


def _value(kind: str, value: str) -> Element:
    element = Element("baseValue", baseType=kind)
    element.text = value
    return element


def _matches(name: str = RESPONSE) -> Element:
    return _joined("match", [_variable(name), Element("correct", identifier=name)])


def _is_mapped(name: str) -> Element:
    return _joined("gt", [Element("mapResponse", identifier=name), _value("float", "0")])


def _is_text(text: str, *, case: bool) -> Element:
    element = _joined("stringMatch", [_variable(RESPONSE), _value("string", text)])
    element.set("caseSensitive", str(case).lower())
    return element


def _is_near(part: Number, value: Element) -> Element:
    """A tolerance in per cent is of the second value, which is the number that is asked for."""
    element = _joined("equal", [_variable(RESPONSE), value])
    mode = "relative" if part.in_percent else "absolute" if part.tolerance else "exact"
    element.set("toleranceMode", mode)
    if part.tolerance:
        element.set("tolerance", f"{plain(part.tolerance)} {plain(part.tolerance)}")
    return element


WRITERS: dict[type, Callable[..., None]] = {
    Choices: _choices,
    Short: _short,
    Output: _output,
    Number: _number,
    Order: _order,
    Blanks: _blanks,
}
