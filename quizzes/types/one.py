"""Choose one: options as a list, the key marked with an x, the explanation quoted below each option.

- [ ] page-slower: The extra trip makes the page slower
  believes: a trip to the broker costs as much as the mail
  > The trip takes under a millisecond.
- [x] answer-sooner: The answer comes sooner
  > The mail is no longer between the click and the answer.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from authoring.problems import Problem
from authoring.source import SourceLine
from quizzes.choices import STARTS, Row, faults, listed, picked, read_options, shuffled, texts, written_options
from quizzes.counting_words import ordinal
from quizzes.prose import inline
from quizzes.quiz import Body, Option, QuestionType, Try


@dataclass(frozen=True)
class ChooseOne(Body):
    """One answer among several."""

    open_template = "quizzes/types/one_open.html"
    closed_template = "quizzes/types/one_closed.html"
    explains_options = True

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

    def open_shown(self, tries: Sequence[Try]) -> object:
        missed = {answer.given: number for number, answer in enumerate(tries, start=1)}
        return [
            _missed(option, missed[option.id]) if option.id in missed else listed(option) for option in self.choices
        ]

    def closed_shown(self, tries: Sequence[Try]) -> object:
        return [_explained(option, [answer.given for answer in tries]) for option in self.choices]

    def written(self) -> list[str]:
        return written_options(self.choices)

    def arranged(self, random: Random) -> "ChooseOne":
        return replace(self, choices=shuffled(self.choices, random))

    def said_about(self, given: str) -> str:
        return next((option.explanation for option in self.choices if option.id == given), "")

    def picks(self, given: str) -> list[str]:
        return [given]

    def in_words(self, given: str) -> str:
        return picked(self.choices, [given])

    def prose(self) -> Iterable[str]:
        return texts(self.choices)

    def options(self) -> Sequence[Option]:
        return self.choices


def _missed(option: Option, number: int) -> Row:
    said = f"Your {ordinal(number)} answer"
    return Row(option.id, inline(option.text), inline(option.explanation), "wrong", said, can_be_chosen=False)


def _explained(option: Option, given: list[str]) -> Row:
    mark = "right" if option.is_key else "wrong" if option.id in given else ""
    words = ["right answer"] if option.is_key else []
    if option.id in given:
        words.append(f"your {ordinal(given.index(option.id) + 1)} answer" if len(given) > 1 else "your answer")
    return Row(option.id, inline(option.text), inline(option.explanation), mark, ", ".join(words).capitalize())


def read(lines: Sequence[SourceLine], path: Path, fields: Mapping[str, str]) -> tuple[ChooseOne | None, list[Problem]]:
    """The options from the lines below a prompt, at least one. No body when anything is wrong with them."""
    options, problems = read_options(lines, path)
    problems += [*faults(options, lines[0].number, path), *_key_faults(options, lines[0].number, path)]
    return (None if problems else ChooseOne(options)), problems


def _key_faults(options: Sequence[Option], line: int, path: Path) -> Iterator[Problem]:
    keys = [option for option in options if option.is_key]
    if options and not keys:
        yield Problem(path, line, "No option is marked as right.", "Mark the key: - [x].")
    for extra in keys[1:]:
        yield Problem(path, extra.line, f"A second key: {extra.id}, after {keys[0].id}.", "Leave one [x].")


TYPE = QuestionType("one", starts=lambda text: STARTS.match(text) is not None, read=read)
