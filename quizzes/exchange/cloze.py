"""Moodle's embedded answers ("cloze"): text with `{1:SHORTANSWER_C:=right~wrong#why}` where a gap is.

The signs are those of Moodle's question/type/multianswer/questiontype.php: `~` parts the answers, `=` or `%100%` marks
a right one, `#` begins what is said about it. Moodle takes character references for what they stand for, then a
backslash away before `#` and `}`, and before no other sign; in a typed answer a bare star matches anything.
"""

import re
from dataclasses import dataclass
from html import unescape

from quizzes.exchange.items import Gap, Miss
from quizzes.exchange.moodle_answers import with_literal_stars, without_wildcards

GAP = re.compile(r"\[\[([^\[\]\n]+)\]\]")
CLOZE = re.compile(r"\{\d{0,5}:(?P<type>[A-Z_]{2,20}):(?P<answers>(?:\\.|[^}\\]){0,5000})\}", re.DOTALL)
SHORT = ("SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC")
CHOICE = re.compile(r"MULTICHOICE(_[VHS]+)?|MC[VHS]*")
WEIGHT = re.compile(r"%(-?\d+(?:\.\d+)?)%")
SPECIAL = re.compile(r"[&<>~\\#}]")
SAID = re.compile(r"(?<![\\&])#")
ESCAPED = re.compile(r"\\([~#}\\/\"])")


@dataclass(frozen=True)
class Cloze:
    """A text with `[[name]]` for each gap. `strange` are the types of gaps that have no counterpart."""

    text: str
    gaps: tuple[Gap, ...]
    tiles: bool
    strange: tuple[str, ...]


def write_gap(gap: Gap, *, tiles: bool) -> str:
    """A gap with its answers as HTML; in code capital letters matter."""
    right, *also = gap.accepted
    answers = [f"={_answer(right, tiles=tiles)}{_feedback(gap.explanation)}"]
    if not tiles:
        answers += [f"={_answer(answer, tiles=tiles)}" for answer in also]
    answers += [_wrong(miss, tiles=tiles) for miss in gap.misses]
    return f"{{1:{'MULTICHOICE' if tiles else 'SHORTANSWER_C'}:{'~'.join(answers)}}}"


def _wrong(miss: Miss, *, tiles: bool) -> str:
    """A wrong answer; its weight is written where its own first sign would be read as one."""
    weight = "%0%" if miss.given.startswith(("=", "%")) else ""
    return f"{weight}{_answer(miss.given, tiles=tiles)}{_feedback(miss.explanation)}"


def _answer(given: str, *, tiles: bool) -> str:
    return _escaped(given if tiles else with_literal_stars(given))


def read_cloze(text: str) -> Cloze:
    """The gaps of a text, named gap-1, gap-2 and so on."""
    gaps: list[Gap] = []
    strange: list[str] = []
    choices: list[bool] = []

    def replaced(found: re.Match[str]) -> str:
        kind = found["type"]
        is_choice = CHOICE.fullmatch(kind) is not None
        gap = _gap(f"gap-{len(gaps) + 1}", found["answers"], is_choice=is_choice)
        if not gap.accepted or not (is_choice or kind in SHORT):
            strange.append(kind)
            return found[0]
        gaps.append(gap)
        choices.append(is_choice)
        return f"[[{gap.name}]]"

    filled = CLOZE.sub(replaced, text)
    return Cloze(filled, tuple(gaps), bool(choices) and all(choices), tuple(strange))


def _gap(name: str, answers: str, *, is_choice: bool) -> Gap:
    accepted: list[str] = []
    misses: list[Miss] = []
    explanations: list[str] = []
    for answer in re.split(r"(?<!\\)~", answers):
        is_right, bare = _weighed(answer)
        text, _, said = (_plain(part) for part in _parted(bare))
        given = text if is_choice else without_wildcards(text)
        if is_right:
            accepted.append(given)
            explanations.append(said)
        elif is_choice or text != "*":
            misses.append(Miss(given, said))
    return Gap(name, tuple(accepted), tuple(misses), next(filter(None, explanations), ""))


def _weighed(answer: str) -> tuple[bool, str]:
    if answer.startswith("="):
        return True, answer[1:]
    found = WEIGHT.match(answer)
    return (float(found[1]) >= 100, answer[found.end() :]) if found else (False, answer)


def _parted(answer: str) -> tuple[str, str, str]:
    found = SAID.search(answer)
    return (answer[: found.start()], "#", answer[found.end() :]) if found else (answer, "", "")


def _plain(text: str) -> str:
    return unescape(ESCAPED.sub(r"\1", text)).strip()


def _escaped(text: str) -> str:
    return SPECIAL.sub(lambda found: f"\\{found[0]}" if found[0] in "#}" else f"&#{ord(found[0])};", text)


def _feedback(explanation: str) -> str:
    return f"#{_escaped(explanation)}" if explanation else ""
