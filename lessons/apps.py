"""Django's entry for the lessons."""

from django.apps import AppConfig
from django.core import checks


class LessonsConfig(AppConfig):
    """The lessons of the course: registers their blocks and the check of their texts."""

    name = "lessons"

    def ready(self) -> None:
        from lessons.blocks import register_blocks
        from lessons.checks import check_lessons
        from lessons.progress import register_questions

        register_blocks()
        register_questions()
        checks.register(check_lessons, "content")
