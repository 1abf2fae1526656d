"""A bank of questions with known figures: what a class answers to it, counted without a database."""

from collections import Counter
from itertools import chain

from quizzes.quiz import Quiz
from quizzes.statistics.counting import CompletedItem, Key, completed_counts, first_answer_counts
from quizzes.statistics.reading import Figures, Item, find_item
from quizzes.statistics.simulation import SimulatedClass

CHOICES = 20
LEVELS = ("easy", "medium", "hard")


def bank_text() -> str:
    """A quiz of choose-one questions with three to five options, and one each of five other types."""
    head = "---\ntitle: Bank\nlesson: first-weather\n---\n\nMany questions.\n"
    return "\n".join([head, *(_choice(number) for number in range(CHOICES)), OTHERS])


def _choice(number: int) -> str:
    options = [
        f"- [ ] wrong-{letter}: Answer {letter} of {number}\n  believes: {letter} it is\n  > No.\n" for letter in "abcd"
    ]
    options = options[: 2 + number % 3]
    options.insert(number % len(options), f"- [x] right: The answer of {number}\n  > Yes.\n")
    return (
        f"## choice-{number}\ntype: one\ntopic: Choice {number}\nlevel: {LEVELS[number % 4 % 3]}\n\n"
        f"Which one is it?\n\n{''.join(options)}"
    )


OTHERS = """\
## both
type: several
topic: Both
level: medium

Which of these hold?

- [x] first: The first
  > Yes.
- [x] second: The second
  > Yes.
- [ ] third: The third
  believes: all good things are three
  > No.
- [ ] fourth: The fourth
  believes: more is better
  > No.

## wait
type: number
topic: Wait
level: hard

How long is it?

= 300 ms ± 10 %

> It is 300 ms.

## word
type: short
topic: Word
level: easy

What is the command?

= LPUSH

> It is LPUSH.

## lines
type: order
topic: Lines
level: medium

Which order sends it?

- connect: redis = Redis()
- push: redis.lpush("mails", mail)
- wrong pop: redis.rpop("mails")
  believes: who sends also takes
  > A worker takes.

> Connect, then push.

## gaps
type: blanks
topic: Gaps
level: medium

What belongs here?

```python
redis.[[command]]("mails", mail)
```

- command: lpush
  > It is put on the left.
  ~ rpush
    believes: it goes where it is taken from
    > It would overtake.
"""


def item_of(question_id: str, *, simulated: bool = False) -> Item:
    """A question of the course with its figures."""
    item = find_item(question_id, simulated=simulated)
    assert item
    return item


def counted(room: SimulatedClass) -> list[Item]:
    """All items of a class, counted in memory as marking counts them."""
    counts: Counter[Key] = Counter()
    for number in range(len(room.strengths)):
        for quiz in room.quizzes:
            counts.update(_answers(room, quiz, number))
    figures: dict[tuple[str, str], dict[str, int]] = {}
    for (question, version, what), n in counts.items():
        figures.setdefault((question, version), {})[what] = n
    return [
        Item(quiz, question, [Figures(question.id, question.version, figures[question.id, question.version])])
        for quiz, question in chain.from_iterable(
            [(quiz, question) for question in quiz.questions] for quiz in room.quizzes
        )
    ]


def _answers(room: SimulatedClass, quiz: Quiz, number: int) -> Counter[Key]:
    counts, rows = Counter[Key](), []
    for question in quiz.questions:
        reply = room.first_reply(question, number)
        picks = question.body.picks(question.body.given_from(reply.fields))
        right = reply.wrong is None
        rows.append(CompletedItem(question.id, question.version, picks, right))
        took_ms, certainty = room.took_ms(question, number), room.certainty(question, number)
        counts.update(
            first_answer_counts(
                question.id, question.version, picks, correct=right, certainty=certainty, took_ms=took_ms, day=0
            )
        )
    counts.update(completed_counts(rows))
    return counts
