"""Django's entry for the quizzes."""

from django.apps import AppConfig


class QuizzesConfig(AppConfig):
    """The quizzes of the course."""

    name = "quizzes"

    def ready(self) -> None:
        from quizzes import answered_right, blocks, checks, held  # noqa: F401  (importing the checks registers them)

        blocks.register_blocks()
        held.register_kinds()
        answered_right.register()
