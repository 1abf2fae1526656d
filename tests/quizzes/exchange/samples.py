"""One question of each kind that formats know, and strategies that make many."""

from decimal import Decimal
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st

from quizzes.exchange.items import (
    Bank,
    Blanks,
    Card,
    Choice,
    Choices,
    Gap,
    Group,
    Item,
    Line,
    Miss,
    Number,
    Order,
    Output,
    Own,
    Part,
    Short,
)
from quizzes.parser import read_quiz_text
from quizzes.quiz import Quiz

FAST = settings(derandomize=True, max_examples=60, deadline=None, database=None)
CONTENT = Path("quizzes/content")

ONE = Item(
    Choices(
        (
            Choice("It falls by `300` ms", is_key=True, explanation="The mail is *gone* from it: {gone}.", id="falls"),
            Choice("It stays = the same", is_key=False, explanation="Ask ~why~ #1.", id="stays", believes="no gain"),
        )
    ),
    "What does the queue do to {this}?\n\n```python\nx = {'a': 1}  # one\n```",
    "one-of-two",
    "Gain: the answer",
    "easy",
    hint="Think of the wait.",
    solution="The wait has moved.",
    read="perf#wait",
    line=7,
)
SEVERAL = Item(
    Choices(
        (
            Choice("A", is_key=True, explanation="Yes.", id="a"),
            Choice("B", is_key=False, explanation="No.", id="b", believes="b is enough"),
            Choice("C", is_key=True, explanation="Yes.", id="c"),
        ),
        several=True,
    ),
    "Which two?",
    "two-of-three",
    "Sets",
    "medium",
    shuffle=False,
    line=20,
)
SHORT = Item(
    Short(("LPUSH", "redis.lpush *"), (Miss("RPUSH", "That is the other end.", "ends are alike"),)),
    "Which command?",
    "which-command",
    "Commands",
    "easy",
    solution="See the list.",
    line=31,
)
NUMBER = Item(
    Number(Decimal(300), Decimal(10), "ms", in_percent=True, misses=(Miss("1300", "With the worker.", "all waits"),)),
    "How long?",
    "how-long",
    "Times",
    "hard",
    solution="Seven replies.",
    line=42,
)
ORDER = Item(
    Order(
        (
            Line("with atomic():", "atomic"),
            Line("    save()", "save", ("atomic",)),
            Line("    send()", "send", ("atomic",)),
        ),
        (Choice("    send.delay()", is_key=False, explanation="Too early.", id="early", believes="it waits"),),
        indent=True,
        language="python",
    ),
    "Put the lines in order.",
    "in-order",
    "Commit first",
    "hard",
    solution="Commit, then send.",
    line=53,
)
BLANKS = Item(
    Blanks(
        "r.[[command]]('mails', 'a<b')",
        (Gap("command", ("lpush", "rpush"), (Miss("get", "Reads #1.", "get adds"),), "It adds."),),
        "python",
    ),
    "Fill the gap.",
    "fill-it",
    "Lists",
    "medium",
    solution="It adds.",
    line=66,
)
OUTPUT = Item(
    Output("twice.py", "print(1)\nprint(2)", "1\n2", (Miss("12", "Two lines.", "no new line"),)),
    "What does it print?",
    "what-prints",
    "Printing",
    "easy",
    solution="Two lines.",
    group=Group("shared", "Read this first."),
    line=79,
)
CARD = Item(Card("A *list*."), "What is a queue?", "a-card", "Queues", "easy", line=90)
OWN = Item(Own("measured", ("= own ± 10 %",)), "How long was yours?", "your-own", "Yours", "easy", line=97)
EVERY = (ONE, SEVERAL, SHORT, NUMBER, ORDER, BLANKS, OUTPUT, CARD, OWN)
BANK = Bank(EVERY, "samples", "Samples: a/b", "An introduction.", "a-lesson", "a-lab", ("check", "test"), 3)

# Characters that mean something in one of the formats, in Markdown, or to readers in general.
SIGNS = "{}=~#:\\*%[]<>&\"'`|-_!? .\n\tabcXYZ019é“„→\U0001f41f\u00a0"
TEXT = st.text(SIGNS, max_size=40).map(str.strip)
WORDS = TEXT.filter(bool)
ON_ONE_LINE = WORDS.map(lambda text: " ".join(text.split()))
SLUGS = st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True)
LEVELS = st.sampled_from(["", "easy", "medium", "hard"])
AMOUNTS = st.decimals(-10_000, 10_000, places=3, allow_nan=False, allow_infinity=False)


@st.composite
def choices(draw: st.DrawFn, *, explained: bool = True) -> Choices:
    """A choice with at least one right and one wrong option, each text once."""
    texts = draw(st.lists(WORDS, min_size=2, max_size=6, unique=True))
    several = draw(st.booleans())
    keys = draw(st.integers(1, len(texts) - 1)) if several else 1
    options = [Choice(text, place < keys, draw(TEXT) if explained else "") for place, text in enumerate(texts)]
    return Choices(tuple(draw(st.permutations(options))), several)


def misses(given: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[Miss, ...]]:
    """Foreseen wrong answers."""
    return st.lists(st.builds(Miss, given, TEXT), max_size=3).map(tuple)


def shorts(answers: st.SearchStrategy[str] = ON_ONE_LINE) -> st.SearchStrategy[Short]:
    """Short answers."""
    return st.builds(Short, st.lists(answers, min_size=1, max_size=3).map(tuple), misses(answers))


NUMBERS = st.builds(
    Number, AMOUNTS, AMOUNTS.map(abs), misses=misses(AMOUNTS.map(lambda value: f"{value.normalize():f}"))
)
CODE_LINES = st.builds(
    Line, st.from_regex(r" {0,8}[a-z<&][a-z0-9 =()<&\"]{0,20}[a-z0-9]", fullmatch=True), explanation=TEXT
)
ORDERS = st.builds(Order, st.lists(CODE_LINES, min_size=2, max_size=5).map(tuple), language=st.just(""))


@st.composite
def items(draw: st.DrawFn, part: st.SearchStrategy[Part]) -> Item:
    """A question with this answer part, named like no other."""
    topic, item_id = draw(ON_ONE_LINE), draw(SLUGS)
    return Item(draw(part), draw(WORDS), item_id, topic, draw(LEVELS), solution=draw(TEXT))


def banks(part: st.SearchStrategy[Part], **others: st.SearchStrategy[object]) -> st.SearchStrategy[Bank]:
    """Up to three questions, each id once."""
    made = st.lists(items(part), min_size=1, max_size=3, unique_by=lambda item: item.id)
    return st.builds(Bank, made.map(tuple), title=st.sampled_from(["", "A title", "One / two: three"]), **others)


def our_quizzes() -> list[Quiz]:
    """The quizzes of the course."""
    readings = (read_quiz_text(path.read_text(encoding="utf-8"), path) for path in sorted(CONTENT.glob("*.md")))
    return [reading.quiz for reading in readings if reading.quiz]
