"""Reads a quiz from its text, line by line: every problem with its line and remedy, all at once, nothing raised.

    ---
    title: What a queue changes
    lesson: redis-as-a-message-broker
    modes: check, practice, test
    test: 10
    ---
    An introduction in Markdown.

    # group: three-lists
    Text, a figure or a program that the questions down to `# end` share.

    ## where-is-the-wait
    type: one
    topic: Where the wait is
    level: easy

    The prompt in Markdown, down to the first answer?

    - [ ] in-redis: In Redis
      believes: a queue is where things wait for long
      > Why it is not the answer.

    # end

What stands below the prompt is read by the question's type.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from authoring.front_matter import FrontMatter, read_front_matter
from authoring.problems import Problem, did_you_mean
from authoring.source import SourceLine, source_lines, unclosed_fence
from authoring.words import WORDS_PER_MINUTE
from quizzes.lints import lint_quiz
from quizzes.question_text import SLUG, SLUG_FORM, Section, joined, read_question
from quizzes.quiz import LAST_PLACE, MODES, Group, Question, Quiz

OPTIONAL = ("lab", "modes", "test", "place", "badge")
HEADING = re.compile(r"##\s+(.*)")
GROUP = re.compile(r"#\s+(?P<what>.*)")
GROUP_BEGIN = re.compile(r"group:\s*(?P<id>.*)")
GROUP_END = "end"
TEST_LENGTH = re.compile(r"[1-9][0-9]{0,2}")
OWN_ADDRESSES = ("certainty", "sittings", "starred", "topics")  # beside those of the quizzes
LARGEST_BYTES = 2_000_000
THINKING_MINUTES = 0.3  # for each question, beyond reading it


@dataclass(frozen=True)
class Reading:
    """What came out of a text: the quiz with every question that can be given, and all problems."""

    quiz: Quiz | None
    problems: tuple[Problem, ...]


@dataclass
class _Outline:
    """A text cut at its headings."""

    intro: list[SourceLine] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_quiz(path: Path) -> Reading:
    """The quiz in a file; its slug is the file's name."""
    try:
        if path.stat().st_size > LARGEST_BYTES:
            message = f"The file is larger than {LARGEST_BYTES // 1_000_000} MB."
            return Reading(None, (Problem(path, 1, message, "Split it into several quizzes."),))
        text = path.read_text(encoding="utf-8-sig")  # some editors begin a file with a byte order mark
    except OSError as error:
        return Reading(None, (Problem(path, 1, f"The file cannot be read: {error.strerror}.", "Check its rights."),))
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return Reading(None, (Problem(path, line, "This line is not UTF-8.", "Save the file as UTF-8."),))
    return read_quiz_text(text, path)


def read_quiz_text(text: str, path: Path) -> Reading:
    """The same for a text that is at hand."""
    head = read_front_matter(text, path, required=("title", "lesson"), optional=OPTIONAL)
    outline = _outline(source_lines(head.body, head.body_line), path)
    problems = [*head.problems, *outline.problems, *_text_problems(head, outline, path)]
    questions: list[Question] = []
    for section in outline.sections:
        question, found = read_question(section, path)
        problems += found
        if question and question.id not in {other.id for other in questions}:
            questions.append(question)
    problems += [*lint_quiz(questions, path), *_badge_problems(head, questions, path)]
    return Reading(_quiz(head, outline.intro, questions, path), tuple(sorted(problems)))


def _quiz(head: FrontMatter, intro: list[SourceLine], questions: list[Question], path: Path) -> Quiz | None:
    if not questions:
        return None
    title = head.values["title"] or path.stem
    slugs = head.values["lesson"], head.values["lab"]
    modes = tuple(mode for mode in _modes(head) if mode in MODES) or MODES[:1]
    wanted = head.values["test"]
    length = min(int(wanted), len(questions)) if TEST_LENGTH.fullmatch(wanted) else len(questions)
    place = int(head.values["place"]) if head.values["place"].isdecimal() else LAST_PLACE
    about = (path.stem, title, *slugs, joined(intro))
    badge = head.values["badge"]
    return Quiz(*about, tuple(questions), path, minutes_for(questions), modes, length, place, badge)


def _badge_problems(head: FrontMatter, questions: Sequence[Question], path: Path) -> Iterator[Problem]:
    if head.values["badge"] and questions and not any(question.is_marked for question in questions):
        hint = "Take the line badge away, or ask something that is marked."
        yield Problem(path, head.lines["badge"], "Nobody can earn this badge: nothing here can be right.", hint)


def _modes(head: FrontMatter) -> list[str]:
    return [mode.strip() for mode in head.values["modes"].split(",") if mode.strip()]


def _outline(lines: Iterable[SourceLine], path: Path) -> _Outline:
    outline = _Outline()
    group: Group | None = None
    below = outline.intro
    for line in lines:
        heading = None if line.is_code else HEADING.fullmatch(line.text)
        grouping = None if line.is_code else GROUP.fullmatch(line.text.rstrip())
        if heading:
            group = _settled(group, below, outline)
            outline.sections.append(Section(heading[1].strip(), line.number, [], group))
            below = outline.sections[-1].lines
        elif grouping:
            group, below = _turn(grouping["what"], line, group, outline, path), []
        else:
            below.append(line)
    if group:
        hint = "Write `# end` below its last question."
        outline.problems.append(Problem(path, group.line, f"The group {group.id} is never closed.", hint))
    return outline


def _settled(group: Group | None, below: list[SourceLine], outline: _Outline) -> Group | None:
    """A group gets its text when its first question begins."""
    if group is None or group in outline.groups:
        return group
    settled = Group(group.id, joined(below), group.line)
    outline.groups.append(settled)
    return settled


def _turn(what: str, line: SourceLine, group: Group | None, outline: _Outline, path: Path) -> Group | None:
    """What a line `# ...` makes of the present group."""
    trouble: tuple[str, str] | None = None
    begun = GROUP_BEGIN.fullmatch(what)
    if begun:
        if group:
            trouble = f"The group {group.id} is not closed here.", "Write `# end` above this line."
        elif not SLUG.fullmatch(begun["id"]):
            trouble = f"“{begun['id']}” cannot be the id of a group.", SLUG_FORM
        elif begun["id"] in {other.id for other in outline.groups}:
            trouble = f"The group {begun['id']} stands here a second time.", "Give it another id."
    elif what != GROUP_END:
        trouble = "This heading means nothing here.", "A question begins with ##, a group with `# group: its-id`."
    elif group is None:
        trouble = "No group is open here.", "Begin one with `# group: its-id`, or take this line away."
    elif group not in outline.groups:
        trouble = f"The group {group.id} has no question.", "Write its questions between its text and `# end`."
    if trouble:
        outline.problems.append(Problem(path, line.number, *trouble))
    return Group(begun["id"], "", line.number) if begun else None


def _text_problems(head: FrontMatter, outline: _Outline, path: Path) -> Iterator[Problem]:
    if fence := unclosed_fence(head.body, head.body_line):
        yield Problem(path, fence, "This code fence is never closed.", "Add a line with the same marks below the code.")
    if not outline.sections:
        yield Problem(path, head.body_line, "The quiz has no question.", "Begin one with a line: ## its-id")
    if not SLUG.fullmatch(path.stem):
        yield Problem(path, 1, f"The file name {path.stem} is no id.", SLUG_FORM)
    if path.stem in OWN_ADDRESSES:
        yield Problem(path, 1, f"/quizzes/{path.stem}/ is another page.", "Give the file another name.")
    yield from _head_problems(head, path)
    seen: dict[str, int] = {}
    for section in outline.sections:
        if section.id in seen:
            message = f"The question id {section.id} is taken by line {seen[section.id]}."
            yield Problem(path, section.line, message, "Give it another id.")
        seen.setdefault(section.id, section.line)
    for group in outline.groups:
        if not group.text:
            hint = "Write below it what its questions share, or take it away."
            yield Problem(path, group.line, f"The group {group.id} holds no text.", hint)


def _head_problems(head: FrontMatter, path: Path) -> Iterator[Problem]:
    for key in ("lesson", "lab"):
        if head.values[key] and not SLUG.fullmatch(head.values[key]):
            yield Problem(path, head.lines[key], f"{head.values[key]} is not the id of a {key}.", SLUG_FORM)
    for mode in _modes(head):
        if mode not in MODES:
            yield Problem(path, head.lines["modes"], f"Unknown mode {mode}.", did_you_mean(mode, MODES))
    place = head.values["place"]
    if place and not (place.isdecimal() and 0 < int(place) < LAST_PLACE):
        hint = "Write where it stands among the quizzes of its lesson: place: 2"
        yield Problem(path, head.lines["place"], f"“{place}” is no place.", hint)
    length = head.values["test"]
    if length and not TEST_LENGTH.fullmatch(length):
        hint = "Write how many questions a test draws: test: 10"
        yield Problem(path, head.lines["test"], f"“{length[:20]}” is no number of questions.", hint)


def minutes_for(questions: Sequence[Question]) -> int:
    """Minutes for reading prompts, options and explanations, and for thinking; at least one."""
    words = sum(len(text.split()) for question in questions for text in _prose(question))
    return math.ceil(words / WORDS_PER_MINUTE + THINKING_MINUTES * len(questions))


def _prose(question: Question) -> Iterator[str]:
    yield question.prompt
    yield question.variants[0].solution
    yield from question.body.prose()
