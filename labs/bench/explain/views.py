"""What a learner writes after running: a sentence, ticks, and numbers read off their own runs."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from labs.bench import page
from labs.bench.explain import explanation
from labs.bench.explain.questions import QUESTION_BY_SLUG
from labs.bench.lab import Lab
from labs.bench.views import find_lab
from learners.identity import current_learner, ensure_learner


@require_POST
def keep_explanation(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the learner's own sentence."""
    lab, text = find_lab(slug), request.POST.get("text", "")
    return _kept(request, lab, text, lambda: explanation.keep_explanation(lab, ensure_learner(request), text))


@require_POST
def compare_ideas(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep which of our ideas the sentence had."""
    lab, ticked = find_lab(slug), request.POST.getlist("idea")
    return _kept(request, lab, "", lambda: explanation.keep_ticks(lab, ensure_learner(request), ticked))


@require_POST
def answer_question(request: HttpRequest, slug: str, question: str) -> HttpResponse:
    """Keep a number that the learner read off their own runs."""
    lab, text, runs = find_lab(slug), request.POST.get("number", ""), request.POST.get("runs", "")
    if question not in QUESTION_BY_SLUG:
        raise Http404(f"There is no question {question}.")
    return _kept(
        request, lab, text, lambda: explanation.keep_answer(lab, ensure_learner(request), question, text, runs)
    )


def _kept(request: HttpRequest, lab: Lab, text: str, keep: Callable[[], None]) -> HttpResponse:
    """Back to the page when it was kept; else the page with what was written and what is wrong with it."""
    try:
        keep()
    except explanation.NotTaken as problem:
        refused = explanation.Refused(problem.field, str(problem), text)
        context = page.lab_page(lab, current_learner(request), {}, refused=refused)
        return render(request, "bench/lab.html", context, status=400)
    return redirect(f"{reverse('bench:lab', args=[lab.slug])}#explain")
