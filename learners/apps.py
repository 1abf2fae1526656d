"""Django's entry for the learners."""

from django.apps import AppConfig


class LearnersConfig(AppConfig):
    """Learners and their entries."""

    name = "learners"

    def ready(self) -> None:
        from learners.own_kinds import register_kinds

        register_kinds()
