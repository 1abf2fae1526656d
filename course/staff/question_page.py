"""One question's page for staff: its versions, its options by strength of who picked them, and what to mend."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from quizzes.prose import block, inline
from quizzes.quiz import Body, Question
from quizzes.statistics import intervals
from quizzes.statistics.changes import Change, changes
from quizzes.statistics.reading import Figures, Item, Thirds
from quizzes.statistics.suspects import Reason, reasons_against
from quizzes.typed import TypedBody

OTHERS = {"key": SafeString("A right answer"), "other": SafeString("Another answer")}
TRACE_WIDTH, TRACE_HEIGHT = 80, 24


@dataclass(frozen=True)
class PickRow:
    """An option, or another answer, and who gave it. `width` is its bar in percent, `trace` the points of its line."""

    id: str
    text: SafeString
    is_key: bool
    picked: int
    share: float | None
    thirds: Thirds | None
    trace: str

    @property
    def width(self) -> int:
        """The length of its bar, in percent."""
        return round(100 * (self.share or 0))


@dataclass(frozen=True)
class VersionRow:
    """A version with its intervals in words."""

    figures: Figures
    is_now: bool
    facility: str
    discrimination: str


@dataclass(frozen=True)
class QuestionPage:
    """All that the page shows; `shown` are the figures of the version that was chosen."""

    item: Item
    shown: Figures
    prompt: SafeString
    reasons: Sequence[Reason]
    picks: Sequence[PickRow]
    right: Thirds | None
    versions: Sequence[VersionRow]
    changes: Sequence[Change]


def question_page(item: Item, version: str = "") -> QuestionPage:
    """The page of a question, about one version of its text; an unknown one is the text that is asked now."""
    question = item.question
    shown = next((figures for figures in item.versions if figures.version == version), item.now)
    return QuestionPage(
        item,
        shown,
        block(question.prompt),
        reasons_against(question, shown),
        list(_pick_rows(question, shown)),
        shown.right_by_third(),
        [_version(figures, figures.version == question.version) for figures in item.versions],
        changes(item.versions),
    )


def _pick_rows(question: Question, figures: Figures) -> Iterator[PickRow]:
    options = {option.id: option for option in question.body.options()}
    names = OTHERS | _foreseen(question.body)
    for option in options.values():
        yield _pick_row(option.id, inline(option.text), option.is_key, figures)
    for pick in figures.picks:
        if pick not in options:
            yield _pick_row(pick, names.get(pick, SafeString("")), pick == "key", figures)


def _foreseen(body: Body) -> dict[str, SafeString]:
    """The wrong answers an author foresaw where answers are typed, by id."""
    return {miss.id: format_html("{}", miss.text) for miss in body.misses} if isinstance(body, TypedBody) else {}


def _pick_row(pick: str, text: SafeString, is_key: bool, figures: Figures) -> PickRow:
    picked, thirds = figures.picks.get(pick, 0), figures.picks_by_third(pick)
    share = picked / figures.asked if figures.asked else None
    return PickRow(pick, text, is_key, picked, share, thirds, _trace(thirds) if thirds else "")


def _trace(thirds: Thirds) -> str:
    """A line from the weak to the strong third, high where many picked."""
    shares = (thirds.weak, thirds.middle, thirds.strong)
    places = ((TRACE_WIDTH * index / 2, TRACE_HEIGHT * (1 - share)) for index, share in enumerate(shares))
    return " ".join(f"{x:.0f},{y:.1f}" for x, y in places)


def _version(figures: Figures, is_now: bool) -> VersionRow:
    low, high = intervals.of_share(figures.right, figures.asked)
    facility = f"{figures.facility:.0%} ({low:.0%} to {high:.0%})" if figures.facility is not None else ""
    r = figures.discrimination
    if r is None:
        return VersionRow(figures, is_now, facility, "")
    low, high = intervals.of_correlation(r, figures.completed)
    return VersionRow(figures, is_now, facility, f"{r:.2f} ({low:.2f} to {high:.2f})")
