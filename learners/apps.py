"""Django's entry for the learners."""

from django.apps import AppConfig


class LearnersConfig(AppConfig):
    """Learners and their entries."""

    name = "learners"
