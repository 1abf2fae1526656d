"""Pages that need every part of the course."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from course.health import health
from course.home import home_page
from labs.bench.timing import repeat
from learners.identity import current_learner


@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first experiment, run right there; below it the course map."""
    context = home_page(current_learner(request))
    return repeat(render(request, "course/home.html", context), context["results"].newest)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when database, broker and worker answer, else 503; the JSON says which does not."""
    parts = health()
    return JsonResponse(parts, status=200 if all(part["ok"] for part in parts.values()) else 503)
