"""One question's text, down from its heading: fields, prompt, answers, worked solution."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from authoring.problems import Problem
from authoring.source import FENCE, SourceLine
from quizzes.fields import Fields, read_fields
from quizzes.lints import lint_question
from quizzes.quiz import Group, Question, QuestionType, Variant
from quizzes.types import question_types

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,47}")
SLUG_FORM = "Ids are small letters, digits and hyphens, up to 48."
OWN_PAGES = ("result", "retry", "test", "practice", "prediction")  # addresses beside those of the questions


@dataclass(frozen=True)
class Section:
    """A question's lines below its heading, and the group it stands in."""

    id: str
    line: int
    lines: list[SourceLine]
    group: Group | None = None


@dataclass(frozen=True)
class _Parts:
    """The lines below the fields, by what they are."""

    prompt: Sequence[SourceLine]
    answer: Sequence[SourceLine]
    solution: Sequence[SourceLine]


def read_question(section: Section, path: Path) -> tuple[Question | None, list[Problem]]:
    """The question, when it can be given; and every problem with its text, lints included."""
    fields = read_fields(section.lines, section.line, section.id, path)
    problems = [*_id_problems(section, path), *fields.problems]
    question_type = question_types().get(fields.values.get("type", ""))
    if question_type is None:
        return None, problems
    parts = _parts(fields.rest, question_type)
    problems += _part_problems(parts, question_type, section, path)
    if not parts.answer:
        return None, problems
    variants, found = _variants(parts, fields, question_type, path)
    problems += found
    if problems or not variants:
        return None, _without_repetition(problems)
    question = _question(section, fields, parts, variants)
    return question, [*_tries_problems(question, path), *lint_question(question, path)]


def _question(section: Section, fields: Fields, parts: _Parts, variants: tuple[Variant, ...]) -> Question:
    values = fields.values
    return Question(
        section.id,
        values["type"],
        values["topic"],
        values["level"],
        variants,
        values.get("hint", ""),
        values.get("read", ""),
        values.get("shuffle", "yes") == "yes",
        section.group,
        fields.own,
        joined(fields.rest) if fields.rows else "",
        section.line,
        next(line.number for line in parts.prompt if line.text.strip()),
        int(values.get("tries", 0)),
    )


def _tries_problems(question: Question, path: Path) -> Iterator[Problem]:
    if question.own_tries and question.body.tries == 1:
        message = f"{question.id} is asked once, whatever its field tries says."
        yield Problem(path, question.line, message, f"Take the field away: nobody tries a {question.type} again.")


def _id_problems(section: Section, path: Path) -> Iterator[Problem]:
    if not SLUG.fullmatch(section.id) or section.id in OWN_PAGES:
        hint = f"{SLUG_FORM} {', '.join(OWN_PAGES)} are pages of the quiz."
        yield Problem(path, section.line, f"“{section.id}” cannot be the id of a question.", hint)


def _part_problems(parts: _Parts, question_type: QuestionType, section: Section, path: Path) -> Iterator[Problem]:
    if not joined(parts.prompt):
        hint = "Write it above the answers."
        yield Problem(path, section.line, f"The question {section.id} has no prompt.", hint)
    if not parts.answer:
        hint = "Write them below the prompt."
        yield Problem(path, section.line, f"The question {section.id} has no answers.", hint)
    elif question_type.needs_solution and not parts.solution:
        hint = "Write it below the answers, each line after a > in the first column."
        yield Problem(path, section.line, f"The question {section.id} has no worked solution.", hint)


def _parts(lines: Sequence[SourceLine], question_type: QuestionType) -> _Parts:
    """The first line that the type knows begins the answers; of code, only the fence around it is looked at."""
    for index, line in enumerate(lines):
        if (not line.is_code or FENCE.fullmatch(line.text)) and question_type.starts(line.text):
            answer = lines[index:]
            begin = _solution_begin(answer)
            return _Parts(lines[:index], answer[:begin], answer[begin:])
    return _Parts(lines, (), ())


def _solution_begin(lines: Sequence[SourceLine]) -> int:
    """Index of the first line of the quote that ends the question; the number of lines when there is none."""
    end = len(lines)
    while end and not lines[end - 1].text.strip():
        end -= 1
    begin = end
    while begin and not lines[begin - 1].is_code and lines[begin - 1].text.startswith(">"):
        begin -= 1
    return begin if begin < end else len(lines)


def _variants(
    parts: _Parts, fields: Fields, question_type: QuestionType, path: Path
) -> tuple[tuple[Variant, ...], list[Problem]]:
    variants: list[Variant] = []
    problems: list[Problem] = []
    for values in fields.rows or [{}]:
        own = {name: _with(values, value) for name, value in fields.own.items()}
        body, found = question_type.read(_put_in(values, parts.answer), path, own)
        problems += [_of_variant(problem, values) for problem in found]
        if body is not None:
            solution = _unquoted(_put_in(values, parts.solution))
            variants.append(Variant(values, joined(_put_in(values, parts.prompt)), body, solution))
    return tuple(variants), problems


def _of_variant(problem: Problem, values: Mapping[str, str]) -> Problem:
    if not values:
        return problem
    row = ", ".join(f"{name} {value}" for name, value in values.items())
    return replace(problem, message=f"{problem.message} (In the variant {row}.)")


def _put_in(values: Mapping[str, str], lines: Sequence[SourceLine]) -> Sequence[SourceLine]:
    return [replace(line, text=_with(values, line.text)) for line in lines] if values else lines


def _with(values: Mapping[str, str], text: str) -> str:
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _unquoted(lines: Sequence[SourceLine]) -> str:
    return "\n".join(line.text.removeprefix(">").removeprefix(" ").rstrip() for line in lines).strip()


def _without_repetition(problems: list[Problem]) -> list[Problem]:
    """One problem a line and message: the same line may be wrong in every variant."""
    return list(dict.fromkeys(problems))


def joined(lines: Sequence[SourceLine]) -> str:
    """The lines as one text, without the empty ones around it."""
    return "\n".join(line.text for line in lines).strip()
