"""One question of a GIFT file."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from quizzes.exchange.items import (
    MOST_ANSWERS,
    Choice,
    Choices,
    Item,
    Line,
    Loss,
    Miss,
    Number,
    Order,
    Part,
    Refused,
    Short,
    bounded,
)
from quizzes.exchange.masked import Masked, masked
from quizzes.exchange.moodle_answers import has_wildcard, read_number, title_of, without_wildcards
from quizzes.exchange.rich_text import from_html, from_plain, has_html
from quizzes.quiz import LEVELS

ID = re.compile(r"\[id:((?:\\]|[^\[\]]){1,200})\]")
TAG = re.compile(r"\[tag:((?:\\]|[^\[\]]){1,200})\]")
FORMAT = re.compile(r"\[(html|moodle|plain|markdown)\]")
WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d*)?)%")
TRUE, FALSE = ("T", "TRUE"), ("F", "FALSE")
CATEGORY = "$CATEGORY:"
MISSING_WORD = "_____"
FULL = Decimal(100)


@dataclass
class GiftQuestion:
    """What one block of a file gave: a question, or the name of a category, and what was lost."""

    item: Item | None = None
    category: str = ""
    losses: list[Loss] = field(default_factory=list)


@dataclass
class _Reading:
    """A question while it is read: its format of text, and what was lost so far."""

    line: int
    id: str
    title: str = ""
    style: str = "moodle"
    said_of_right: list[str] = field(default_factory=list)
    lost: dict[tuple[int, str], None] = field(default_factory=dict)

    def lose(self, line: int, what: str) -> None:
        self.lost[line, what] = None

    def markdown(self, source: Masked) -> str:
        """Text in the format it names, or in that of the question."""
        bounded(source.said, source.line)
        named = FORMAT.match(source.signs)
        bare = source.part(named.end()) if named else source
        return self._in_markdown(bare, named[1] if named else self.style)

    def _in_markdown(self, source: Masked, style: str) -> str:
        if style == "markdown":
            return source.text
        if style == "plain" or not has_html(source.said):
            return from_plain(source.text)
        found = from_html(source.said)
        for tag in found.dropped:
            self.lose(source.line, f"the HTML tag {tag}: what stood in it is kept as text")
        return found.text


def read_gift_question(lines: Sequence[tuple[int, str]]) -> GiftQuestion:
    """The question in these lines, none of them empty. Raises Refused with its line."""
    comments = " ".join(line for _, line in lines if line.strip().startswith("//"))
    rest = [(number, line) for number, line in lines if not line.strip().startswith("//")]
    if not rest:
        return GiftQuestion()
    first = rest[0][1].strip()
    if first.startswith(CATEGORY):
        return GiftQuestion(category=title_of(first.removeprefix(CATEGORY)))
    source = masked(rest)
    found = ID.search(comments)
    reading = _Reading(source.line, found[1].replace("\\]", "]").strip() if found else "")
    item = _read(source, reading, [tag.replace("\\]", "]").strip() for tag in TAG.findall(comments)])
    name = reading.id or reading.title
    return GiftQuestion(item, losses=[Loss(line, name, what) for line, what in reading.lost])


def _read(source: Masked, reading: _Reading, tags: Sequence[str]) -> Item | None:
    reading.title, rest = _title(source)
    start, end = _braces(rest)
    if start < 0:
        reading.lose(source.line, "a text without answers: no question, so it is left out")
        return None
    named = FORMAT.match(rest.signs)
    reading.style = named[1] if named else reading.style
    prompt = _prompt(rest, start, end, reading)
    answers, solution = _general_feedback(rest.part(start + 1, end), reading)
    part = _part(answers, reading)
    if part is None:
        return None
    level = next((tag for tag in tags if tag in LEVELS), "")
    for tag in tags:
        if tag != level:
            reading.lose(source.line, f"the tag {tag}")
    return Item(part, prompt, reading.id, reading.title, level, solution=_solution(solution, reading), line=source.line)


def _solution(general: str, reading: _Reading) -> str:
    """The worked solution: what is said to everybody, and what is said about a right answer that was typed."""
    return "\n\n".join(dict.fromkeys(text for text in (*reading.said_of_right, general) if text))


def _title(source: Masked) -> tuple[str, Masked]:
    end = source.signs.find("::", 2) if source.signs.startswith("::") else -1
    if end < 0:
        return "", source
    return " ".join(source.part(2, end).text.split()), source.part(end + 2)


def _braces(source: Masked) -> tuple[int, int]:
    """Where the answers begin and end; -1 for both when there are none. Raises Refused when they do not pair."""
    start, end = source.signs.find("{"), source.signs.find("}")
    if start < 0 and end < 0:
        return -1, -1
    if start < 0 or 0 <= end < start:
        raise Refused(
            source.lines[end], "A } closes no answers.", "Put { before the answers, or write \\} in the text."
        )
    if end < 0:
        hint = "Close it before the next empty line, which ends the question, or write \\{ in the text."
        raise Refused(source.lines[start], "The { is never closed.", hint)
    more = [place for place, sign in enumerate(source.signs) if sign in "{}" and place not in (start, end)]
    if more:
        sign = source.signs[more[0]]
        message = f"One {sign} too many: a question has one pair of braces."
        raise Refused(
            source.lines[more[0]], message, f"Write \\{sign} in the text, or put an empty line between questions."
        )
    return start, end


def _prompt(source: Masked, start: int, end: int, reading: _Reading) -> str:
    before, after = reading.markdown(source.part(0, start)), source.part(end + 1)
    if not after.signs:
        return before
    joint = "" if after.signs[0] in ".,;:!?" else " "
    words = from_plain(after.text) if reading.style != "markdown" else after.text
    return f"{before} {MISSING_WORD}{joint}{words}".strip()


def _general_feedback(answers: Masked, reading: _Reading) -> tuple[Masked, str]:
    place = answers.signs.rfind("####")
    if place < 0:
        return answers, ""
    return answers.part(0, place), reading.markdown(answers.part(place + 4))


def _part(answers: Masked, reading: _Reading) -> Part | None:
    """The answers, by the rules with which Moodle tells its types apart."""
    signs = answers.signs
    if not signs:
        reading.lose(reading.line, "left out: an essay, which nobody but a person can mark")
    elif signs[0] == "#":
        return _number(answers.part(1), reading)
    elif signs[0] == ">":
        return _order(answers)
    elif "~" in signs:
        return _choices(answers, reading)
    elif "=" in signs and "->" in signs:
        reading.lose(answers.line, "left out: a matching question. Ask it as blanks, or as one question a pair")
    elif _answer(answers)[0].text in (*TRUE, *FALSE):
        return _true_or_false(answers, reading)
    else:
        return _short(answers, reading)
    return None


def _answers(source: Masked, signs: str) -> list[Masked]:
    parts = source.split_before(signs)
    if len(parts) > MOST_ANSWERS:
        hint = f"{MOST_ANSWERS} are enough for any: look for a sign that should be escaped."
        raise Refused(source.line, f"A question of {len(parts):,} answers.", hint)
    return parts


def _answer(source: Masked) -> tuple[Masked, Masked]:
    """An answer, and the feedback behind its `#`."""
    place = source.signs.find("#")
    return (source, source.part(len(source.signs))) if place < 0 else (source.part(0, place), source.part(place + 1))


def _weighed(source: Masked, otherwise: Decimal) -> tuple[Decimal, Masked]:
    found = WEIGHT.match(source.signs)
    return (Decimal(found[1]), source.part(found.end())) if found else (otherwise, source)


def _choices(answers: Masked, reading: _Reading) -> Choices:
    several = "=" not in answers.signs
    options = tuple(_choice(part, reading, several=several) for part in _answers(answers, "~="))
    if len(options) < 2:
        raise Refused(answers.line, "A choice with one option.", "Give it at least two, each after a ~ or a =.")
    return Choices(options, several)


def _choice(source: Masked, reading: _Reading, *, several: bool) -> Choice:
    sign = source.signs[0]
    weight, bare = _weighed(source.part(1) if sign in "~=" else source, Decimal(0))
    is_key = sign == "=" or (several and weight > 0)
    if not several and 0 < weight < FULL:
        reading.lose(source.line, f"{weight} % of the marks for one option: here an option is right or wrong")
    text, feedback = _answer(bare if sign != "=" else source.part(1))
    if not text.signs:
        raise Refused(source.line, "An option is empty.", "Write its text after the ~ or the =.")
    return Choice(reading.markdown(text), is_key, reading.markdown(feedback))


def _true_or_false(answers: Masked, reading: _Reading) -> Choices:
    answer, said = _answer(answers)
    wrong, right = _answer(said)
    is_true = answer.text in TRUE
    explained = {True: reading.markdown(right), False: reading.markdown(wrong)}
    options = (("True", is_true), ("False", not is_true))
    return Choices(tuple(Choice(text, is_key, explained[is_key]) for text, is_key in options))


def _short(answers: Masked, reading: _Reading) -> Short:
    accepted: list[str] = []
    misses: list[Miss] = []
    for part in _typed(answers):
        weight, bare = _weighed(part, FULL)
        text, feedback = _answer(bare)
        explanation = reading.markdown(feedback)
        given = without_wildcards(bounded(text.text, part.line))
        if has_wildcard(text.text):
            reading.lose(part.line, f"“{text.text}”: an answer with * stands for many, and is left out")
        elif weight >= FULL:
            accepted.append(given)
            reading.said_of_right.append(explanation)
        else:
            misses.append(Miss(given, explanation))
            _lose_share(weight, given, part.line, reading)
    if not accepted:
        raise Refused(answers.line, "No answer is right.", "Give at least one after a =.")
    return Short(tuple(accepted), tuple(misses))


def _typed(answers: Masked) -> Iterator[Masked]:
    for part in _answers(answers, "="):
        yield part.part(1) if part.signs[0] == "=" else part


def _lose_share(weight: Decimal, given: str, line: int, reading: _Reading) -> None:
    if weight > 0:
        reading.lose(line, f"{weight} % of the marks for “{given[:60]}”: here an answer is right or wrong")


def _number(answers: Masked, reading: _Reading) -> Number:
    """The first answer that is fully right is the key; the others are foreseen misses."""
    numbers: list[Number] = []
    misses: list[Miss] = []
    wrong = answers.signs.find("~")
    if wrong >= 0:
        reading.lose(
            answers.lines[wrong], f"what is said about any other answer: {answers.part(wrong + 1).text.lstrip('#')}"
        )
    for part in _typed(answers if wrong < 0 else answers.part(0, wrong)):
        weight, bare = _weighed(part, FULL)
        text, feedback = _answer(bare)
        explanation = reading.markdown(feedback)
        number = read_number(text.text, part.line)
        if weight >= FULL and not numbers:
            numbers.append(number)
            reading.said_of_right.append(explanation)
        elif weight >= FULL:
            reading.lose(part.line, f"a second right number, {number.value:f}")
        else:
            misses.append(Miss(f"{number.value:f}", explanation))
            _lose_share(weight, text.text, part.line, reading)
    if not numbers:
        raise Refused(answers.line, "No number is right.", "Give one behind the {#.")
    return Number(numbers[0].value, numbers[0].tolerance, misses=tuple(misses))


def _order(answers: Masked) -> Order:
    """Lines to order, of Moodle's type "ordering": how to show them stands behind the >, then one line each."""
    _, *lines = answers.said.split("\n")
    texts = [line.strip() for line in lines if line.strip()]
    if len(texts) < 2:
        raise Refused(answers.line, "Nothing to put in order.", "Write at least two lines below {>.")
    return Order(tuple(Line(text) for text in texts))
