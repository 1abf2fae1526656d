"""Pages for when something is wrong, on the same five lanes as everything else."""

import difflib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from labs.bench.registry import lab_addresses
from lessons.catalog import lesson_addresses
from quizzes.catalog import quiz_addresses


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, with the nearest address that exists."""
    known = [
        "/labs/",
        "/claims/",
        "/lessons/glossary/",
        "/me/",
        "/notebook/",
        "/quizzes/",
        *lesson_addresses(),
        *lab_addresses(),
        *quiz_addresses(),
    ]
    near = difflib.get_close_matches(request.path, known, n=1, cutoff=0.5)
    return render(request, "course/404.html", {"path": request.path, "near": near[0] if near else ""}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500. Asks nothing of the database or the broker: either may be what is broken."""
    return render(request, "course/500.html", status=500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token does not fit its cookie: usually cookies are off or the page is very old."""
    return render(request, "course/403.html", {"reason": reason}, status=403)
