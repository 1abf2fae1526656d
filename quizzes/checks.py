"""`manage.py check --tag content` reads every quiz and names each mistake with its line."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, register

from authoring.problems import as_check_message
from quizzes.catalog import content_problems


@register("content")
def check_quizzes(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """One warning a problem, so that all of them are seen at once."""
    return [as_check_message(problem, "quizzes.W001") for problem in content_problems()]
