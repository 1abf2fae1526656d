"""The pages of the quizzes. Reading makes no learner; the first answer does."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learners.identity import current_learner, ensure_learner
from quizzes import catalog, marking
from quizzes.marking import Outcome
from quizzes.page import progress_rows, question_context, result_rows
from quizzes.prose import block
from quizzes.quiz import Question, Quiz
from quizzes.standing import standing, standings

REWORDED = "This question was reworded after you opened it. Nothing was counted: please answer it as it stands now."
EXPIRED = "That form came from an earlier attempt and was not counted. This is where you stand now."
TAKEN = "This try was already used from another tab, with another answer. That answer counts."


@never_cache
@require_safe
def quiz_list(request: HttpRequest) -> HttpResponse:
    """All quizzes, and how far the learner is in each."""
    stands = standings(current_learner(request), catalog.all_quizzes())
    return render(request, "quizzes/list.html", {"stands": list(stands.values())})


@never_cache
@require_safe
def quiz_page(request: HttpRequest, quiz_slug: str) -> HttpResponse:
    """One quiz: what it is about, and going on where one is."""
    quiz = _quiz(quiz_slug)
    stand = standing(current_learner(request), quiz)
    problems = catalog.content_problems(quiz) if settings.AUTHOR else []
    context = {"quiz": quiz, "stand": stand, "rows": progress_rows(stand), "next": stand.next_open()}
    return render(request, "quizzes/quiz.html", context | {"intro": block(quiz.intro), "problems": problems})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question_page(request: HttpRequest, quiz_slug: str, question_id: str) -> HttpResponse:
    """One question: asked, answered, explained, all at one address."""
    quiz = _quiz(quiz_slug)
    question = quiz.find(question_id)
    if question is None:
        raise Http404(f"The quiz {quiz_slug} has no question {question_id}.")
    if request.method == "POST":
        return _answer(request, quiz, question)
    return _show(request, quiz, question, notice=TAKEN if "taken" in request.GET else "")


@never_cache
@require_safe
def result_page(request: HttpRequest, quiz_slug: str) -> HttpResponse:
    """The learner's own result, to come back to."""
    quiz = _quiz(quiz_slug)
    stand = standing(current_learner(request), quiz)
    context = {"quiz": quiz, "stand": stand, "rows": result_rows(stand), "next": stand.next_open()}
    return render(request, "quizzes/result.html", context)


@require_POST
def retry(request: HttpRequest, quiz_slug: str) -> HttpResponse:
    """Ask once more what was missed, and nothing else."""
    quiz = _quiz(quiz_slug)
    learner = current_learner(request)
    question = marking.retry(learner, quiz) if learner else quiz.questions[0]
    if question is None:
        return redirect("quizzes:result", quiz.slug)
    return redirect("quizzes:question", quiz.slug, question.id)


def _answer(request: HttpRequest, quiz: Quiz, question: Question) -> HttpResponse:
    sheet = marking.sheet_from(request.POST)
    if objection := question.body.objection(sheet.given):
        return _show(request, quiz, question, trouble=objection, status=400)
    if sheet.seal != marking.seal(question):
        return _show(request, quiz, question, trouble=REWORDED, chosen=sheet.given, status=409)
    outcome = marking.submit(ensure_learner(request), quiz, question, sheet)
    if outcome is Outcome.EXPIRED:
        return _show(request, quiz, question, trouble=EXPIRED, chosen=sheet.given, status=409)
    address = reverse("quizzes:question", args=[quiz.slug, question.id])
    return redirect(f"{address}{'?taken=1' if outcome is Outcome.TAKEN else ''}#verdict-{question.id}")


def _show(
    request: HttpRequest,
    quiz: Quiz,
    question: Question,
    *,
    trouble: str = "",
    notice: str = "",
    chosen: str = "",
    status: int = 200,
) -> HttpResponse:
    context = question_context(standing(current_learner(request), quiz), question)
    context |= {"trouble": trouble, "notice": notice, "chosen": chosen}
    return render(request, "quizzes/question.html", context, status=status)


def _quiz(slug: str) -> Quiz:
    quiz = catalog.find(slug)
    if quiz is None:
        raise Http404(f"There is no quiz {slug}.")
    return quiz
