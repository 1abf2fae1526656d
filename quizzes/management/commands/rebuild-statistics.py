"""`manage.py rebuild-statistics`: make the statistics of all questions again from the answers."""

from typing import Any

from django.core.management.base import BaseCommand

from quizzes.statistics.recount import rebuild


class Command(BaseCommand):
    """Count again."""

    help = (
        "Count the statistics of all questions again from the answers, and write down what differs. Needed after "
        "learners were deleted or a backup was mixed; figures of earlier texts of a question stay as they are."
    )
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Count, and say what was found."""
        found = rebuild()
        changed = f"{found.changed} figures were corrected" if found.changed else "every figure was right already"
        self.stdout.write(f"{found.answers} first answers counted; {changed}.")
