"""`manage.py check --tag content`: every problem in the lesson texts, with file, line and remedy."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage

from authoring.problems import as_check_message
from lessons import catalog


def check_lessons(app_configs: Any, **options: Any) -> Sequence[CheckMessage]:
    """Read all lessons afresh and tell what is wrong."""
    course = catalog.read_catalog(catalog.CONTENT)
    return [as_check_message(problem, "lessons.W001") for problem in (*course.problems, *course.untested)]
