"""Questions from a format as a quiz of this course, ready to be written as our text.

Nothing is made up: what a format did not tell stays empty, and the check of our text reports it with its line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from authoring.source import FENCE, source_lines, unclosed_fence
from quizzes.exchange.bodies import typed_as
from quizzes.exchange.ids import fresh_id
from quizzes.exchange.items import Bank, Blanks, Choice, Choices, Gap, Item, Loss, Miss, Number, Order, Part, Short
from quizzes.question_text import OWN_PAGES
from quizzes.quiz import Group, Question, Quiz, Variant
from quizzes.types import question_types

HEADING = re.compile(r"#{1,2}\s+")
OPTION_SIGN = re.compile(r"^(\s*)(>|believes:)")


@dataclass
class _Made:
    """A quiz while it is made."""

    questions: list[Question] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    taken: set[str] = field(default_factory=lambda: set(OWN_PAGES))
    groups: dict[str, Group] = field(default_factory=dict)


def quiz_of(bank: Bank, slug: str, lesson: str) -> tuple[Quiz, list[Loss]]:
    """The quiz, and what had to be changed so that our text can hold it."""
    made = _Made()
    for number, item in enumerate(bank.items, 1):
        made.questions.append(_question(item, number, made))
    title = _one_line(bank.title)
    quiz = Quiz(slug, title, lesson, bank.lab, bank.intro, tuple(made.questions), Path(f"{slug}.md"), 0)
    return quiz, made.losses


def _question(item: Item, number: int, made: _Made) -> Question:
    question_id = fresh_id(item.id or item.topic, f"question-{number}", made.taken)
    if item.id and question_id != item.id:
        made.losses.append(Loss(item.line, item.id, f"its id: here it is {question_id}"))
    typed = typed_as(_tidy_part(item.part))
    group, shared = _group(item, made)
    told: list[str] = []
    prompt = _own_text("\n\n".join(filter(None, [shared, item.prompt])), typed.type, told)
    made.losses += [Loss(item.line, question_id, what) for what in told]
    return Question(
        question_id,
        typed.type,
        _one_line(item.topic),
        item.level,
        (Variant({}, prompt, typed.body, _tidy(item.solution)),),
        _one_line(item.hint),
        item.read,
        item.shuffle,
        group,
        dict(typed.fields),
    )


def _group(item: Item, made: _Made) -> tuple[Group | None, str]:
    """The group of a question; or its text, for the prompt, when other questions stand between it and its group."""
    if item.group is None:
        return None, ""
    last = made.questions[-1].group if made.questions else None
    known = made.groups.get(item.group.id)
    if known is None:
        told: list[str] = []
        group_id = fresh_id(item.group.id, "group", {group.id for group in made.groups.values()})
        known = Group(group_id, _own_text(item.group.text, "", told), 1)
        made.groups[item.group.id] = known
    elif known != last:
        made.losses.append(Loss(item.line, item.id, "that its text is shared: other questions stand between"))
        return None, known.text
    return known, ""


def _own_text(markdown: str, type_name: str, told: list[str]) -> str:
    """A prompt in which no line can be taken for a heading or an answer; `told` gets what was changed."""
    return "\n".join(_own_lines(_tidy(markdown), type_name, told))


def _own_lines(markdown: str, type_name: str, told: list[str]) -> Iterator[str]:
    question_type = question_types().get(type_name)
    was_code = False
    for line in source_lines(markdown):
        text, opens = line.text, line.is_code and not was_code
        was_code = line.is_code
        if not line.is_code and HEADING.match(text):
            told.append("a heading of its prompt is one of the third level now")
            text = HEADING.sub("### ", text, count=1)
        elif question_type and (opens or not line.is_code) and question_type.starts(text):
            text = _bare_fence(text) if opens else _no_answer(text, is_first=line.number == 1)
        yield text


def _no_answer(line: str, *, is_first: bool) -> str:
    """One space more means nothing to Markdown, and to our reader that this is no answer; a text begins with none."""
    return f"&#{ord(line[0])};{line[1:]}" if is_first else f" {line}"


def _bare_fence(line: str) -> str:
    found = FENCE.fullmatch(line)
    return found[1] if found else line


def _tidy(markdown: str) -> str:
    """Without white space at the ends of lines, and with its last code fence closed."""
    text = "\n".join(line.rstrip() for line in markdown.strip().split("\n"))
    if opened := unclosed_fence(text):
        fence = FENCE.fullmatch(text.split("\n")[opened - 1])
        text += f"\n{fence[1] if fence else '```'}"
    return text


def _tidy_part(part: Part) -> Part:
    match part:
        case Choices():
            return replace(part, options=tuple(_tidy_option(option) for option in part.options))
        case Short():
            accepted = tuple(dict.fromkeys(_one_line(answer) for answer in part.accepted))
            return replace(part, accepted=accepted, misses=tuple(_tidy_miss(miss) for miss in part.misses))
        case Number():
            return replace(part, misses=tuple(_tidy_miss(miss) for miss in part.misses))
        case Order():
            lines = (
                replace(line, text=line.text.replace("\n", " "), explanation=_tidy(line.explanation))
                for line in part.lines
            )
            return replace(part, lines=tuple(lines))
        case Blanks():
            return replace(part, gaps=tuple(_tidy_gap(gap) for gap in part.gaps))
        case _:
            return part


def _tidy_option(option: Choice) -> Choice:
    lines = list(source_lines(_tidy(option.text)))
    text = "\n".join(line.text if line.is_code else _of_option(line.text) for line in lines)
    return replace(option, text=text, explanation=_tidy(option.explanation))


def _of_option(line: str) -> str:
    """A line below an option's first that is neither its explanation nor its misconception."""
    return OPTION_SIGN.sub(lambda found: f"{found[1]}\\>" if found[2] == ">" else f"{found[1]}believes&#58;", line)


def _tidy_miss(miss: Miss) -> Miss:
    return replace(miss, given=_one_line(miss.given), explanation=_tidy(miss.explanation))


def _tidy_gap(gap: Gap) -> Gap:
    accepted = tuple(dict.fromkeys(_one_line(answer) for answer in gap.accepted))
    misses = tuple(_tidy_miss(miss) for miss in gap.misses)
    return replace(gap, accepted=accepted, misses=misses, explanation=_tidy(gap.explanation))


def _one_line(text: str) -> str:
    return " ".join(text.split())
