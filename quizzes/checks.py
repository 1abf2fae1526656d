"""`manage.py check --tag content` reads every quiz and names each mistake with its line."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, register

from authoring.problems import as_check_message
from quizzes.catalog import all_quizzes, content_problems
from quizzes.lints import lint_bank


@register("content")
def check_quizzes(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """One warning a problem, of each quiz and between them, so that all are seen at once."""
    problems = [*content_problems(), *lint_bank(all_quizzes())]
    return [as_check_message(problem, "quizzes.W001") for problem in problems]
