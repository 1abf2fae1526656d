"""How far somebody is with a mode: the page that says so and takes it down, with and without JavaScript."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from learners.identity import current_learner, ensure_learner
from learners.progress import DONE, begin, finish, progress_of, register_shown_by, reopen
from lessons.catalog import catalog
from lessons.lesson import Lesson
from lessons.routes import next_mode

NOT_A_STATE = "state: begun, done or not-done."


def register_questions() -> None:
    """Tell learners which question shows what a mode teaches."""
    register_shown_by(_shown_by)


def mode_slug(lesson: Lesson, mode: str) -> str:
    """By what name progress knows a mode."""
    return f"lessons/{lesson.slug}/{mode}"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mode_progress(request: HttpRequest, slug: str, mode: str) -> HttpResponse:
    """Where the learner stands with a mode. A POST notes `state`: begun (of a learner only), done, or not-done."""
    lesson = catalog().lessons.get(slug)
    if lesson is None or mode not in lesson.texts:
        raise Http404
    if request.method == "POST":
        return _note(request, lesson, mode)
    progress = progress_of(current_learner(request))
    context = {"lesson": lesson, "text": lesson.texts[mode], "is_done": progress.get(mode_slug(lesson, mode)) == DONE}
    return render(request, "lessons/progress.html", context | {"next": next_mode(lesson, progress)})


def _note(request: HttpRequest, lesson: Lesson, mode: str) -> HttpResponse:
    slug = mode_slug(lesson, mode)
    match request.POST.get("state"):
        case "begun":
            if learner := current_learner(request):  # reading alone makes no learner
                begin(learner, slug)
            return HttpResponse(status=204)
        case "done":
            finish(ensure_learner(request), slug)
        case "not-done":
            reopen(ensure_learner(request), slug)
        case _:
            return HttpResponse(NOT_A_STATE, status=400, content_type="text/plain")
    return redirect("lessons:progress", lesson.slug, mode)


def _shown_by() -> dict[str, str]:
    return {
        mode_slug(lesson, mode): text.shown
        for lesson in catalog().lessons.values()
        for mode, text in lesson.texts.items()
        if text.shown
    }
