"""The pages of staff about questions. Looking changes nothing."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from course.staff.access import staff_only
from course.staff.csv_files import csv_response
from course.staff.question_page import question_page
from course.staff.question_table import choice_from, headings, is_simulated, question_rows
from quizzes import catalog
from quizzes.statistics.exports import response_rows, statistics_rows
from quizzes.statistics.reading import find_item, items
from quizzes.statistics.simulated import simulated_learners
from quizzes.statistics.suspects import RULES, suspects, within_reach


@staff_only
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What there is for staff, and which questions to look at first."""
    known = items()
    answers = sum(figures.asked for item in known for figures in item.versions)
    context = {"suspects": suspects(known), "questions": len(known), "answers": answers}
    context |= {"reach": within_reach(known), "simulated": simulated_learners().count()}
    return render(request, "staff/home.html", context)


@staff_only
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """All questions with their figures."""
    choice = choice_from(request.GET)
    known = items(simulated=choice.simulated)
    context = {"choice": choice, "rows": question_rows(known, choice), "headings": headings(choice)}
    context |= {"rules": RULES, "reach": within_reach(known)}
    context |= {"quizzes": catalog.all_quizzes(), "simulated": simulated_learners().count()}
    return render(request, "staff/questions.html", context)


@staff_only
@require_safe
def question(request: HttpRequest, question_id: str) -> HttpResponse:
    """One question: what is known of it, and how to mend it."""
    simulated = is_simulated(request.GET)
    item = find_item(question_id, simulated=simulated)
    if item is None:
        raise Http404(f"No quiz has a question {question_id}.")
    page = question_page(item, request.GET.get("version", ""))
    context = {"page": page, "is_simulated": simulated, "simulated": simulated_learners().count()}
    return render(request, "staff/question.html", context)


@staff_only
@require_safe
def statistics_csv(request: HttpRequest) -> HttpResponse:
    """The figures of every option of every version."""
    simulated = is_simulated(request.GET)
    return csv_response(_name("questions", simulated), statistics_rows(simulated=simulated))


@staff_only
@require_safe
def responses_csv(request: HttpRequest, quiz_slug: str) -> HttpResponse:
    """The response matrix of a quiz: right or wrong, or with `?cells=answers` what was answered."""
    quiz = catalog.find(quiz_slug)
    if quiz is None:
        raise Http404(f"There is no quiz {quiz_slug}.")
    simulated, answers = is_simulated(request.GET), request.GET.get("cells") == "answers"
    name = _name(f"{quiz.slug}-{'answers' if answers else 'right'}", simulated)
    return csv_response(name, response_rows(quiz, answers=answers, simulated=simulated))


def _name(what: str, simulated: bool) -> str:
    return f"{what}{'-simulated' if simulated else ''}.csv"
