"""What can be wrong with questions that can be read: wording that misleads, keys that can be guessed without knowing.

The rules are those of item-writing guides (Haladyna, Downing and Rodriguez 2002): word the stem positively, avoid all
and none of the above, keep options of about equal length, vary the place of the right answer, let nothing hint at it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

from authoring.problems import Problem
from authoring.source import source_lines
from quizzes.quiz import Option, Question, Quiz
from quizzes.typed import TypedBody

OF_THE_ABOVE = re.compile(r"\b(all|none|both|neither|any) of (the above|these|them|the options)\b", re.IGNORECASE)
PLACE = re.compile(
    r"\b((options?|answers?|choices?|statements?) (above|below)"
    r"|(first|second|third|fourth|last|next|previous|preceding|following) (option|choice)s?"
    r"|(option|choice)s? ((?-i:[A-E])|[1-9])|(as|see) (above|below))\b",
    re.IGNORECASE,
)
NEGATION = re.compile(r"\b(not|never|except|false|incorrect|untrue)\b|n['\u2019]t\b", re.IGNORECASE)
SENTENCE = re.compile(r"[^.!?]*\?")
TASKS = (
    "arrange choose complete describe estimate explain fill give guess mark match name order pick predict put recall"
)
TASKS += " say select sort state type work write"
ASKS = re.compile(rf"\?|(^|[.!:]\s+)({'|'.join(TASKS.split())})\b", re.IGNORECASE | re.MULTILINE)
PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
FILLERS = {"a", "an", "the", "also", "just", "quite", "really", "simply", "then", "very"}
AROUND_WORDS = ".,;:!?\"'()*_`\u2018\u2019\u201c\u201d"
FEWEST_TO_COMPARE = 3
FEWEST_LETTERS = 3  # of a key that would stand out in a prompt


def lint_question(question: Question, path: Path) -> Iterator[Problem]:
    """Problems of one question."""
    yield from _stem(question, path)
    yield from _options(question, path)
    yield from _beliefs(question, path)
    yield from _twins(question, path)
    yield from _told_beforehand(question, path)
    yield from _variants(question, path)


def lint_quiz(questions: Sequence[Question], path: Path) -> Iterator[Problem]:
    """Problems that show only over all questions: keys that give themselves away in more than half, shared topics."""
    asked = [question for question in questions if len(_keys(question)) == 1 and len(question.body.options()) > 1]
    yield from _mostly(
        [question for question in asked if _key_is_longest(question.body.options())],
        asked,
        path,
        "the key is the longest option",
        "Shorten the key or lengthen another option.",
    )
    for place in range(max((len(question.body.options()) for question in asked), default=0)):
        same = [question for question in asked if list(question.body.options()).index(_keys(question)[0]) == place]
        hint = "Move the key in some of them: a first round shows the order of the text."
        yield from _mostly(same, asked, path, f"the key is option {place + 1}", hint)
    yield from _topics(questions, path)


def lint_bank(quizzes: Iterable[Quiz]) -> Iterator[Problem]:
    """Problems between quizzes: ids that are taken, and questions that find out the same."""
    taken: dict[str, str] = {}
    asked: dict[object, str] = {}
    everything = [(quiz, question) for quiz in quizzes for question in quiz.questions]
    for quiz, question in everything:
        where = f"{quiz.path.name}:{question.line}"
        if question.id in taken:
            message = f"The question id {question.id} is taken by {taken[question.id]}."
            yield Problem(quiz.path, question.line, message, "Give it another id: it is one in the whole course.")
        taken.setdefault(question.id, where)
        for sameness, line, believes in _finds_out(question):
            if sameness in asked:
                message = f"{asked[sameness]} has the same key and the same misconception, “{believes}”."
                yield Problem(quiz.path, line, message, "Ask for another thing, or let a distractor stand for another.")
        asked |= {sameness: where for sameness, _, _ in _finds_out(question) if sameness not in asked}


def _stem(question: Question, path: Path) -> Iterator[Problem]:
    """A negative is easily overlooked; and a prompt has to ask."""
    prose = _prose(question.prompt)
    for found in SENTENCE.finditer(prose):
        if negative := NEGATION.search(found[0]):
            line = question.prompt_line + prose.count("\n", 0, len(prose) - len(prose[found.start() :].lstrip()))
            hint = "Ask for what holds: a negative is easily overlooked."
            yield Problem(path, line, f"The question is negative: “{negative[0]}”.", hint)
    if question.type != "card" and not ASKS.search(prose):
        hint = "End it with a question, or with what to do: Put the lines in order."
        yield Problem(path, question.prompt_line, f"The prompt of {question.id} asks nothing.", hint)


def _options(question: Question, path: Path) -> Iterator[Problem]:
    """Options that speak of other options, or of a place that moves."""
    for option in question.body.options():
        if OF_THE_ABOVE.search(option.text):
            hint = "Name what is meant: such an option breaks when options move, and can be guessed from one other."
            yield Problem(path, option.line, f"“{option.text}” speaks of other options.", hint)
        place = PLACE.search(f"{option.text} {option.explanation}") if question.shuffle else None
        if place:
            hint = "Name what is meant, or write shuffle: no below the heading."
            yield Problem(path, option.line, f"“{place[0]}”: options are shuffled, so it may be elsewhere.", hint)


def _beliefs(question: Question, path: Path) -> Iterator[Problem]:
    """A wrong answer stands for a misconception, a right one for none."""
    hint = "Name below it what somebody who chooses it believes:   believes: the queue is the slow part"
    if not question.is_marked:
        return
    for option in question.body.options():
        if option.is_key and option.believes:
            remedy = "Only a wrong answer stands for a misconception: take the line away."
            yield Problem(path, option.line, f"Option {option.id} is right, yet it has a line believes.", remedy)
        if not option.is_key and not option.believes:
            yield Problem(path, option.line, f"Option {option.id} stands for no misconception.", hint)
    for miss in question.body.misses if isinstance(question.body, TypedBody) else ():
        if not miss.believes:
            yield Problem(path, miss.line, f"The foreseen answer {miss.text} stands for no misconception.", hint)


def _twins(question: Question, path: Path) -> Iterator[Problem]:
    """Two options that say the same can both be ruled out; one explanation cannot fit two options."""
    for one, other in combinations(question.body.options(), 2):
        if _words(one.text) == _words(other.text):
            hint = "Let each option say something else."
            yield Problem(path, other.line, f"{other.id} says nearly the same as {one.id}.", hint)
        elif one.explanation and one.explanation == other.explanation:
            hint = "Say of each why it is or is not the answer."
            yield Problem(path, other.line, f"{other.id} has the explanation of {one.id}.", hint)


def _told_beforehand(question: Question, path: Path) -> Iterator[Problem]:
    """The key must not stand in the prompt or the hint, unless wrong answers stand there too."""
    keys, others = _texts(question)
    for name, text in (("prompt", question.prompt), ("hint", question.hint)):
        told = [key for key in keys if _says(text, key)]
        if told and not any(_says(text, other) for other in others):
            hint = f"Word the {name} so that it does not hold the answer."
            yield Problem(path, question.line, f"The {name} of {question.id} gives away “{told[0]}”.", hint)


def _variants(question: Question, path: Path) -> Iterator[Problem]:
    """Every column is used, every name in braces has one, and no two rows ask the same."""
    if not question.template:
        return
    names = question.variants[0].values
    used = set(PLACEHOLDER.findall("\n".join([question.template, *question.fields.values()])))
    for name in names:
        if name not in used:
            hint = f"Write {{{name}}} where its value goes, or take the column away."
            yield Problem(path, question.line, f"No value of the column {name} is used.", hint)
    for name in sorted(set(PLACEHOLDER.findall(_prose(question.template))) - set(names)):
        hint = f"Columns: {', '.join(names)}. Add one to the table."
        yield Problem(
            path, question.line, f"{{{name}}} stands in the text, and the variants have no such column.", hint
        )
    for one, other in combinations(question.variants, 2):
        if (one.prompt, one.body) == (other.prompt, other.body):
            row = ", ".join(f"{name} {value}" for name, value in other.values.items())
            yield Problem(path, question.line, f"The variant {row} asks what another asks.", "Take its row away.")


def _mostly(which: Sequence[Question], of: Sequence[Question], path: Path, what: str, hint: str) -> Iterator[Problem]:
    if len(of) >= FEWEST_TO_COMPARE and len(which) * 2 > len(of):
        lines = ", ".join(str(question.line) for question in which)
        message = f"In {len(which)} of {len(of)} questions {what} (lines {lines})."
        yield Problem(path, which[0].line, message, hint)


def _topics(questions: Sequence[Question], path: Path) -> Iterator[Problem]:
    """The topic is a question's name on pages that list questions, so no two of a quiz share one."""
    named: dict[str, int] = {}
    for question in questions:
        topic = question.topic.casefold()
        if topic in named:
            message = f"The topic “{question.topic}” names the question of line {named[topic]} already."
            yield Problem(path, question.line, message, "Give it one of its own: lists show a question by its topic.")
        named.setdefault(topic, question.line)


def _keys(question: Question) -> list[Option]:
    return [option for option in question.body.options() if option.is_key]


def _key_is_longest(options: Sequence[Option]) -> bool:
    others = max(len(option.text) for option in options if not option.is_key)
    return any(len(option.text) > others for option in options if option.is_key)


def _texts(question: Question) -> tuple[list[str], list[str]]:
    """What is right and what is wrong, as texts that could be recognised in a prompt."""
    if isinstance(question.body, TypedBody):
        return list(question.body.key_texts()), [miss.text for miss in question.body.misses]
    keys = [option.text for option in _keys(question)]
    return keys, [option.text for option in question.body.options() if not option.is_key]


def _finds_out(question: Question) -> Iterator[tuple[object, int, str]]:
    """Each wrong answer with its misconception: what makes it the same as another, its line, the misconception."""
    keys = frozenset(map(_words, _texts(question)[0]))
    wrong = [(option.line, option.believes) for option in question.body.options() if not option.is_key]
    if isinstance(question.body, TypedBody):
        wrong += [(miss.line, miss.believes) for miss in question.body.misses]
    for line, believes in wrong:
        if keys and believes:
            yield (keys, _words(believes)), line, believes


def _says(text: str, answer: str) -> bool:
    words, wanted = _words(text), _words(answer)
    places = range(len(words) - len(wanted) + 1)
    is_telling = sum(map(len, wanted)) >= FEWEST_LETTERS
    return is_telling and any(words[place : place + len(wanted)] == wanted for place in places)


def _words(text: str) -> tuple[str, ...]:
    """The words that carry meaning, without case, plural and the marks around them."""
    bare = [word.strip(AROUND_WORDS).casefold().removesuffix("s") for word in text.split()]
    return tuple(word for word in bare if word and word not in FILLERS) or (text,)


def _prose(text: str) -> str:
    """The text with code blanked out, lines kept."""
    return "\n".join(line.prose for line in source_lines(text))
