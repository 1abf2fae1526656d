"""The numbers of one experiment that quizzes ask for, each with the sentence of the findings that tells it."""

from collections.abc import Callable, Mapping
from typing import Any

from labs.bench.experiments.lab import ResultFigure
from labs.when_the_queue_loses.analysis import ALWAYS, NEVER, Found, Spread, analyse
from labs.when_the_queue_loses.findings import answer_in_words, cold_in_words, floor_in_words

Result = Mapping[str, Any]


def break_even(result: Result) -> tuple[float, str] | None:
    """Up to how many ms of work the answer came sooner inside the request; None when no size is such a border."""
    found = analyse(result["rows"])
    at_ms = found.answer.at_ms
    return None if at_ms in {None, NEVER, ALWAYS} or at_ms is None else (at_ms, answer_in_words(found))


def answer_sooner_up_to(result: Result) -> float | None:
    """The break-even in ms as the lab asks for it: 0 for no size, the greatest for all; None without a border."""
    found = analyse(result["rows"])
    return max(found.inside) if found.answer.at_ms == ALWAYS else found.answer.at_ms


def result_sooner_up_to(result: Result) -> float:
    """The greatest size of work in ms whose result was measurably sooner inside the request; 0 when there is none."""
    results = analyse(result["rows"]).results
    return max((one.size_ms for one in results if one.is_measurable and one.later_ms > 0), default=0.0)


def _median_of(
    part: Callable[[Found], Spread | None], words: Callable[[Found], str]
) -> Callable[[Result], tuple[float, str] | None]:
    def read(result: Result) -> tuple[float, str] | None:
        found = analyse(result["rows"])
        measured = part(found)
        return (measured.median_ms, words(found)) if measured else None

    return read


FIGURES = (
    ResultFigure("break-even", "ms", break_even),
    ResultFigure("cold-publish", "ms", _median_of(lambda found: found.first_publish, cold_in_words)),
    ResultFigure("warm-publish", "ms", _median_of(lambda found: found.later_publish, cold_in_words)),
    ResultFigure("floor", "ms", _median_of(lambda found: found.floor_handover, floor_in_words)),
)
