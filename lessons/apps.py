"""Django's entry for the lessons."""

from django.apps import AppConfig
from django.core import checks


class LessonsConfig(AppConfig):
    """The lessons of the course: registers their blocks and the check of their texts."""

    name = "lessons"

    def ready(self) -> None:
        from lessons.blocks import register_blocks
        from lessons.checks import check_lessons

        register_blocks()
        checks.register(check_lessons, "content")
