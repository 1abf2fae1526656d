"""`manage.py newlesson <slug>`: write a lesson to begin with."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lessons.catalog import CONTENTS_FILE
from lessons.new_lesson import CannotBegin, begin_lesson


class Command(BaseCommand):
    """Write, and say what comes next."""

    help = "Write a lesson to begin with: a folder whose texts say what goes where, and a quiz with one question."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Its name in addresses, and its title."""
        parser.add_argument("slug", help="its name in addresses, as in your-first-task")
        parser.add_argument("--title", help="its title; without one, the words of the slug")

    def handle(self, *args: Any, **options: Any) -> None:
        """The files, then the steps that are left."""
        slug = options["slug"]
        title = options["title"] or slug.replace("-", " ").capitalize()
        try:
            begun = begin_lesson(slug, title, settings.LESSONS_DIR, settings.QUIZZES_DIR)
        except CannotBegin as error:
            raise CommandError(str(error)) from None
        for path in begun.files:
            self.stdout.write(f"wrote {path}")
        contents = settings.LESSONS_DIR / CONTENTS_FILE
        listed = f"It stands in {contents}:" if begun.is_listed else f"Put it where it belongs in {contents}:"
        self.stdout.write(f"\n1. {listed}\n\n       {begun.line}\n          One line about it, indented.\n")
        self.stdout.write(f"2. ./up --author, and open /lessons/{slug}/learn/. Change learn.md and reload.")
        self.stdout.write("3. manage.py check --tag content names every mistake, with its line and its remedy.")
