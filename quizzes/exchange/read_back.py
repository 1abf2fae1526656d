"""Whether a text that was made from another format is read as what it was made from."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

from quizzes.exchange.items import Bank, Blanks, Choices, Gap, Item, Loss, Miss, Number, Part, Short
from quizzes.exchange.to_quiz import quiz_of
from quizzes.parser import read_quiz_text
from quizzes.writer import write_quiz

WORD = "x"  # stands for what a format did not tell: without it the reader would not give the question


def misread(bank: Bank) -> Iterator[Loss]:
    """The questions that our text holds otherwise than the format did. (What the text lacks is no such difference.)"""
    complete = replace(bank, title=WORD, items=tuple(map(_complete, bank.items, count(1))))
    quiz, _ = quiz_of(complete, WORD, WORD)
    read = read_quiz_text(write_quiz(quiz), Path(f"{WORD}.md")).quiz
    for item, question in zip(bank.items, quiz.questions, strict=True):
        back = read.find(question.id) if read else None
        if back is not None and back != question:
            yield Loss(
                item.line, question.id, "its exact form: our text reads it otherwise. Compare it with the original"
            )


def _complete(item: Item, number: int) -> Item:
    return replace(
        item,
        part=_complete_part(item.part),
        prompt=item.prompt or WORD,
        topic=item.topic or WORD,
        level=item.level or "easy",
        solution=item.solution or WORD,
        id=item.id or item.topic or f"question-{number}",
    )


def _complete_part(part: Part) -> Part:
    match part:
        case Choices():
            options = (
                replace(one, explanation=one.explanation or WORD, believes="" if one.is_key else one.believes or WORD)
                for one in part.options
            )
            return replace(part, options=tuple(options))
        case Short() | Number():
            return replace(part, misses=tuple(_complete_miss(miss) for miss in part.misses))
        case Blanks():
            return replace(part, gaps=tuple(_complete_gap(gap) for gap in part.gaps))
        case _:
            return part


def _complete_gap(gap: Gap) -> Gap:
    misses = tuple(_complete_miss(miss) for miss in gap.misses)
    return replace(gap, explanation=gap.explanation or WORD, misses=misses)


def _complete_miss(miss: Miss) -> Miss:
    return replace(miss, explanation=miss.explanation or WORD, believes=miss.believes or WORD)
