"""Choose one: options as a list, the key marked with an x, the explanation quoted below each option.

- [ ] page-slower: The extra trip makes the page slower
  > The trip takes under a millisecond.
- [x] answer-sooner: The answer comes sooner
  > The mail is no longer between the click and the answer.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from authoring.problems import Problem
from authoring.source import SourceLine
from quizzes.prose import inline
from quizzes.quiz import Body, Option, QuestionType, Row, Try

LIST_ITEM = re.compile(r"[-*+] ")
# A box, or what is left of an option whose box was forgotten: as part of the prompt it would vanish without a word.
STARTS = re.compile(r"[-*+] (\[|[a-z0-9-]+: )")
HEAD = re.compile(r"- \[(?P<mark>[ xX])\] +(?P<id>[a-z0-9][a-z0-9-]{0,47}): +(?P<text>\S.*)")
EXPLANATION = re.compile(r"\s+> ?(?P<text>.*)")
FORM = "Write `- [ ] short-id: Text`, with [x] for the right one; ids are small letters, digits and hyphens, up to 48."


@dataclass(frozen=True)
class ChooseOne(Body):
    """One answer among several."""

    open_template = "quizzes/types/one_open.html"
    closed_template = "quizzes/types/one_closed.html"

    choices: tuple[Option, ...]

    def fingerprint(self) -> object:
        return sorted([option.id, option.text, option.is_key] for option in self.choices)

    def objection(self, given: str) -> str:
        if not given:
            return "Nothing is chosen. Choose one of the answers, then press Answer."
        if given not in {option.id for option in self.choices}:
            return f"“{given[:60]}” is not one of the answers to this question. Choose one that is listed here."
        return ""

    def is_right(self, given: str) -> bool:
        return any(option.is_key and option.id == given for option in self.choices)

    def open_rows(self, tries: Sequence[Try]) -> list[Row]:
        missed = {answer.given for answer in tries}
        return [_missed(option) if option.id in missed else _listed(option) for option in self.choices]

    def closed_rows(self, tries: Sequence[Try]) -> list[Row]:
        return [_explained(option, [answer.given for answer in tries]) for option in self.choices]

    def prose(self) -> Iterable[str]:
        return (text for option in self.choices for text in (option.text, option.explanation))

    def options(self) -> Sequence[Option]:
        return self.choices


def _listed(option: Option) -> Row:
    return Row(option.id, inline(option.text))


def _missed(option: Option) -> Row:
    said = "Your first answer"
    return Row(option.id, inline(option.text), inline(option.explanation), "wrong", said, can_be_chosen=False)


def _explained(option: Option, given: list[str]) -> Row:
    mark = "right" if option.is_key else "wrong" if option.id in given else ""
    words = ["right answer"] if option.is_key else []
    if option.id in given:
        words.append(f"your {('first', 'second')[given.index(option.id)]} answer" if len(given) > 1 else "your answer")
    return Row(option.id, inline(option.text), inline(option.explanation), mark, ", ".join(words).capitalize())


@dataclass
class _Draft:
    """An option while its lines are being read."""

    id: str
    is_key: bool
    line: int
    text: list[str]
    explanation: list[str] = field(default_factory=list)

    def done(self) -> Option:
        return Option(self.id, " ".join(self.text), "\n".join(self.explanation).strip(), self.is_key, self.line)


def read(lines: Sequence[SourceLine], path: Path) -> tuple[ChooseOne | None, list[Problem]]:
    """The options from the lines below a prompt, at least one. No body when anything is wrong with them."""
    drafts: list[_Draft] = []
    problems: list[Problem] = []
    for line in lines:
        if trouble := _take(line, drafts):
            problems.append(Problem(path, line.number, *trouble))
    options = tuple(draft.done() for draft in drafts)
    problems += _faults(options, lines[0].number, path)
    return (None if problems else ChooseOne(options)), problems


def _take(line: SourceLine, drafts: list[_Draft]) -> tuple[str, str] | None:
    """Add the line to the option it belongs to; what is wrong with it and the remedy, if anything is."""
    if head := HEAD.fullmatch(line.text.rstrip()):
        drafts.append(_Draft(head["id"], head["mark"] != " ", line.number, [head["text"]]))
    elif LIST_ITEM.match(line.text):
        return "This option cannot be read.", FORM
    elif not line.text.strip():
        if drafts and drafts[-1].explanation:
            drafts[-1].explanation.append("")
    elif not drafts:
        return "A line stands before the first option that can be read.", FORM
    elif explained := EXPLANATION.fullmatch(line.text):
        drafts[-1].explanation.append(explained["text"])
    elif line.text[0] != " ":
        return "Text stands after the options.", "Move it above them, or indent it so that it belongs to an option."
    else:
        drafts[-1].text.append(line.text.strip())
    return None


def _faults(options: Sequence[Option], line: int, path: Path) -> Iterator[Problem]:
    keys = [option for option in options if option.is_key]
    if len(options) < 2:
        yield Problem(path, line, f"Choose one with {len(options)} options.", "Give it at least two.")
    if options and not keys:
        yield Problem(path, line, "No option is marked as right.", "Mark the key: - [x].")
    for extra in keys[1:]:
        yield Problem(path, extra.line, f"A second key: {extra.id}, after {keys[0].id}.", "Leave one [x].")
    seen: dict[str, int] = {}
    for option in options:
        if option.id in seen:
            where = f"line {seen[option.id]}"
            yield Problem(path, option.line, f"Option id {option.id} is taken by {where}.", "Give it another id.")
        seen.setdefault(option.id, option.line)
        if not option.explanation:
            hint = "Say below it why it is or is not the answer, as an indented quote:   > Because ..."
            yield Problem(path, option.line, f"Option {option.id} has no explanation.", hint)


TYPE = QuestionType("one", starts=lambda text: STARTS.match(text) is not None, read=read)
