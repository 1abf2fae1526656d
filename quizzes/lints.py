"""What can be wrong with a question that can be read: wording that misleads, keys that can be guessed without knowing.

The rules are those of item-writing guides (Haladyna, Downing and Rodriguez 2002): word the stem positively, avoid all
and none of the above, keep options of about equal length, vary the place of the right answer.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from authoring.problems import Problem
from quizzes.quiz import Option, Question

OF_THE_ABOVE = re.compile(r"\b(all|none|both|neither|any) of (the above|these|them|the options)\b", re.IGNORECASE)
NEGATION = re.compile(r"\b(not|never|except|false|incorrect|untrue)\b|n['\u2019]t\b", re.IGNORECASE)
SENTENCE = re.compile(r"[^.!?]*\?")
FEWEST_TO_COMPARE = 3


def lint_question(question: Question, path: Path) -> Iterator[Problem]:
    """Problems of one question."""
    for sentence in SENTENCE.findall(question.prompt):
        if negative := NEGATION.search(sentence):
            hint = "Ask for what holds: a negative is easily overlooked."
            yield Problem(path, _line_of(question, sentence), f"The question is negative: “{negative[0]}”.", hint)
    for option in question.body.options():
        if OF_THE_ABOVE.search(option.text):
            hint = "Name what is meant: such an option breaks when options move, and can be guessed from one other."
            yield Problem(path, option.line, f"“{option.text}” speaks of other options.", hint)


def lint_quiz(questions: Sequence[Question], path: Path) -> Iterator[Problem]:
    """Problems that show only over all questions: keys that give themselves away in more than half of them."""
    asked = [question for question in questions if question.body.options()]
    if len(asked) < FEWEST_TO_COMPARE:
        return
    longest = [question for question in asked if _key_is_longest(question.body.options())]
    if len(longest) * 2 > len(asked):
        hint = "Shorten the key or lengthen another option."
        yield _given_away(path, longest, len(asked), "the key is the longest option", hint)
    for place in range(max(len(question.body.options()) for question in asked)):
        same = [question for question in asked if _place_of_key(question.body.options()) == place]
        if len(same) * 2 > len(asked):
            yield _given_away(path, same, len(asked), f"the key is option {place + 1}", "Move the key in some of them.")


def _given_away(path: Path, which: Sequence[Question], total: int, what: str, hint: str) -> Problem:
    lines = ", ".join(str(question.line) for question in which)
    message = f"In {len(which)} of {total} questions {what} (lines {lines})."
    return Problem(path, which[0].line, message, hint)


def _key_is_longest(options: Sequence[Option]) -> bool:
    others = max(len(option.text) for option in options if not option.is_key)
    return any(len(option.text) > others for option in options if option.is_key)


def _place_of_key(options: Sequence[Option]) -> int:
    return next(index for index, option in enumerate(options) if option.is_key)


def _line_of(question: Question, sentence: str) -> int:
    """The line on which the sentence's first word stands."""
    before = question.prompt[: question.prompt.index(sentence)]
    skipped = len(sentence) - len(sentence.lstrip())
    return question.prompt_line + before.count("\n") + sentence[:skipped].count("\n")
