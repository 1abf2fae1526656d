"""Counts for item analysis, added to in the transaction of the submit by one statement each.

What is counted, per question and version of its text (`Count.what`):

| what | counted | number |
|---|---|---|
| `since` | first answer | day of the first answer, in days since 1970-01-01 UTC |
| `asked`, `right` | first answer | learners who were asked, and were right |
| `pick:<option>` | first answer | picked that option, or sent that known miss |
| `sure:<1..3>`, `sure-right:<1..3>` | first answer | said how sure they were, and were right |
| `took:<bucket>` | first answer | took that long, see `bucket_of` |
| `n`, `x` | completed attempt | attempts, and those in which this question was right |
| `t`, `tt`, `xt` | completed attempt | sums of rest score, its square, and the rest score of those who were right |
| `in:<bin>`, `in-right:<bin>` | completed attempt | attempts with such a rest score, and those that were right here |
| `score:<option>:<bin>` | completed attempt | picked that option, with such a rest score |

The rest score is the share of the attempt's *other* questions answered right, in per mille: with the question itself
in the score every question would seem to discriminate. Everything summed is a whole number, so sums do not depend on
the order of the learners, and a recount gives the same to the last bit.
"""

import math
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import connection

COUNTED_MODES = ("check", "test")
BINS = 10
WHOLE = 1000
BUCKETS_PER_DOUBLING = 4
DAY_S = 24 * 3600
SIMULATED = "simulated "
OF_A_FIRST_ANSWER = ("since", "asked", "right", "pick:", "sure", "took:")

Key = tuple[str, str, str]
"""Question, version, what."""

_prefix: ContextVar[str] = ContextVar("prefix of what is counted", default="")


@dataclass(frozen=True)
class CompletedItem:
    """A marked question of a completed attempt: what its first answer picked, and whether it was right."""

    question: str
    version: str
    picks: Sequence[str]
    correct: bool


def is_counted(mode: str, round_number: int, try_number: int) -> bool:
    """Whether an answer counts: the first try, in the first round, of a check or a test: later ones know more."""
    return mode in COUNTED_MODES and round_number == 1 and try_number == 1


def count_first_answer(
    question: str, version: str, picks: Sequence[str], *, correct: bool, certainty: int | None, took_ms: int | None
) -> None:
    """Add a learner's first answer to a question, in one statement. The caller has asked `is_counted`."""
    day = int(time.time() // DAY_S)
    add(first_answer_counts(question, version, picks, correct=correct, certainty=certainty, took_ms=took_ms, day=day))


def count_completed_test(rows: Sequence[CompletedItem]) -> None:
    """Add a completed attempt of a first round, all its marked questions in one statement.

    In one transaction it comes after `count_first_answer`, so that all transactions take row locks in the same order.
    """
    add(completed_counts(rows))


@contextmanager
def counted_as_simulated() -> Iterator[None]:
    """Inside, everything counts for the simulated class, which is kept apart from the real one."""
    token = _prefix.set(SIMULATED)
    try:
        yield
    finally:
        _prefix.reset(token)


def first_answer_counts(
    question: str,
    version: str,
    picks: Sequence[str],
    *,
    correct: bool,
    certainty: int | None,
    took_ms: int | None,
    day: int,
) -> Counter[Key]:
    """What one first answer adds; no certainty is None or 0, `day` counts from 1970-01-01 UTC."""
    whats = ["asked", *(f"pick:{pick}" for pick in dict.fromkeys(picks))]
    whats += ["right"] if correct else []
    if certainty:
        whats += [f"sure:{certainty}"] + ([f"sure-right:{certainty}"] if correct else [])
    if took_ms is not None:
        whats.append(f"took:{bucket_of(took_ms)}")
    counts = Counter({(question, version, what): 1 for what in whats})
    counts[question, version, "since"] = day
    return counts


def completed_counts(rows: Sequence[CompletedItem]) -> Counter[Key]:
    """What one completed attempt adds. Nothing when it has fewer than two questions: then there is no rest score."""
    counts: Counter[Key] = Counter()
    if len(rows) < 2:
        return counts
    total = sum(row.correct for row in rows)
    for row in rows:
        rest = round(WHOLE * (total - row.correct) / (len(rows) - 1))
        for what, number in _item_counts(row, rest):
            counts[row.question, row.version, what] += number
    return counts


def bucket_of(took_ms: int) -> int:
    """The bucket of a time: four to each doubling, so a median read from them is off by less than a tenth."""
    return math.floor(BUCKETS_PER_DOUBLING * math.log2(max(took_ms, 1)))


def bin_of(rest: int) -> int:
    """The tenth a rest score in per mille falls into, 0 (weakest) to 9."""
    return min(rest * BINS // WHOLE, BINS - 1)


def add(counts: Mapping[Key, int]) -> None:
    """Add to what is stored, in one statement. Rows are in one order, so writers that meet wait and do not deadlock."""
    prefix = _prefix.get()
    rows = [(*key[:2], prefix + key[2], counts[key]) for key in sorted(counts, key=_place_in_line) if counts[key]]
    if not rows:
        return
    statement = f"""
        INSERT INTO quizzes_count (question, version, what, n) VALUES {", ".join(["(%s, %s, %s, %s)"] * len(rows))}
        ON CONFLICT (question, version, what) DO UPDATE SET n = CASE
            WHEN excluded.what NOT IN (%s, %s) THEN quizzes_count.n + excluded.n
            WHEN excluded.n < quizzes_count.n THEN excluded.n
            ELSE quizzes_count.n END
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [*(value for row in rows for value in row), "since", SIMULATED + "since"])


def _place_in_line(key: Key) -> tuple[bool, Key]:
    """Whoever counts an answer and then a whole attempt goes through the same rows as who counts both at once."""
    return not key[2].startswith(OF_A_FIRST_ANSWER), key


def _item_counts(row: CompletedItem, rest: int) -> Iterator[tuple[str, int]]:
    place = bin_of(rest)
    yield from (("n", 1), ("t", rest), ("tt", rest * rest), (f"in:{place}", 1))
    if row.correct:
        yield from (("x", 1), ("xt", rest), (f"in-right:{place}", 1))
    for pick in dict.fromkeys(row.picks):
        yield f"score:{pick}:{place}", 1
