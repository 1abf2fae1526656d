"""`manage.py up`: the same as `./up`, inside an environment that is already there."""

import sys
from argparse import ArgumentParser, Namespace
from typing import Any

from django.core.management.base import BaseCommand

from apparatus.up_options import DESCRIPTION, add_up_arguments


class Command(BaseCommand):
    """Serve the course."""

    help = DESCRIPTION
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The options of `./up`."""
        add_up_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until stopped; the exit code is that of `./up`."""
        from course.startup import run

        sys.exit(run(Namespace(**options)))
