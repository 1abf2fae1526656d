"""`manage.py capture-output [lesson ...]`: run the programs whose output lessons show, and keep what they print."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from authoring.problems import did_you_mean
from lessons import catalog
from lessons.programs import Program, ProgramFailed, private_redis, programs_of


class Command(BaseCommand):
    """Run, and keep."""

    help = "Run every program that a block `output` names, on a Redis of its own, and keep what it prints beside it."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Which lessons; all of them when none is named."""
        parser.add_argument("lessons", nargs="*", metavar="lesson")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each program."""
        lessons = catalog.read_catalog(catalog.CONTENT).lessons
        for slug in options["lessons"]:
            if slug not in lessons:
                raise CommandError(f"There is no lesson {slug}. {did_you_mean(slug, lessons)}")
        programs = [program for slug in options["lessons"] or lessons for program in programs_of(lessons[slug])]
        with private_redis() as redis_url:
            for program in programs:
                self.stdout.write(self._capture(program, redis_url))

    def _capture(self, program: Program, redis_url: str) -> str:
        try:
            printed = program.run(redis_url)
        except ProgramFailed as error:
            raise CommandError(f"{program.path}: {error}") from None
        if printed == program.kept:
            return f"{program.path}: as before"
        program.kept_at.parent.mkdir(exist_ok=True)
        program.kept_at.write_text(printed, encoding="utf-8")
        return f"{program.path}: {printed.count(chr(10))} lines kept in {program.kept_at.name}"
