"""`manage.py quiz import FILE` and `manage.py quiz export SLUG --format F`: quizzes in and out."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from authoring.problems import did_you_mean
from quizzes import catalog
from quizzes.exchange.files import read_text
from quizzes.exchange.format import Format
from quizzes.exchange.formats import all_formats
from quizzes.exchange.ids import slug_of
from quizzes.exchange.importing import Imported, format_for, import_text
from quizzes.exchange.items import Refused
from quizzes.question_text import SLUG, SLUG_FORM

STATIC_FILES_ARE_OLD = (
    "The site's static files are older than this code, or not rendered yet. "
    "Start ./up once, or run manage.py collectstatic."
)


class Command(BaseCommand):
    """Take a quiz in, or write one out."""

    help = "Take a quiz of another system in as text of this course, or write one of ours for another system."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which way, which file, which format."""
        ways = parser.add_subparsers(dest="way", required=True)
        taken = ways.add_parser("import", help="read a file and write quizzes/content/SLUG.md")
        taken.add_argument("file", type=Path)
        taken.add_argument("--format", default="", help="if the file's name does not tell it")
        taken.add_argument("--to", default="", metavar="SLUG", help="id of the quiz; default: the file's name")
        taken.add_argument("--lesson", default="", metavar="SLUG", help="id of its lesson")
        written = ways.add_parser("export", help="write a quiz as a file")
        written.add_argument("slug")
        written.add_argument("--format", required=True, help=", ".join(all_formats()))
        written.add_argument("-o", "--output", type=Path, help="default: the quiz's id with the format's suffix")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it; what does not come across is said line by line."""
        if options["way"] == "import":
            self.take_in(options["file"], options["format"], options["to"], options["lesson"])
        else:
            self.write_out(options["slug"], options["format"], options["output"])

    def take_in(self, file: Path, format_name: str, slug: str, lesson: str) -> None:
        """Write the text of the quiz that a file holds. Raises CommandError, and then writes nothing."""
        slug = checked_slug(slug or slug_of(file.name.partition(".")[0]), "quiz")
        target = catalog.CONTENT / f"{slug}.md"
        imported = read_quiz_file(file, format_name, slug, checked_slug(lesson, "lesson") if lesson else "")
        self.report(file, imported, target)
        if not imported.questions:
            raise CommandError(f"{file}: none of its questions can be read.")
        write_new(target, imported.text.encode())
        self.stdout.write(f"Wrote {target}: {imported.questions} questions, {len(imported.problems)} things to do.")

    def report(self, file: Path, imported: Imported, target: Path) -> None:
        """Say what was left out, what was lost and what is missing."""
        for refusal in imported.refusals:
            self.stderr.write(f"{file}:{refusal.line}: left out: {refusal.message} {refusal.hint}")
        for loss in imported.losses:
            self.stderr.write(f"{file}:{loss.line}: not taken over: {of_question(loss.question)}{loss.what}")
        for problem in imported.problems:
            self.stderr.write(f"{target}:{problem.line}: {problem.message} {problem.hint}")

    def write_out(self, slug: str, format_name: str, output: Path | None) -> None:
        """Write the file. Raises CommandError."""
        quiz = catalog.find(slug)
        if quiz is None:
            known = did_you_mean(slug, (quiz.slug for quiz in catalog.all_quizzes()))
            raise CommandError(f"There is no quiz {slug}. {known}")
        form = known_format(format_name)
        try:
            written = form.write(quiz)
        except ValueError as error:
            if "manifest" not in str(error):
                raise
            raise CommandError(STATIC_FILES_ARE_OLD) from None
        target = output or Path(f"{slug}{form.suffixes[0]}")
        for loss in written.losses:
            self.stderr.write(f"{quiz.path}:{loss.line}: not in {form.title}: {of_question(loss.question)}{loss.what}")
        write_new(target, written.content)
        self.stdout.write(f"Wrote {target}.")


def read_quiz_file(file: Path, format_name: str, slug: str, lesson: str) -> Imported:
    """What a file gives. Raises CommandError with file and line."""
    try:
        return import_text(read_text(file), format_for(format_name, file.name), slug, lesson)
    except OSError as error:
        raise CommandError(f"{file}: the file cannot be read: {error.strerror}.") from None
    except Refused as refusal:
        raise CommandError(f"{file}:{refusal.line}: {refusal.message} {refusal.hint}") from None


def known_format(name: str) -> Format:
    """The format of this name. Raises CommandError."""
    if name not in all_formats():
        raise CommandError(f"There is no format {name}. {did_you_mean(name, all_formats())}")
    return all_formats()[name]


def checked_slug(slug: str, what: str) -> str:
    """The slug. Raises CommandError when it is none."""
    if not SLUG.fullmatch(slug):
        raise CommandError(f"“{slug}” cannot be the id of a {what}. {SLUG_FORM}")
    return slug


def write_new(path: Path, content: bytes) -> None:
    """Write a file that is not there yet. Raises CommandError."""
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise CommandError(f"{path} exists already. Choose another name, or remove it first.") from None
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from None


def of_question(question: str) -> str:
    """The name of a question before what is said of it."""
    return f"{question}: " if question else ""
