"""The question types: each module of this folder that holds a `TYPE`. A new type is one new module here."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from quizzes.quiz import QuestionType


@cache
def question_types() -> dict[str, QuestionType]:
    """Every type by its name."""
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    return {module.TYPE.name: module.TYPE for module in modules if hasattr(module, "TYPE")}
