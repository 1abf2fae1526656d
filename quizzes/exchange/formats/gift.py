"""GIFT, the text format of Moodle.

Its rules are those of Moodle's own importer (question/format/gift/format.php): a question ends at an empty line, its
answers stand in one pair of braces, and a backslash takes the meaning from `~ = # { } :`. Ids and tags stand in a
comment above the question: `// [id:own-answer] [tag:easy]`.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from quizzes.exchange.format import Arrived, Format, Written, text
from quizzes.exchange.from_quiz import from_bank
from quizzes.exchange.gift_question import GiftQuestion, read_gift_question
from quizzes.exchange.in_prompt import with_context
from quizzes.exchange.items import (
    Bank,
    Blanks,
    Choice,
    Choices,
    Item,
    Loss,
    Miss,
    Number,
    Order,
    Output,
    Refused,
    Short,
)
from quizzes.exchange.losses import bank_losses, item_losses, left_out, several_lines
from quizzes.exchange.moodle_answers import category, plain, share, with_literal_stars

TITLE = "GIFT"
HOLDS = frozenset({"topic", "level", "solution", "option explanations", "misses", "unit must"})
MOST_BLOCKS = 5000
SPECIAL = re.compile(r"([\\~=#{}:])")
MOODLE_XML_HOLDS_IT = "Moodle XML has one."


def read(content: str) -> Arrived:
    """The questions of a GIFT file; each that cannot be read is a refusal of its own."""
    questions: list[GiftQuestion] = []
    losses: list[Loss] = []
    refusals: list[Refused] = []
    title = ""
    for number, lines in enumerate(_blocks(content)):
        if number == MOST_BLOCKS:
            raise Refused(
                lines[0][0], f"There are more than {MOST_BLOCKS:,} questions and comments.", "Split the file."
            )
        try:
            question = read_gift_question(lines)
        except Refused as refusal:
            refusals.append(refusal)
            continue
        title = title or question.category
        losses += question.losses
        questions.append(question)
    items = tuple(question.item for question in questions if question.item)
    return Arrived(Bank(items, title=title), tuple(losses), tuple(refusals))


def write_bank(bank: Bank) -> Written:
    """The quiz as a GIFT file."""
    losses = list(bank_losses(bank))
    blocks = [f"$CATEGORY: {category(bank.title)}"] if bank.title else []
    for item in bank.items:
        answers = _answers(item)
        if answers is None:
            losses.append(left_out(item, TITLE, MOODLE_XML_HOLDS_IT if _moodle_has(item) else several_lines(item)))
            continue
        blocks.append(_question(item, answers))
        losses += item_losses(item, HOLDS)
    return text("\n\n".join(blocks) + "\n", losses)


def _blocks(content: str) -> Iterator[list[tuple[int, str]]]:
    """The numbered lines of each question."""
    block: list[tuple[int, str]] = []
    for number, line in enumerate(content.split("\n"), 1):
        if line.strip():
            block.append((number, line))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _question(item: Item, answers: Iterable[str]) -> str:
    name = f"::{_escaped(item.topic)}::" if item.topic else ""
    tags = f" [tag:{item.level}]" if item.level else ""
    comment = [f"// [id:{item.id}]{tags}"] if item.id else []
    general = [f"\t####{_formatted(item.solution)}"] if item.solution else []
    opened = "{#" if isinstance(item.part, Number) else "{"
    prompt = f"{name}[markdown]{_escaped(with_context(item))}{opened}"
    return "\n".join([*comment, prompt, *(f"\t{line}" for line in answers), *general, "}"])


def _answers(item: Item) -> list[str] | None:
    """The lines between the braces; None for a type that GIFT has not."""
    match item.part:
        case Choices(options, several):
            return _choices(options, several=several)
        case Short(accepted, misses):
            return _typed(accepted, misses)
        case Output(printed=printed, misses=misses) if "\n" not in printed:
            return _typed((printed,), misses)
        case Number():
            return list(_numbers(item.part))
        case _:
            return None


def _choices(options: tuple[Choice, ...], *, several: bool) -> list[str]:
    keys = sum(option.is_key for option in options)
    lines = []
    for option in options:
        weight = f"~%{share(keys)}%" if option.is_key else f"~%-{share(len(options) - keys)}%"
        # A distractor that begins with a per cent sign could be read as its own weight.
        sign = weight if several else "=" if option.is_key else "~%0%" if option.text.startswith("%") else "~"
        lines.append(f"{sign}{_formatted(option.text)}{_feedback(option.explanation)}")
    return lines


def _numbers(number: Number) -> Iterator[str]:
    yield f"=%100%{plain(number.value)}:{plain(number.margin)}"
    for miss in number.misses:
        margin = Number(Decimal(miss.given), number.tolerance, in_percent=number.in_percent).margin
        yield f"=%0%{miss.given}:{plain(margin)}{_feedback(miss.explanation)}"


def _typed(accepted: Iterable[str], misses: Iterable[Miss]) -> list[str] | None:
    """None for what Moodle would take for a matching question: its sign, an arrow, cannot be escaped."""
    lines = [f"=%100%{_escaped(with_literal_stars(answer))}" for answer in accepted]
    lines += [f"=%0%{_escaped(with_literal_stars(miss.given))}{_feedback(miss.explanation)}" for miss in misses]
    return None if any("->" in line for line in lines) else lines


def _feedback(explanation: str) -> str:
    return f"#{_formatted(explanation)}" if explanation else ""


def _formatted(markdown: str) -> str:
    """Below the prompt the format is the prompt's, unless text begins with what could be read as another's name."""
    return f"[markdown]{_escaped(markdown)}" if markdown.startswith("[") else _escaped(markdown)


def _escaped(markdown: str) -> str:
    return SPECIAL.sub(r"\\\1", markdown).replace("\n", "\\n")


def _moodle_has(item: Item) -> bool:
    return isinstance(item.part, Order | Blanks | Short)


FORMAT = Format("gift", "GIFT (Moodle)", (".gift", ".gift.txt"), "text/plain", from_bank(write_bank), read)
