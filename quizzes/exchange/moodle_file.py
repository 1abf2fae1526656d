"""The questions of a Moodle XML file."""

from collections.abc import Iterator

from quizzes.exchange.format import Arrived
from quizzes.exchange.items import Bank, Item, Loss, Refused
from quizzes.exchange.moodle_answers import decimal, title_of
from quizzes.exchange.moodle_parts import PARTS, Reading
from quizzes.exchange.xml_tree import Node, read_xml
from quizzes.quiz import LEVELS

# What Moodle writes into every question of its own accord.
STANDARD = {"", "Your answer is correct.", "Your answer is partially correct.", "Your answer is incorrect."}
WHOLE = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")


def read_moodle(content: str) -> Arrived:
    """The questions, those that cannot be read as refusals. Raises Refused for a file that is no Moodle XML."""
    root = read_xml(content).children[0]
    if root.name != "quiz":
        raise Refused(root.line, f"This is no Moodle XML: it begins with <{root.name}>.", "It begins with <quiz>.")
    items: list[Item] = []
    losses: list[Loss] = []
    refusals: list[Refused] = []
    for node in root.all("question"):
        reading = Reading(node)
        try:
            items += _item(reading)
        except Refused as refusal:
            refusals.append(refusal)
        name = node.text_of("idnumber") or node.text_of("name", "text")
        losses += [Loss(line, name, what) for line, what in reading.lost]
    return Arrived(Bank(tuple(items), title=_title(root)), tuple(losses), tuple(refusals))


def _title(root: Node) -> str:
    """The name of the first category."""
    for node in root.all("question"):
        if node.attributes.get("type") == "category":
            return title_of(node.text_of("category", "text"))
    return ""


def _item(reading: Reading) -> Iterator[Item]:
    node = reading.node
    kind = node.attributes.get("type", "")
    if kind == "category":
        return
    read_part = PARTS.get(kind)
    if read_part is None:
        reading.lose(node.line, f"left out: there is no type of question like Moodle's “{kind[:40]}”")
        return
    prompt, part = read_part(reading)
    solution = [*reading.said_of_right, reading.markdown(node.first("generalfeedback"))]
    name, given_id = " ".join(node.text_of("name", "text").split()), node.text_of("idnumber")
    yield Item(
        part,
        prompt,
        id=given_id,
        topic="" if name == given_id else name,
        level=_level(reading),
        hint=_hint(reading),
        solution="\n\n".join(dict.fromkeys(filter(None, solution))),
        shuffle=node.text_of("shuffleanswers") not in ("false", "0"),
        line=node.line,
    )
    _lose_the_rest(reading)


def _level(reading: Reading) -> str:
    tags = reading.node.first("tags")
    level = ""
    for tag in tags.all("tag") if tags else ():
        name = tag.text_of("text")
        if name in LEVELS and not level:
            level = name
        else:
            reading.lose(tag.line, f"the tag {name}")
    return level


def _hint(reading: Reading) -> str:
    hints = [(hint.line, " ".join(reading.markdown(hint).split())) for hint in reading.node.all("hint")]
    said = [(line, text) for line, text in hints if text]
    for line, text in said[1:]:
        reading.lose(line, f"a second hint: {text}")
    return said[0][1] if said else ""


def _lose_the_rest(reading: Reading) -> None:
    for name in WHOLE:
        node = reading.node.first(name)
        words = reading.markdown(node)
        if node and words not in STANDARD:
            reading.lose(node.line, f"what is said about the answer as a whole: {words}")
    grade = reading.node.text_of("defaultgrade")
    if grade and decimal(grade, reading.node.line) != 1:
        reading.lose(reading.node.line, f"that it counts {grade} marks: here every question counts the same")
