"""Questions that probably do not work, each with the reason in words.

A rule speaks only when enough have answered and the whole 95 % interval lies on its bad side, so chance rarely does. A
question it names is to be looked at, not deleted: an easy question may be a good first step.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from quizzes.quiz import Option, Question
from quizzes.statistics import intervals
from quizzes.statistics.reading import Figures, Item

EASY = 0.95
HARD = 0.20
POOR_DISCRIMINATION = 0.20
USED = 0.05
TELLING = (0.10, 0.90)


@dataclass(frozen=True)
class Rule:
    """What is looked for, from how many answers on, whose threshold it is, and how to mend what it finds."""

    id: str
    title: str
    minimum_n: int
    source: str
    remedy: str


@dataclass(frozen=True)
class Reason:
    """Why a question is suspected, with its figures. `option` is the id of the option it is about, if any."""

    rule: Rule
    words: str
    option: str = ""


@dataclass(frozen=True)
class Suspect:
    """A question and every reason to look at it."""

    item: Item
    reasons: Sequence[Reason]


WRONG_KEY = Rule(
    "wrong-key",
    "Strong learners prefer a distractor to the key",
    30,
    "Analysis of options by strength, as in Haladyna and Rodriguez 2013. Strong is the upper third; Kelley 1939 found "
    "27 % best for a normal distribution, and in a small class a third loses fewer answers. Among those who picked "
    "one of the two, more than half must have picked the distractor.",
    "Answer it without looking at the key. If that distractor can be defended, move the mark or reword the prompt.",
)
NEGATIVE = Rule(
    "negative-discrimination",
    "Those who know more do worse",
    30,
    "Ebel and Frisbie 1991: an item with a negative index is rejected or rewritten.",
    "Check the key first, then whether the prompt can be read in a second way that only the informed notice.",
)
LOW = Rule(
    "low-discrimination",
    "It does not tell who knows",
    30,
    "Ebel and Frisbie 1991: below 0.20 an item is poor, to be rejected or revised. Judged between 10 % and 90 % "
    "facility only: near the ends a correlation has no room.",
    "Look for a prompt that is guessed or misread: shorten it, and make each distractor a mistake people really make.",
)
TOO_EASY = Rule(
    "too-easy",
    "Too easy",
    30,
    "Assessment Systems, “Item statistics: classical test theory”: from 95 % on an item is too easy.",
    "Good as a first step. Otherwise ask for what follows from the answer, not for the answer.",
)
TOO_HARD = Rule(
    "too-hard",
    "Too hard",
    30,
    "Our own bound: four options are guessed at 25 %, so below 20 % learners do worse than chance.",
    "Check the key. Then see whether the lesson says it at all before the question comes.",
)
DEAD_DISTRACTOR = Rule(
    "dead-distractor",
    "A distractor nobody picks",
    30,
    "Tarrant, Ware and Mohammed 2009, after Haladyna and Downing: a distractor that fewer than 5 % pick does not work. "
    "Judged only where enough are wrong that each distractor could have 5 %.",
    "Replace it by a mistake people really make (look at short answers, or ask three people), or drop it: three "
    "options are enough (Rodriguez 2005).",
)
RULES = (WRONG_KEY, NEGATIVE, LOW, TOO_EASY, TOO_HARD, DEAD_DISTRACTOR)


def suspects(items: Sequence[Item]) -> list[Suspect]:
    """The questions to look at, as they are asked now; those with most reasons first."""
    found = [Suspect(item, reasons) for item in items if (reasons := reasons_against(item.question, item.now))]
    return sorted(found, key=lambda suspect: -len(suspect.reasons))


def reasons_against(question: Question, figures: Figures) -> list[Reason]:
    """Every rule that the figures break with confidence. What is not marked breaks none."""
    if not question.is_marked:
        return []
    return [reason for judge in JUDGES for reason in judge(question, figures)]


def _wrong_key(question: Question, figures: Figures) -> Iterator[Reason]:
    keys = [option for option in question.body.options() if option.is_key]
    if len(keys) != 1 or figures.completed < WRONG_KEY.minimum_n:
        return
    key = figures.strong_picks(keys[0].id)
    for option in _distractors(question):
        picked = figures.strong_picks(option.id)
        if intervals.of_share(picked, picked + key)[0] > 0.5:
            words = f"Of the strongest third {picked:.0f} picked “{option.id}” and {key:.0f} the key, “{keys[0].id}”."
            yield Reason(WRONG_KEY, words, option.id)


def _discrimination(question: Question, figures: Figures) -> Iterator[Reason]:
    r, n = figures.discrimination, figures.completed
    if r is None or n < LOW.minimum_n:
        return
    low, high = intervals.of_correlation(r, n)
    said = f"r = {r:.2f}, with 95 % confidence {low:.2f} to {high:.2f}, n = {n}"
    if high < 0:
        yield Reason(NEGATIVE, f"Those who do better on the other questions do worse here ({said}).")
    elif high < POOR_DISCRIMINATION and TELLING[0] <= (figures.facility or 0) <= TELLING[1]:
        yield Reason(LOW, f"Being right here goes along with little elsewhere ({said}).")


def _facility(question: Question, figures: Figures) -> Iterator[Reason]:
    right, n = figures.right, figures.asked
    if n < TOO_EASY.minimum_n:
        return
    low, high = intervals.of_share(right, n)
    said = f"{right} of {n} were right at once; with 95 % confidence {low:.0%} to {high:.0%} are"
    if low > EASY:
        yield Reason(TOO_EASY, f"{said}.")
    if high < HARD:
        yield Reason(TOO_HARD, f"{said}.")


def _dead_distractors(question: Question, figures: Figures) -> Iterator[Reason]:
    distractors, n = _distractors(question), figures.asked
    if n < DEAD_DISTRACTOR.minimum_n or not distractors or (n - figures.right) / n / len(distractors) <= USED:
        return
    for option in distractors:
        picked = figures.picks.get(option.id, 0)
        high = intervals.of_share(picked, n)[1]
        if high < USED:
            words = f"“{option.id}” was picked by {picked} of {n}; with 95 % confidence by {high:.1%} at most."
            yield Reason(DEAD_DISTRACTOR, words, option.id)


def _distractors(question: Question) -> list[Option]:
    """Wrong options that stand beside a key. Where an answer is typed or built, a foreseen mistake may well be rare."""
    options = question.body.options()
    has_key = any(option.is_key for option in options)
    return [option for option in options if has_key and not option.is_key]


JUDGES: tuple[Callable[[Question, Figures], Iterator[Reason]], ...] = (
    _wrong_key,
    _discrimination,
    _facility,
    _dead_distractors,
)
