"""From a file of another system to the text of a quiz."""

from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from authoring.problems import Problem, did_you_mean
from quizzes.exchange.files import LARGEST_BYTES, SPLIT, TOO_LARGE
from quizzes.exchange.format import Arrived, Format
from quizzes.exchange.formats import all_formats
from quizzes.exchange.items import MOST_ANSWERS, Loss, Refused, answers_in
from quizzes.exchange.read_back import misread
from quizzes.exchange.to_quiz import quiz_of
from quizzes.parser import read_quiz_text
from quizzes.writer import write_quiz

MOST_QUESTIONS = 1000


@dataclass(frozen=True)
class Imported:
    """The text of a quiz file, and what its author should know.

    `losses` and `refusals` have lines of the file that was read, `problems` those of the text that was made.
    """

    text: str
    questions: int
    losses: tuple[Loss, ...]
    refusals: tuple[Refused, ...]
    problems: tuple[Problem, ...]


def readable_formats() -> list[Format]:
    """The formats that can be read, by name."""
    return [form for form in all_formats().values() if form.read]


def format_for(name: str, file_name: str) -> Format:
    """The format of this name, or for the end of the file's name when it is empty. Raises Refused."""
    readable = readable_formats()
    if name:
        known = {form.name: form for form in readable}
        if name not in known:
            raise Refused(1, f"The format {name[:40]} cannot be read.", did_you_mean(name, known))
        return known[name]
    for form in readable:
        if file_name.lower().endswith(form.suffixes):
            return form
    names = ", ".join(form.name for form in readable)
    end = PurePath(file_name).suffix or "no suffix"
    raise Refused(1, f"The name of the file ({end[:20]}) does not tell its format.", f"Name the format: {names}.")


def import_text(content: str, form: Format, slug: str, lesson: str) -> Imported:
    """The quiz `slug` for the lesson `lesson` (which may be empty) from a file's text. Raises Refused."""
    arrived = _read(content, form)
    bank = arrived.bank
    quiz, changed = quiz_of(bank, slug, lesson)
    text = write_quiz(quiz)
    if len(text.encode()) > LARGEST_BYTES:
        raise Refused(1, TOO_LARGE, SPLIT)
    losses = tuple(sorted([*arrived.losses, *changed, *misread(bank)]))
    problems = read_quiz_text(text, Path(f"{slug}.md")).problems
    return Imported(text, len(bank.items), losses, arrived.refusals, problems)


def _read(content: str, form: Format) -> Arrived:
    if form.read is None:
        raise Refused(1, f"{form.title} is written only, not read.", "Choose another format.")
    arrived = _bounded(form.read(content))
    if len(arrived.bank.items) > MOST_QUESTIONS:
        item = arrived.bank.items[MOST_QUESTIONS]
        raise Refused(item.line, f"There are more than {MOST_QUESTIONS} questions.", "Split the file.")
    if not arrived.bank.items and not arrived.refusals:
        raise Refused(1, f"There is no question in this file that can be read as {form.title}.", "Choose its format.")
    return arrived


def _bounded(arrived: Arrived) -> Arrived:
    """Without the questions that have more answers than anybody would read."""
    endless = [item for item in arrived.bank.items if answers_in(item.part) > MOST_ANSWERS]
    if not endless:
        return arrived
    hint = f"{MOST_ANSWERS} are enough for any: look for a sign that should be escaped."
    refusals = [Refused(item.line, f"A question of {answers_in(item.part):,} answers.", hint) for item in endless]
    bank = replace(arrived.bank, items=tuple(item for item in arrived.bank.items if item not in endless))
    return replace(arrived, bank=bank, refusals=(*arrived.refusals, *refusals))
