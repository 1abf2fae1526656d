"""The pages of review. Reading makes no learner, and neither does reviewing: who has nothing has nothing to review."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from learners.identity import current_learner, ensure_learner
from quizzes.review import clock, reviewing
from quizzes.review.anki import anki_text, note_of_item
from quizzes.review.deck import deck_of
from quizzes.review.page import NOTICES, review_context
from quizzes.review.retention import BadRetention, read_retention, set_retention
from quizzes.review.reviewing import Outcome, Result


@never_cache
@require_safe
def review_page(request: HttpRequest) -> HttpResponse:
    """What is due, one item at a time, and what is coming."""
    notices = {outcome.name.lower(): notice for outcome, notice in NOTICES.items()}
    return _show(request, {"notice": notices.get(request.GET.get("was", ""), "")})


@never_cache
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """Keep an answer, or that one was thought of, and show the right one."""
    learner = current_learner(request)
    if learner is None:
        return _back(Outcome.TAKEN)
    result = reviewing.answer(learner, request.POST, clock.now())
    if result.outcome is Outcome.OBJECTED:
        return _show(request, {}, refused=result, status=400)
    if result.outcome is Outcome.REWORDED:
        return _show(request, {}, refused=result, status=409)
    return _back(result.outcome)


@require_POST
def rate(request: HttpRequest) -> HttpResponse:
    """Keep how well an item was remembered, and put it off accordingly."""
    learner = current_learner(request)
    return _back(reviewing.rate(learner, request.POST, clock.now()) if learner else Outcome.TAKEN)


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back the last rating or answer."""
    learner = current_learner(request)
    return _back(reviewing.step_back(learner, request.POST.get("log", ""), clock.now()) if learner else Outcome.TAKEN)


@never_cache
@require_POST
def retention(request: HttpRequest) -> HttpResponse:
    """Keep how much the learner wants to remember."""
    text = request.POST.get("percent", "")
    try:
        percent = read_retention(text)
    except BadRetention as problem:
        return _show(request, {"percent": text, "retention_trouble": str(problem)}, status=400)
    set_retention(ensure_learner(request), percent)
    return redirect(f"{reverse('review:review')}#retention")


@never_cache
@require_safe
def anki(request: HttpRequest) -> HttpResponse:
    """The learner's items as a text file for Anki."""
    deck = deck_of(current_learner(request), clock.now())
    text = anki_text(note_of_item(held.item) for held in deck.held)
    headers = {"Content-Disposition": 'attachment; filename="brokered-review.txt"'}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)


def _show(
    request: HttpRequest, more: dict[str, str], *, refused: Result | None = None, status: int = 200
) -> HttpResponse:
    learner = current_learner(request)
    context = review_context(learner, deck_of(learner, clock.now()), refused)
    return render(request, "quizzes/review/review.html", context | more, status=status)


def _back(outcome: Outcome) -> HttpResponse:
    """To the page, which shows what comes now."""
    was = f"?was={outcome.name.lower()}" if outcome in NOTICES else ""
    return redirect(f"{reverse('review:review')}{was}")
