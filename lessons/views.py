"""Lesson pages. They read nothing about the visitor, so that everybody gets the same bytes."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from lessons.catalog import catalog
from lessons.pages import Page, glossary_page, lesson_page


@require_safe
def first_mode(request: HttpRequest, slug: str) -> HttpResponse:
    """To the first written mode of a lesson."""
    lesson = catalog().lessons.get(slug)
    if lesson is None or lesson.first_mode is None:
        raise Http404
    return redirect("lessons:mode", slug=slug, mode=lesson.first_mode)


@require_safe
def mode(request: HttpRequest, slug: str, mode: str) -> HttpResponse:
    """One mode of one lesson."""
    page = lesson_page(slug, mode)
    if page is None:
        raise Http404
    return _answer(request, page)


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Every word that lessons explain."""
    return _answer(request, glossary_page())


def _answer(request: HttpRequest, page: Page) -> HttpResponse:
    compressed = "gzip" in request.headers.get("Accept-Encoding", "")
    etag = page.gzip_etag if compressed else page.etag
    response: HttpResponse
    if etag in request.headers.get("If-None-Match", ""):
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(page.gzipped if compressed else page.body)
        if compressed:
            response.headers["Content-Encoding"] = "gzip"
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "no-cache"  # kept, and asked for again: the answer is then 304 and a few bytes
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
