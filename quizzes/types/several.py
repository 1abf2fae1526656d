"""Choose several: options as in choose one, every key marked with an x. Right is the whole set, no more and no less.

- [x] list: A list
  > Every queue is one.
- [ ] stream: A stream
  believes: Celery uses the newest data type
  > Celery's Redis transport knows no streams.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from django.http import QueryDict

from authoring.problems import Problem
from authoring.source import SourceLine
from quizzes.choices import STARTS, Row, faults, listed, picked, read_options, shuffled, texts, written_options
from quizzes.prose import inline
from quizzes.quiz import Body, Option, QuestionType, Try


@dataclass(frozen=True)
class ChooseSeveral(Body):
    """All that hold, among several. An answer is kept as the chosen ids in the order of the alphabet."""

    open_template = "quizzes/types/several_open.html"
    closed_template = "quizzes/types/one_closed.html"
    explains_options = True

    choices: tuple[Option, ...]

    def given_from(self, post: QueryDict) -> str:
        return " ".join(sorted(set(post.getlist("answer"))))

    def fingerprint(self) -> object:
        return sorted([option.id, option.text, option.is_key] for option in self.choices)

    def objection(self, given: str) -> str:
        if not given.split():
            return "Nothing is chosen. Choose every answer that holds, at least one, then press Answer."
        unknown = [option_id for option_id in given.split() if option_id not in self._ids()]
        if unknown:
            return f"“{unknown[0][:60]}” is not one of the answers to this question. Choose among those listed here."
        return ""

    def is_right(self, given: str) -> bool:
        return set(given.split()) == self._keys()

    def open_shown(self, tries: Sequence[Try]) -> object:
        wrong, held = self._sorted_out(tries)
        rows = [_missed(option) if option.id in wrong else listed(option) for option in self.choices]
        return {"rows": rows, "held": held, "tally": _tally(len(wrong), len(held)) if tries else ""}

    def closed_shown(self, tries: Sequence[Try]) -> object:
        return [_explained(option, tries) for option in self.choices]

    def written(self) -> list[str]:
        return written_options(self.choices)

    def arranged(self, random: Random) -> "ChooseSeveral":
        return replace(self, choices=shuffled(self.choices, random))

    def said_about(self, given: str) -> str:
        wrong = [option for option in self.choices if option.id in given.split() and not option.is_key]
        return "\n\n".join(option.explanation for option in wrong)

    def picks(self, given: str) -> list[str]:
        return given.split()

    def in_words(self, given: str) -> str:
        return picked(self.choices, given.split())

    def prose(self) -> Iterable[str]:
        return texts(self.choices)

    def options(self) -> Sequence[Option]:
        return self.choices

    def _ids(self) -> set[str]:
        return {option.id for option in self.choices}

    def _keys(self) -> set[str]:
        return {option.id for option in self.choices if option.is_key}

    def _sorted_out(self, tries: Sequence[Try]) -> tuple[set[str], set[str]]:
        """What was ever chosen and does not hold; what was chosen last and does."""
        chosen = {option_id for answer in tries for option_id in answer.given.split()}
        last = set(tries[-1].given.split()) if tries else set()
        return chosen & (self._ids() - self._keys()), last & self._keys()


def _tally(wrong: int, held: int) -> str:
    """What a missed answer tells: how much of it held, and no more than that about the rest."""
    if not wrong:
        return "All you chose holds, and something is missing."
    if not held:
        return "What you chose does not hold." if wrong == 1 else f"None of the {wrong} you chose holds."
    return f"Of the {held + wrong} you chose, {held} {'holds' if held == 1 else 'hold'}."


def _missed(option: Option) -> Row:
    said = "Does not hold"
    return Row(option.id, inline(option.text), inline(option.explanation), "wrong", said, can_be_chosen=False)


def _explained(option: Option, tries: Sequence[Try]) -> Row:
    chosen = [option.id in answer.given.split() for answer in tries]
    mark = "right" if option.is_key else "wrong" if any(chosen) else ""
    when = "you chose it" if chosen[-1:] == [True] else "you chose it at first" if any(chosen) else ""
    said = ", ".join(words for words in ("holds" if option.is_key else "", when) if words)
    return Row(option.id, inline(option.text), inline(option.explanation), mark, said.capitalize())


def read(
    lines: Sequence[SourceLine], path: Path, fields: Mapping[str, str]
) -> tuple[ChooseSeveral | None, list[Problem]]:
    """The options from the lines below a prompt, at least one. No body when anything is wrong with them."""
    options, problems = read_options(lines, path)
    problems += [*faults(options, lines[0].number, path), *_key_faults(options, lines[0].number, path)]
    return (None if problems else ChooseSeveral(options)), problems


def _key_faults(options: Sequence[Option], line: int, path: Path) -> Iterator[Problem]:
    if options and not any(option.is_key for option in options):
        yield Problem(path, line, "No option is marked as right.", "Mark every key: - [x].")
    if options and all(option.is_key for option in options):
        yield Problem(path, line, "Every option is marked as right.", "Add one that does not hold: - [ ].")


TYPE = QuestionType("several", starts=lambda text: STARTS.match(text) is not None, read=read)
