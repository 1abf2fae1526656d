"""The pages of the quizzes. Reading makes no learner; the first answer does."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learners.identity import current_learner, ensure_learner
from quizzes import catalog, certainty_page, marking, stars
from quizzes.marking import Outcome
from quizzes.page import progress_rows, question_context, result_rows
from quizzes.prose import block
from quizzes.quiz import Question, Quiz
from quizzes.reply import Reply, render_reply
from quizzes.sittings.rules import RULES
from quizzes.standing import standing, standings

REWORDED = "This question was reworded after you opened it. Nothing was counted: please answer it as it stands now."
EXPIRED = "That form came from an earlier attempt and was not counted. This is where you stand now."
TAKEN = "This try was already used from another tab, with another answer. That answer counts."


@never_cache
@require_safe
def quiz_list(request: HttpRequest) -> HttpResponse:
    """All quizzes, and how far the learner is in each."""
    learner = current_learner(request)
    stands = standings(learner, catalog.all_quizzes())
    lessons = list(dict.fromkeys(quiz.lesson for quiz in catalog.all_quizzes()))
    context = {"stands": list(stands.values()), "lessons": lessons, "stars": len(stars.starred(learner))}
    return render(request, "quizzes/list.html", context)


@never_cache
@require_safe
def certainty(request: HttpRequest) -> HttpResponse:
    """How well the learner's "certain" fits what they know."""
    return render(request, "quizzes/certainty.html", {"levels": certainty_page.levels(current_learner(request))})


@never_cache
@require_safe
def starred(request: HttpRequest) -> HttpResponse:
    """The questions the learner wants to return to."""
    found = [(star, catalog.find(star.quiz)) for star in stars.starred(current_learner(request))]
    rows = [(quiz, question) for star, quiz in found if quiz and (question := quiz.find(star.question))]
    return render(request, "quizzes/starred.html", {"rows": rows})


@never_cache
@require_safe
def quiz_page(request: HttpRequest, quiz_slug: str) -> HttpResponse:
    """One quiz: what it is about, and going on where one is."""
    quiz = _quiz(quiz_slug)
    stand = standing(current_learner(request), quiz)
    problems = catalog.content_problems(quiz) if settings.AUTHOR else []
    context = {"quiz": quiz, "stand": stand, "rows": progress_rows(stand), "next": stand.next_open()}
    context["modes"] = [RULES[mode] for mode in quiz.modes if mode in RULES]
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
    return _show(request, quiz, question, Reply(notice=TAKEN if "taken" in request.GET else ""))


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
    """Count the answer, or do what another button of the form asks for; what was written stays in the form."""
    learner = current_learner(request)
    if request.POST.get("ask") == "star":
        stars.turn(ensure_learner(request), quiz, question)
    if request.POST.get("ask"):
        written = standing(learner, quiz).variant(question).body.given_from(request.POST)
        hinted = request.POST["ask"] == "hint" or request.POST.get("hinted") == "1"
        return _show(request, quiz, question, Reply(chosen=written, hinted=hinted))
    result = marking.submit(learner, lambda: ensure_learner(request), quiz, question, request.POST)
    match result.outcome:
        case Outcome.OBJECTED:
            return _show(request, quiz, question, Reply(trouble=result.objection, chosen=result.given, status=400))
        case Outcome.REWORDED | Outcome.EXPIRED:
            trouble = REWORDED if result.outcome is Outcome.REWORDED else EXPIRED
            return _show(request, quiz, question, Reply(trouble=trouble, chosen=result.given, status=409))
    address = reverse("quizzes:question", args=[quiz.slug, question.id])
    return redirect(f"{address}{'?taken=1' if result.outcome is Outcome.TAKEN else ''}#verdict-{question.id}")


def _show(request: HttpRequest, quiz: Quiz, question: Question, reply: Reply) -> HttpResponse:
    context = question_context(standing(current_learner(request), quiz), question)
    return render_reply(request, "quizzes/question.html", context, reply)


def _quiz(slug: str) -> Quiz:
    quiz = catalog.find(slug)
    if quiz is None:
        raise Http404(f"There is no quiz {slug}.")
    return quiz
