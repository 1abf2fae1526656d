"""The download of a project, the same for everyone, and the page on which a learner keeps track of its steps."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import condition, require_http_methods, require_safe

from learners.identity import current_learner, ensure_learner
from lessons.catalog import catalog
from lessons.project import Project, done_steps, note_steps, project_of, steps_in

UNKNOWN = "No code of this project is in that. The checker prints one for each step that is done, such as river-07."


def _etag(request: HttpRequest, slug: str) -> str | None:
    project = project_of(slug)
    return project.etag if project else None


@require_safe
@condition(etag_func=_etag)
def starter(request: HttpRequest, slug: str) -> HttpResponse:
    """The folder to begin with, and its checker, as a zip file."""
    project = _project_or_404(slug)
    headers = {"Content-Disposition": f'attachment; filename="{slug}-project.zip"', "Cache-Control": "no-cache"}
    return HttpResponse(project.archive, content_type="application/zip", headers=headers)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def codes(request: HttpRequest, slug: str) -> HttpResponse:
    """Which steps a learner has noted. A POST notes those whose codes stand in `codes`."""
    project = _project_or_404(slug)
    if request.method == "POST":
        text = request.POST.get("codes", "")
        found = steps_in(project, text)
        if not found:
            return _page(request, project, typed=text[:200], problem=UNKNOWN, status=400)
        note_steps(ensure_learner(request), project, found)
        return redirect("lessons:project-codes", slug)
    return _page(request, project)


def _page(
    request: HttpRequest, project: Project, typed: str = "", problem: str = "", status: int = 200
) -> HttpResponse:
    done = done_steps(current_learner(request), project)
    context = {
        "lesson": catalog().lessons[project.lesson],
        "steps": [(step, step.number in done) for step in project.steps],
        "done": len(done),
        "in_all": len(project.steps),
        "typed": typed,
        "problem": problem,
    }
    return render(request, "lessons/project_codes.html", context, status=status)


def _project_or_404(slug: str) -> Project:
    project = project_of(slug)
    if project is None:
        raise Http404
    return project
