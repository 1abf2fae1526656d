"""Reads a quiz from its text, line by line: every problem with its line and remedy, all at once, nothing raised.

    ---
    title: What a queue changes
    lesson: redis-as-a-message-broker
    ---
    An introduction in Markdown.

    ## where-is-the-wait
    type: one
    topic: Where the wait is
    level: easy

    The prompt in Markdown, down to the first answer?

    - [ ] in-redis: In Redis
      > Why it is not the answer.

What stands below the prompt is read by the question's type.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from authoring.front_matter import FrontMatter, read_front_matter
from authoring.problems import Problem, did_you_mean
from authoring.source import SourceLine, source_lines, unclosed_fence
from quizzes.lints import lint_question, lint_quiz
from quizzes.quiz import LEVELS, Question, QuestionType, Quiz
from quizzes.types import question_types

HEADING = re.compile(r"##\s+(.*)")
FIELD = re.compile(r"(?P<name>[a-z]+):\s*(?P<value>.*)")
SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,47}")
SLUG_FORM = "Ids are small letters, digits and hyphens, up to 48."
OWN_PAGES = ("result", "retry")  # addresses beside those of the questions
FIELDS = ("type", "topic", "level")
# 238 words a minute is the mean for silent reading of English (Brysbaert 2019); the rest is time to think.
WORDS_PER_MINUTE = 238
THINKING_MINUTES = 0.3


@dataclass(frozen=True)
class Reading:
    """What came out of a text: the quiz with every question that can be given, and all problems."""

    quiz: Quiz | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class _Section:
    """A question's lines below its heading."""

    id: str
    line: int
    lines: list[SourceLine]


def read_quiz(path: Path) -> Reading:
    """The quiz in a file; its slug is the file's name."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        return Reading(None, (Problem(path, 1, f"The file cannot be read: {error.strerror}.", "Check its rights."),))
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return Reading(None, (Problem(path, line, "This line is not UTF-8.", "Save the file as UTF-8."),))
    return read_quiz_text(text, path)


def read_quiz_text(text: str, path: Path) -> Reading:
    """The same for a text that is at hand."""
    head = read_front_matter(text, path, required=("title", "lesson"), optional=("lab",))
    intro, sections = _split(source_lines(head.body, head.body_line))
    problems = [*head.problems, *_text_problems(head, sections, path)]
    questions: list[Question] = []
    for section in sections:
        question, found = _read_question(section, path)
        problems += found
        if question and question.id not in {other.id for other in questions}:
            questions.append(question)
    problems += lint_quiz(questions, path)
    return Reading(_quiz(head, intro, questions, path), tuple(sorted(problems)))


def _quiz(head: FrontMatter, intro: list[SourceLine], questions: list[Question], path: Path) -> Quiz | None:
    if not questions:
        return None
    title = head.values["title"] or path.stem
    slugs = head.values["lesson"], head.values["lab"]
    return Quiz(path.stem, title, *slugs, _joined(intro), tuple(questions), path, _minutes(questions))


def _split(lines: Iterator[SourceLine]) -> tuple[list[SourceLine], list[_Section]]:
    """The lines before the first heading, and the lines below each."""
    intro: list[SourceLine] = []
    sections: list[_Section] = []
    for line in lines:
        heading = None if line.is_code else HEADING.fullmatch(line.text)
        if heading:
            sections.append(_Section(heading[1].strip(), line.number, []))
        else:
            (sections[-1].lines if sections else intro).append(line)
    return intro, sections


def _text_problems(head: FrontMatter, sections: list[_Section], path: Path) -> Iterator[Problem]:
    if fence := unclosed_fence(head.body, head.body_line):
        yield Problem(path, fence, "This code fence is never closed.", "Add a line with the same marks below the code.")
    if not sections:
        yield Problem(path, head.body_line, "The quiz has no question.", "Begin one with a line: ## its-id")
    if not SLUG.fullmatch(path.stem):
        yield Problem(path, 1, f"The file name {path.stem} is no id.", SLUG_FORM)
    for key in ("lesson", "lab"):
        if head.values[key] and not SLUG.fullmatch(head.values[key]):
            yield Problem(path, head.lines[key], f"{head.values[key]} is not the id of a {key}.", SLUG_FORM)
    seen: dict[str, int] = {}
    for section in sections:
        if section.id in seen:
            message = f"The question id {section.id} is taken by line {seen[section.id]}."
            yield Problem(path, section.line, message, "Give it another id.")
        seen.setdefault(section.id, section.line)


def _read_question(section: _Section, path: Path) -> tuple[Question | None, list[Problem]]:
    fields, rest, problems = _read_fields(section, path)
    if not SLUG.fullmatch(section.id) or section.id in OWN_PAGES:
        hint = f"{SLUG_FORM} {' and '.join(OWN_PAGES)} are pages of the quiz."
        problems.append(Problem(path, section.line, f"“{section.id}” cannot be the id of a question.", hint))
    question_type = question_types().get(fields.get("type", ""))
    if question_type is None:
        return None, problems
    prompt, answer = _below_fields(rest, question_type)
    text = _joined(prompt)
    if not text:
        hint = "Write it above the answers."
        problems.append(Problem(path, section.line, f"The question {section.id} has no prompt.", hint))
    if not answer:
        hint = "Write them below the prompt."
        return None, [*problems, Problem(path, section.line, f"The question {section.id} has no answers.", hint)]
    body, found = question_type.read(answer, path)
    problems += found
    if problems or body is None:
        return None, problems
    first = next(line.number for line in prompt if line.text.strip())
    question = Question(section.id, fields["type"], fields["topic"], fields["level"], text, body, section.line, first)
    return question, list(lint_question(question, path))


def _read_fields(section: _Section, path: Path) -> tuple[dict[str, str], list[SourceLine], list[Problem]]:
    """The `name: value` lines right below the heading, and the lines after them."""
    fields: dict[str, str] = {}
    problems: list[Problem] = []
    count = 0
    for line in section.lines:
        found = FIELD.fullmatch(line.text.rstrip())
        if not found:
            break
        count += 1
        if found["name"] not in FIELDS:
            message, hint = f"Unknown field {found['name']}.", did_you_mean(found["name"], FIELDS)
            problems.append(Problem(path, line.number, message, f"{hint} The prompt begins after an empty line."))
        elif trouble := _field_trouble(found["name"], found["value"]):
            problems.append(Problem(path, line.number, *trouble))
        fields[found["name"]] = found["value"]
    for name in FIELDS:
        if name not in fields:
            hint = f"Add a line `{name}: ...` right below its heading."
            problems.append(Problem(path, section.line, f"The question {section.id} has no {name}.", hint))
    return fields, section.lines[count:], problems


def _field_trouble(name: str, value: str) -> tuple[str, str] | None:
    known: dict[str, Sequence[str]] = {"type": list(question_types()), "level": LEVELS}
    if name in known and value not in known[name]:
        return f"Unknown {name} {value}.", did_you_mean(value, known[name])
    return None if value else (f"The field {name} is empty.", "Write its value after the colon.")


def _below_fields(lines: list[SourceLine], question_type: QuestionType) -> tuple[list[SourceLine], list[SourceLine]]:
    """The prompt's lines, and those of the answer."""
    for index, line in enumerate(lines):
        if not line.is_code and question_type.starts(line.text):
            return lines[:index], lines[index:]
    return lines, []


def _joined(lines: Sequence[SourceLine]) -> str:
    return "\n".join(line.text for line in lines).strip()


def _minutes(questions: Sequence[Question]) -> int:
    """Minutes for reading prompts, options and explanations, and for thinking; at least one."""
    words = sum(len(text.split()) for question in questions for text in (question.prompt, *question.body.prose()))
    return math.ceil(words / WORDS_PER_MINUTE + THINKING_MINUTES * len(questions))
