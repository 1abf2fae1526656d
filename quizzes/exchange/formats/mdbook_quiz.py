"""The TOML of mdbook-quiz, which the interactive edition of the Rust book is asked with.

Its rules are those of the schema in its source (crates/mdbook-quiz-schema/src/lib.rs): questions of the types
ShortAnswer, MultipleChoice and Tracing, each with `prompt`, `answer` and a `context` that explains the answer.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from quizzes.exchange.format import Arrived, Format, Written, text
from quizzes.exchange.from_quiz import from_bank
from quizzes.exchange.items import Bank, Choice, Choices, Group, Item, Loss, Output, Part, Refused, Short, bounded
from quizzes.exchange.losses import bank_losses, item_losses, left_out
from quizzes.exchange.rich_text import fenced

TITLE = "mdbook-quiz"
HOLDS = frozenset({"solution", "group", "order of options"})
QUESTION = re.compile(r"\s*\[\[\s*questions\s*\]\]\s*(#.*)?")
AT_LINE = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")
# tomllib takes a time that grows with the cube of the number of parts of a dotted key.
LONG_KEY = re.compile(r"^[^\n=#]*?(?:[\w\"'-]+[ \t]*\.[ \t]*){20}", re.MULTILINE)
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
QUOTE = re.compile(r'"(?="|$)')
# What mdbook-quiz itself prints above a program.
TRACING = (
    "Determine whether the program will pass the compiler. If it passes, write the expected output of the program if "
    "it were executed."
)
COMPILES, FAILS = "The program compiles", "The program does not compile"


def read(content: str) -> Arrived:
    """The questions of a TOML file, those that cannot be read as refusals. Raises Refused when it is no such file."""
    data = _toml(content)
    asked = data.get("questions")
    if not isinstance(asked, list) or not all(isinstance(question, dict) for question in asked):
        raise Refused(1, "There are no questions in this file.", "Each begins with a line [[questions]].")
    groups = {key: Group(key, _string(words, 1, "multipart")) for key, words in _table(data, "multipart", 1).items()}
    lines = _lines(content, len(asked))
    items: list[Item] = []
    losses: list[Loss] = []
    refusals: list[Refused] = []
    for question, line in zip(asked, lines, strict=True):
        try:
            item = _item(question, line, groups)
        except Refused as refusal:
            refusals.append(refusal)
            continue
        items.append(item)
        losses += _lost(question, item)
    return Arrived(Bank(tuple(items)), tuple(losses), tuple(refusals))


def write_bank(bank: Bank) -> Written:
    """The quiz as a TOML file."""
    losses = list(bank_losses(bank))
    questions: list[str] = []
    groups: dict[str, Group] = {}
    for item in bank.items:
        lines = _written(item)
        if lines is None:
            losses.append(left_out(item, TITLE))
            continue
        questions.append("\n".join(lines))
        losses += _written_losses(item)
        if item.group:
            groups[item.group.id] = item.group
    shared = ["[multipart]", *(f"{_key(group.id)} = {_quoted(group.text)}" for group in groups.values())]
    blocks = [*(questions or ["questions = []"]), *(["\n".join(shared)] if groups else [])]
    return text("\n\n".join(blocks) + "\n", losses)


def _toml(content: str) -> dict[str, Any]:
    if found := LONG_KEY.search(content):
        line = content.count("\n", 0, found.start()) + 1
        raise Refused(line, "A key of more than 20 parts stands here.", "No quiz has one.")
    try:
        return tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        found = AT_LINE.search(str(error))
        line = int(found[1]) if found and found[1] else content.count("\n") + 1
        message = AT_LINE.sub("", str(error)).strip()
        raise Refused(
            line, f"This is not TOML: {message}.", "Look for a quote or a bracket that is not closed."
        ) from None
    except (RecursionError, ValueError):
        hint = "Look for many brackets in each other, or a number of many digits."
        raise Refused(1, "This TOML cannot be read.", hint) from None


def _lines(content: str, count: int) -> list[int]:
    """The line of each question; all on the first when they are not written as tables of their own."""
    places = [number for number, line in enumerate(content.split("\n"), 1) if QUESTION.fullmatch(line)]
    return places if len(places) == count else [1] * count


def _table(data: Mapping[str, Any], key: str, line: int) -> Mapping[str, Any]:
    value = data.get(key, {})
    if not isinstance(value, dict):
        raise Refused(line, f"{key} is no table.", f"Write {key}.something = ... under the question.")
    return value


def _string(value: object, line: int, name: str) -> str:
    if not isinstance(value, str):
        raise Refused(line, f"{name} is no text.", f'Write {name} = "..." under the question.')
    return bounded(value, line).strip()


def _strings(value: object, line: int, name: str) -> list[str]:
    if not isinstance(value, list):
        raise Refused(line, f"{name} is no list of texts.", f'Write {name} = ["...", "..."] under the question.')
    return [_string(one, line, name) for one in value]


def _item(question: Mapping[str, Any], line: int, groups: Mapping[str, Group]) -> Item:
    read_part = PARTS.get(str(question.get("type", "")))
    if read_part is None:
        raise Refused(line, f"Unknown type {str(question.get('type', ''))[:40]!r}.", f"Known: {', '.join(PARTS)}.")
    shared = question.get("multipart")
    if shared is not None and shared not in groups:
        raise Refused(line, f"There is no multipart {str(shared)[:40]!r}.", "Write its text under [multipart].")
    prompt, part, shuffle = read_part(_table(question, "prompt", line), _table(question, "answer", line), line)
    return Item(
        part,
        prompt,
        id=_string(question.get("id", ""), line, "id"),
        solution=_string(question.get("context", ""), line, "context"),
        shuffle=shuffle,
        group=groups[shared] if shared is not None else None,
        line=line,
    )


def _multiple_choice(prompt: Mapping[str, Any], answer: Mapping[str, Any], line: int) -> tuple[str, Part, bool]:
    """The options by their letters, since they have no order here, unless the place of the key is given."""
    keys = answer.get("answer")
    several = isinstance(keys, list)
    right = _strings(keys, line, "answer.answer") if several else [_string(keys, line, "answer.answer")]
    wrong = _strings(prompt.get("distractors"), line, "prompt.distractors")
    if not right or not wrong:
        raise Refused(line, "A choice with right or with wrong answers only.", "Give it at least one of each.")
    options = [Choice(words, is_key=False) for words in wrong]
    place = prompt.get("answerIndex")
    if isinstance(place, int) and not several:
        options.insert(max(0, place), Choice(right[0], is_key=True))
    else:
        options = sorted([*options, *(Choice(words, is_key=True) for words in right)], key=lambda option: option.text)
    shuffle = place is None and not prompt.get("sortAnswers")
    return _string(prompt.get("prompt"), line, "prompt.prompt"), Choices(tuple(options), several), shuffle


def _short_answer(prompt: Mapping[str, Any], answer: Mapping[str, Any], line: int) -> tuple[str, Part, bool]:
    accepted = [_string(answer.get("answer"), line, "answer.answer")]
    accepted += _strings(answer.get("alternatives", []), line, "answer.alternatives")
    return _string(prompt.get("prompt"), line, "prompt.prompt"), Short(tuple(accepted)), True


def _tracing(prompt: Mapping[str, Any], answer: Mapping[str, Any], line: int) -> tuple[str, Part, bool]:
    """A program in Rust: as a short answer, or, when it does not compile, as a choice of the two outcomes."""
    program = _string(prompt.get("program"), line, "prompt.program")
    asked = f"{TRACING}\n\n{fenced(program, 'rust')}"
    if answer.get("doesCompile") is True:
        return asked, Short((_string(answer.get("stdout"), line, "answer.stdout"),), case=True), True
    options = (Choice(COMPILES, is_key=False), Choice(FAILS, is_key=True))
    return asked, Choices(options), True


def _lost(question: Mapping[str, Any], item: Item) -> Iterator[Loss]:
    if question.get("promptExplanation"):
        yield Loss(item.line, item.id, "that learners are asked why")
    if question["type"] == "Tracing":
        yield Loss(item.line, item.id, "that its program is run to check the answer: here only Python programs are")
    if "lineNumber" in _table(question, "answer", item.line):
        yield Loss(item.line, item.id, f"the line of the error: {question['answer']['lineNumber']}")


PARTS = {"MultipleChoice": _multiple_choice, "ShortAnswer": _short_answer, "Tracing": _tracing}


def _written(item: Item) -> list[str] | None:
    """The lines of a question; None for a type that the format has not."""
    match item.part:
        case Choices(options, several):
            return _question(item, "MultipleChoice", _choice_lines(item, options, several=several))
        case Short(accepted):
            return _question(item, "ShortAnswer", _answer_lines(accepted))
        case Output(printed=printed):
            return _question(item, "ShortAnswer", ['prompt.response = "code"', *_answer_lines((printed,))])
        case _:
            return None


def _question(item: Item, kind: str, lines: Iterable[str]) -> list[str]:
    program = fenced(item.part.code, "python") if isinstance(item.part, Output) else ""
    prompt = "\n\n".join(filter(None, [item.prompt, program]))
    context = "\n\n".join(filter(None, [item.solution, _explained(item)]))
    return [
        "[[questions]]",
        *([f"id = {_quoted(item.id)}"] if item.id else []),
        f'type = "{kind}"',
        *([f"multipart = {_quoted(item.group.id)}"] if item.group else []),
        f"prompt.prompt = {_quoted(prompt)}",
        *lines,
        *([f"context = {_quoted(context)}"] if context else []),
    ]


def _explained(item: Item) -> str:
    """What is said about each option, as one list."""
    options = item.part.options if isinstance(item.part, Choices) else ()
    explained = [f"{option.text}\n\n{option.explanation}" for option in options if option.explanation]
    return "\n".join("* " + words.replace("\n", "\n    ") for words in explained)


def _choice_lines(item: Item, options: tuple[Choice, ...], *, several: bool) -> Iterator[str]:
    right = [_quoted(option.text) for option in options if option.is_key]
    wrong = [_quoted(option.text) for option in options if not option.is_key]
    yield f"prompt.distractors = [{', '.join(wrong)}]"
    if not item.shuffle and not several:
        yield f"prompt.answerIndex = {next((at for at, option in enumerate(options) if option.is_key), 0)}"
    yield f"answer.answer = [{', '.join(right)}]" if several else f"answer.answer = {', '.join(right[:1])}"


def _answer_lines(accepted: tuple[str, ...]) -> Iterator[str]:
    right, *also = map(_quoted, accepted)
    yield f"answer.answer = {right}"
    if also:
        yield f"answer.alternatives = [{', '.join(also)}]"


def _written_losses(item: Item) -> Iterator[Loss]:
    yield from item_losses(item, HOLDS | {"option explanations"})
    if _explained(item):
        yield Loss(item.line, item.id, "which explanation belongs to which option: they are one list, after the answer")
    if isinstance(item.part, Choices) and item.part.several and not item.shuffle:
        yield Loss(item.line, item.id, "that its options keep their order")


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\")
    if "\n" not in words:
        return '"' + _without_control(escaped.replace('"', '\\"')) + '"'
    return '"""\n' + _without_control(QUOTE.sub('\\"', escaped)) + '"""'


def _without_control(words: str) -> str:
    return CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", words)


def _key(name: str) -> str:
    return _quoted(" ".join(name.split()))


FORMAT = Format("mdbook-quiz", "mdbook-quiz TOML", (".toml",), "application/toml", from_bank(write_bank), read)
