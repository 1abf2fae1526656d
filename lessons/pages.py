"""Lesson pages as bytes: the same for everyone, rendered and compressed once."""

import gzip
import hashlib
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static

from lessons.catalog import Catalog, CourseEntry, catalog
from lessons.lesson import Lesson, ModeText
from lessons.modes import MODES
from lessons.routes import routes_of

# Blocks name their module and its style by path; only here, when a page is made, do they become addresses.
STATIC = re.compile(r'data-(module|clicked|style)="(?!/)([^"]+)"')


@dataclass(frozen=True)
class Page:
    """One page ready to send. The tags tell the two bodies apart, as HTTP wants it."""

    body: bytes
    etag: str
    gzipped: bytes
    gzip_etag: str


def lesson_page(slug: str, mode: str) -> Page | None:
    """The page of a written mode, or None."""
    return _page(f"{slug}/{mode}", lambda course: _lesson_html(course, slug, mode))


def glossary_page() -> Page:
    """The page with every word of the glossary."""
    page = _page("glossary", _glossary_html)
    assert page is not None
    return page


def _page(name: str, make_html: Callable[[Catalog], str | None]) -> Page | None:
    course = catalog()
    with _lock:
        if _made_for["course"] is not course:
            _made_for["course"] = course
            _pages.clear()
        if name not in _pages:
            html = make_html(course)
            if html is None:
                return None
            _pages[name] = _packed(html)
        return _pages[name]


def forget() -> None:
    """Make every page again at next use."""
    with _lock:
        _pages.clear()


_lock = threading.Lock()
_pages: dict[str, Page] = {}
_made_for: dict[str, Catalog | None] = {"course": None}


def _lesson_html(course: Catalog, slug: str, mode: str) -> str | None:
    entry = next((entry for entry in course.entries if entry.lesson and entry.lesson.slug == slug), None)
    if entry is None or entry.lesson is None or mode not in entry.lesson.texts:
        return None
    return render_to_string("lessons/lesson.html", _context(course, entry, entry.lesson, entry.lesson.texts[mode]))


def _glossary_html(course: Catalog) -> str:
    terms = sorted(course.glossary.terms.by_name.items())
    problems = course.own_problems if settings.AUTHOR else ()
    return render_to_string("lessons/glossary.html", {"terms": [term for _, term in terms], "problems": problems})


def _packed(html: str) -> Page:
    body = STATIC.sub(lambda found: f'data-{found[1]}="{static(found[2])}"', html).encode()
    digest = hashlib.sha256(body).hexdigest()[:20]
    return Page(body, f'"{digest}"', gzip.compress(body, 9, mtime=0), f'"{digest}-gzip"')


def _context(course: Catalog, entry: CourseEntry, lesson: Lesson, text: ModeText) -> dict[str, Any]:
    return {
        "lesson": lesson,
        "text": text,
        "number": entry.number,
        "lessons_in_all": len(course.entries),
        "modes": [(mode, lesson.texts.get(mode.slug)) for mode in MODES],
        "routes": routes_of(lesson),
        "problems": course.problems_on(lesson, text) if settings.AUTHOR else (),
    }
