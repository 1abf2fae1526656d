"""Questions that probably do not work, each with the reason in words.

A rule names a question when one that stood just at the rule's threshold would give such figures in one class of 2,000
(`chance.RARE`). So even of a hundred questions at its threshold, a rule names one by chance in at most one class of
twenty; a sound question stands far from it. Four rules can speak about a class of thirty:

- wrong key: exact binomial test of the strong, that a distractor is picked no more often than the key, divided among
  the distractors (Bonferroni);
- too easy: nobody missed it. With 30 the threshold is then 77 % (0.77^30 < 0.0005), not the 95 % of the rule's source:
  those would be excluded by 149 who are all right, so the reason says what the interval allows;
- dead distractor: of `w` wrong answers, spread evenly over `k` distractors, some distractor gets none with probability
  k (1 - 1/k)^w at most. For three distractors that takes 22 wrong answers;
- negative discrimination: the whole 99.9 % interval of the correlation is below 0 (Fisher 1921), and up to a hundred
  attempts an exact permutation test agrees (Pitman 1937): of 30 whom four easy questions told apart, the interval
  alone was wrong four times as often as it says. Beyond a hundred it stands alone and is approximate.

A question that is named is to be looked at, not deleted: an easy question may be a good first step.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from quizzes.quiz import Option, Question
from quizzes.statistics import chance, intervals
from quizzes.statistics.reading import Figures, Item

EASY = 0.95
HARD = 0.20
POOR_DISCRIMINATION = 0.20
USED = 0.05
TELLING = (0.10, 0.90)
FEWEST_STRONG = 15
EXACT_UP_TO = 100


@dataclass(frozen=True)
class Rule:
    """What is looked for, from how many answers on it can be found, whose threshold it is, and how to mend it.

    `finds` names what is found inside a sentence.
    """

    id: str
    title: str
    finds: str
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
    "a wrong key",
    30,
    "Analysis of options by strength, as in Haladyna and Rodriguez 2013. Strong are the best 15 on the other "
    "questions, from 45 learners on the best third (Kelley 1939: 27 % tell most, a third loses fewer answers), and "
    "whoever is in the same tenth as the last of them. Exact binomial test over those who picked one of the two.",
    "Answer it without looking at the key. If that distractor can be defended, move the mark or reword the prompt.",
)
NEGATIVE = Rule(
    "negative-discrimination",
    "Those who know more do worse",
    "a question at which those who know more do worse",
    30,
    "Ebel and Frisbie 1991: an item with a negative index is rejected or rewritten. The whole 99.9 % interval must be "
    "below 0, and up to 100 finished attempts an exact permutation test (Pitman 1937) must agree. Judged between 10 % "
    "and 90 % facility only.",
    "Check the key first, then whether the prompt can be read in a second way that only the informed notice.",
)
TOO_EASY = Rule(
    "too-easy",
    "Too easy",
    "a question that nobody misses",
    30,
    "Assessment Systems, “Item statistics: classical test theory”: from 95 % on an item is too easy. Named when enough "
    "have answered to be sure of that, and before when nobody missed it: with 30 that excludes 77 %, not 95 %.",
    "Good as a first step. Otherwise ask for what follows from the answer, not for the answer.",
)
DEAD_DISTRACTOR = Rule(
    "dead-distractor",
    "A distractor nobody picks",
    "a distractor that nobody picks",
    30,
    "Nobody picked it, and so many were wrong that an even spread over the distractors would hardly leave one out "
    "(three distractors: 22 wrong answers). Or fewer than 5 % pick it, the bound of Tarrant, Ware and Mohammed 2009 "
    "after Haladyna and Downing, judged only where enough are wrong that each distractor could have 5 %.",
    "Replace it by a mistake people really make (look at short answers, or ask three people), or drop it: three "
    "options are enough (Rodriguez 2005).",
)
TOO_HARD = Rule(
    "too-hard",
    "Too hard",
    "a question that is too hard",
    35,
    "Our own bound: four options are guessed at 25 %, so below 20 % learners do worse than chance. Nobody right of 35 "
    "is the least that shows it.",
    "Check the key. Then see whether the lesson says it at all before the question comes.",
)
LOW = Rule(
    "low-discrimination",
    "It does not tell who knows",
    "weak discrimination",
    300,
    "Ebel and Frisbie 1991: below 0.20 an item is poor, to be rejected or revised. Judged between 10 % and 90 % "
    "facility only: near the ends a correlation has no room. A question that tells nothing shows it from 267 on.",
    "Look for a prompt that is guessed or misread: shorten it, and make each distractor a mistake people really make.",
)
RULES = (WRONG_KEY, NEGATIVE, TOO_EASY, DEAD_DISTRACTOR, TOO_HARD, LOW)
"""From the one that needs fewest answers to the one that needs most."""


def suspects(items: Sequence[Item]) -> list[Suspect]:
    """The questions to look at, as they are asked now; those with most reasons first."""
    found = [Suspect(item, reasons) for item in items if (reasons := reasons_against(item.question, item.now))]
    return sorted(found, key=lambda suspect: -len(suspect.reasons))


def reasons_against(question: Question, figures: Figures) -> list[Reason]:
    """Every rule that the figures break with confidence. What is not marked breaks none."""
    if not question.is_marked:
        return []
    return [reason for judge in JUDGES for reason in judge(question, figures)]


def within_reach(items: Sequence[Item]) -> str:
    """In words, what the list can find with as many finished attempts as the most answered question has."""
    n = max((item.now.completed for item in items), default=0)
    near = [rule.finds for rule in RULES if rule.minimum_n <= n]
    if not near:
        return f"The list begins when {RULES[0].minimum_n} have finished a quiz; so far it is {n} at most."
    far = [f"about {rule.minimum_n} for {rule.finds}" for rule in RULES if rule.minimum_n > n]
    found = f"With {n} finished attempts the list finds {_listed(near)}"
    return f"{found}; it takes {_listed(far)}." if far else f"{found}."


def _listed(phrases: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(phrases[:-1]), phrases[-1])))


def _wrong_key(question: Question, figures: Figures) -> Iterator[Reason]:
    keys, distractors = [option for option in question.body.options() if option.is_key], _distractors(question)
    if len(keys) != 1 or figures.completed < WRONG_KEY.minimum_n:
        return
    tenth = figures.strong_from(max(FEWEST_STRONG, figures.completed / 3))
    key, strong = figures.picks_from(tenth, keys[0].id), sum(figures.attempts_by_tenth[tenth:])
    for option in distractors:
        picked = figures.picks_from(tenth, option.id)
        if len(distractors) * chance.of_at_least(picked, picked + key, 0.5) < chance.RARE:
            words = (
                f"Of the strongest {strong} learners {picked} picked “{option.id}” and {key} the key, “{keys[0].id}”."
            )
            yield Reason(WRONG_KEY, words, option.id)


def _discrimination(question: Question, figures: Figures) -> Iterator[Reason]:
    r, n = figures.discrimination, figures.completed
    if r is None or n < NEGATIVE.minimum_n or not TELLING[0] <= (figures.facility or 0) <= TELLING[1]:
        return
    low, high = intervals.of_correlation(r, n, chance.Z_RARE)
    said = f"r = {r:.2f}, with 99.9 % confidence {low:.2f} to {high:.2f}, n = {n}"
    if high < 0 and (n > EXACT_UP_TO or _chance_of_so_weak(figures) < chance.RARE):
        yield Reason(NEGATIVE, f"Those who do better on the other questions do worse here ({said}).")
    elif high < POOR_DISCRIMINATION and n >= LOW.minimum_n:
        yield Reason(LOW, f"Being right here goes along with little elsewhere ({said}).")


def _chance_of_so_weak(figures: Figures) -> float:
    """How probably those who were right are as weak elsewhere as they are, if being right had nothing to do with it."""
    members, right = figures.attempts_by_tenth, figures.right_by_tenth
    weakness = sum(tenth * n for tenth, n in enumerate(right))
    return chance.of_sum_at_most(weakness, sum(right), dict(enumerate(members)))


def _facility(question: Question, figures: Figures) -> Iterator[Reason]:
    right, n = figures.right, figures.asked
    if n < TOO_EASY.minimum_n:
        return
    low, high = intervals.of_share(right, n)
    said = f"{right} of {n} were right at once; with 95 % confidence {low:.0%} to {high:.0%} are."
    if right == n:
        yield Reason(
            TOO_EASY, f"Nobody of {n} missed it; with 95 % confidence at least {math.floor(100 * low)} % know it."
        )
    elif chance.of_at_least(right, n, EASY) < chance.RARE:
        yield Reason(TOO_EASY, said)
    elif n >= TOO_HARD.minimum_n and chance.of_at_most(right, n, HARD) < chance.RARE:
        yield Reason(TOO_HARD, said)


def _dead_distractors(question: Question, figures: Figures) -> Iterator[Reason]:
    picks = {option.id: figures.picks.get(option.id, 0) for option in _distractors(question)}
    n, wrong = figures.asked, sum(picks.values())
    if n < DEAD_DISTRACTOR.minimum_n or len(picks) < 2:
        return
    for option, picked in picks.items():
        if _is_left_out(picked, wrong, len(picks)) or _is_rare(picked, wrong, n, len(picks)):
            words = f"“{option}” was picked by {picked} of {n}, the other distractors by {wrong - picked}."
            yield Reason(DEAD_DISTRACTOR, words, option)


def _is_left_out(picked: int, wrong: int, distractors: int) -> bool:
    """Whether nobody picked it among so many wrong picks. Who may pick several picks different ones: rarer yet."""
    return picked == 0 and chance.of_none(distractors, wrong) < chance.RARE


def _is_rare(picked: int, wrong: int, n: int, distractors: int) -> bool:
    """Whether fewer than 5 % pick it, where each distractor could have more."""
    return wrong / n / distractors > USED and distractors * chance.of_at_most(picked, n, USED) < chance.RARE


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
