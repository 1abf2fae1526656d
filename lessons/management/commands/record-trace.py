"""`manage.py record-trace [lesson ...]`: record what the recipes of lessons ask for, and keep it."""

from subprocess import SubprocessError
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from redis.exceptions import RedisError

from apparatus.probe import NotYet
from apparatus.processes import PartEnded
from apparatus.redis_server import NoRedisServer
from authoring.problems import did_you_mean
from lessons import catalog
from lessons.traces.recipe import RECIPES_FILE, read_recipes
from lessons.traces.recorder import record_all
from lessons.traces.recording import recording_path, write_recording


class Command(BaseCommand):
    """Record, and keep."""

    help = f"Carry out every recipe in traces/{RECIPES_FILE} with real parts, and keep what happened beside it."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Which lessons; all of them when none is named."""
        parser.add_argument("lessons", nargs="*", metavar="lesson")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each recording."""
        lessons = catalog.read_catalog(catalog.CONTENT).lessons
        for slug in options["lessons"] or lessons:
            if slug not in lessons:
                raise CommandError(f"There is no lesson {slug}. {did_you_mean(slug, lessons)}")
            folder = lessons[slug].path.parent
            try:
                recordings = record_all(read_recipes(folder / "traces"), folder)
            except (PartEnded, NotYet, NoRedisServer, SubprocessError, RedisError, OSError, ValueError) as error:
                raise CommandError(f"{slug}: {error}") from None
            for name, recording in recordings.items():
                path = recording_path(folder, name)
                write_recording(recording, path)
                self.stdout.write(f"{path}: {len(recording.rows)} rows")
