"""Item statistics and response matrix as rows, for files."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from quizzes.models import Answer, Attempt
from quizzes.quiz import Quiz
from quizzes.statistics.counting import COUNTED_MODES
from quizzes.statistics.reading import Figures, Item, items
from quizzes.statistics.simulated import is_simulated

SURE = ("sure 1", "right of them", "sure 2", "right of them", "sure 3", "right of them")
STATISTICS = (
    *("quiz", "question", "version", "asked now", "since", "n", "right at once", "n completed", "facility"),
    *("discrimination", "median ms", *SURE, "option", "picked", "weak third", "middle third", "strong third"),
)
Row = Sequence[str | int | float | None]


def statistics_rows(*, simulated: bool = False) -> Iterator[Row]:
    """A head, then one row for each option of each version of each question."""
    yield STATISTICS
    for item in items(simulated=simulated):
        for figures in item.versions:
            start = _start(item, figures)
            for option, picked in figures.picks.items():
                thirds = figures.picks_by_third(option)
                shares = (thirds.weak, thirds.middle, thirds.strong) if thirds else (None, None, None)
                yield (*start, option, picked, *map(_rounded, shares))


def response_rows(quiz: Quiz, *, answers: bool = False, simulated: bool = False) -> Iterator[Row]:
    """A head, then one row for each learner: 1 for right at once, 0 for wrong, or what was answered; empty for neither.

    Learners are numbered in an order that says nothing of them (by a random number). Only answers to the text that is
    asked now: earlier texts were other questions.
    """
    columns = [question for question in quiz.questions if question.is_marked]
    yield ("learner", *(question.id for question in columns))
    matrix = _matrix(quiz, simulated)
    for number, learner in enumerate(sorted(matrix), start=1):
        row = (matrix[learner].get((question.id, question.version)) for question in columns)
        yield (number, *(None if cell is None else cell[0] if answers else int(cell[1]) for cell in row))


def _matrix(quiz: Quiz, simulated: bool) -> dict[UUID, dict[tuple[str, str], tuple[str, bool]]]:
    first = Answer.objects.filter(attempt__mode__in=COUNTED_MODES, attempt__round=1, try_number=1)
    first = first.exclude(attempt__mode=Attempt.Mode.TEST, attempt__finished_at=None)  # it can still be changed
    first = first.filter(question__in=[question.id for question in quiz.questions]).order_by("pk")
    matrix: dict[UUID, dict[tuple[str, str], tuple[str, bool]]] = {}
    rows = first.values_list("attempt__learner_id", "question", "version", "given", "correct")
    for learner, question, version, given, correct in rows.iterator(chunk_size=5000):
        if is_simulated(learner) == simulated:
            matrix.setdefault(learner, {}).setdefault((question, version), (given, correct))
    return matrix


def _start(item: Item, figures: Figures) -> Row:
    now = "yes" if figures.version == item.question.version else "no"
    since = figures.since.isoformat() if figures.since else ""
    shares = (_rounded(figures.facility), _rounded(figures.discrimination))
    median = None if figures.median_ms is None else round(figures.median_ms)
    sure: list[int | None] = [number for one in figures.certainties for number in (one.n, one.right)]
    counted = (figures.asked, figures.right, figures.completed)
    return (
        item.quiz.slug,
        item.question.id,
        figures.version,
        now,
        since,
        *counted,
        *shares,
        median,
        *(sure or [None] * len(SURE)),
    )


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 4)
