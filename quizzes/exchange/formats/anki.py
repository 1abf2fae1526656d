"""Anki: the questions as cards, in the tab-separated text that it imports."""

from quizzes.exchange.format import Format, Written, text
from quizzes.exchange.from_quiz import bank_of
from quizzes.exchange.items import Card, Own
from quizzes.exchange.losses import bank_losses, item_losses, left_out, marked_by_hand
from quizzes.quiz import Quiz
from quizzes.review.anki import quiz_as_anki

TITLE = "Anki"
HOLDS = frozenset(
    {
        *("topic", "level", "group", "program", "solution", "option explanations", "misses", "forgiving", "case"),
        *("unit", "unit must", "per cent", "language", "line explanations", "extra lines", "order of options"),
    }
)


def write(quiz: Quiz) -> Written:
    """Every question that has an answer as a card: what is asked on its front, everything explained on its back."""
    bank = bank_of(quiz)
    losses = list(bank_losses(bank))
    for item in bank.items:
        if isinstance(item.part, Own):
            losses.append(left_out(item, TITLE))
            continue
        losses += item_losses(item, HOLDS)
        if not isinstance(item.part, Card):
            losses.append(marked_by_hand(item))
    return text(quiz_as_anki(quiz), losses)


FORMAT = Format("anki", "Anki text", (".txt",), "text/tab-separated-values", write)
