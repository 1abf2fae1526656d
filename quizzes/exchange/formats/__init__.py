"""The formats: each module of this folder that holds a `FORMAT`. A new format is one new module here."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from quizzes.exchange.format import Format


@cache
def all_formats() -> dict[str, Format]:
    """Every format by its name."""
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    return {module.FORMAT.name: module.FORMAT for module in modules if hasattr(module, "FORMAT")}
