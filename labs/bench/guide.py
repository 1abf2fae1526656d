"""A lab's guide.md: what to look at, rendered once, with its problems as content checks."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, register

from authoring.page import Rendered, render_page
from authoring.problems import as_check_message
from labs.bench.lab import Lab
from labs.bench.registry import all_labs


def guide_of(lab: Lab) -> Rendered:
    """The lab's guide as HTML. An author's change shows at once, everybody else's page costs no reading."""
    return _render(lab.slug) if settings.AUTHOR else _rendered(lab.slug)


def _render(slug: str) -> Rendered:
    path = all_labs()[slug].folder / "guide.md"
    return render_page(path.read_text(), path.relative_to(settings.BASE_DIR))


_rendered = cache(_render)


@register("content")
def guides_are_sound(**_: Any) -> Iterable[CheckMessage]:
    """Every problem of every guide, as the author's validator prints it."""
    return [as_check_message(problem, "labs.W001") for slug in all_labs() for problem in _render(slug).problems]
