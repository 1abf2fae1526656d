"""Pages that need every part of the course."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from course.health import health
from course.home import FIRST_LAB, home_page
from course.notebook import notebook_of
from course.notebook_export import as_data, as_markdown
from course.notebook_figure import calibration_strip
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


@never_cache
@require_safe
def notebook(request: HttpRequest) -> HttpResponse:
    """The learner's own notebook. Looking makes no learner."""
    shown = notebook_of(current_learner(request))
    context = {"notebook": shown, "strip": calibration_strip(shown.calibrated), "first_lab": FIRST_LAB}
    return render(request, "course/notebook.html", context)


@never_cache
@require_safe
def notebook_markdown(request: HttpRequest) -> HttpResponse:
    """The notebook as a Markdown file."""
    text = as_markdown(notebook_of(current_learner(request)))
    headers = {"Content-Disposition": 'attachment; filename="notebook.md"'}
    return HttpResponse(text, content_type="text/markdown; charset=utf-8", headers=headers)


@never_cache
@require_safe
def notebook_json(request: HttpRequest) -> JsonResponse:
    """Everything the notebook is read from, as JSON."""
    headers = {"Content-Disposition": 'attachment; filename="notebook.json"'}
    return JsonResponse(as_data(current_learner(request)), headers=headers)
