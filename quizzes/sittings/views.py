"""The pages of sittings. Only who began one sees it."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learners.identity import current_learner, ensure_learner
from quizzes import catalog, stars
from quizzes.marking import Outcome
from quizzes.quiz import Quiz
from quizzes.reply import Reply, render_reply
from quizzes.sittings import sitting as sittings
from quizzes.sittings import taking
from quizzes.sittings.page import address, overview_context, place_context, prediction_beside
from quizzes.sittings.rules import RULES, Mode, Rules
from quizzes.sittings.sitting import Place, Sitting
from quizzes.standing import first_checks

HANDED_IN = "This was handed in before your answer came. It was not counted."
REWORDED = "This question was reworded after you opened it. Nothing was saved: please answer it as it stands now."
TAKEN = "Another tab has answered this question meanwhile. That answer stands; save yours again if you want it instead."
TAKEN_FOR_GOOD = "This try was already used from another tab, with another answer. That answer counts."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mode_page(request: HttpRequest, quiz_slug: str, mode: str) -> HttpResponse:
    """What a mode of a quiz is; a POST begins it, or goes on with it."""
    quiz, rules = _quiz(quiz_slug, mode)
    if request.method == "POST":
        attempt = taking.begin(ensure_learner(request), quiz, rules.mode)
        return redirect("quizzes:sitting", attempt.pk)
    newest = sittings.newest(current_learner(request), quiz.slug, [rules.mode]).get(rules.mode)
    return render(request, "quizzes/mode.html", {"quiz": quiz, "title": quiz.title, "rules": rules, "newest": newest})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def topic_page(request: HttpRequest, lesson: str) -> HttpResponse:
    """Ten questions over all quizzes of a lesson."""
    quizzes = sittings.of_lesson(lesson)
    if not quizzes:
        raise Http404(f"No quiz belongs to a lesson {lesson}.")
    if request.method == "POST":
        return redirect("quizzes:sitting", taking.begin_topic(ensure_learner(request), lesson).pk)
    newest = sittings.newest(current_learner(request), lesson, [Mode.TOPIC]).get(Mode.TOPIC)
    context = {"rules": RULES[Mode.TOPIC], "title": "What the lesson asks", "newest": newest, "lesson": lesson}
    return render(request, "quizzes/mode.html", context)


@never_cache
@require_safe
def sitting_page(request: HttpRequest, attempt_id: uuid.UUID) -> HttpResponse:
    """Where a sitting stands: its first open question right after it began, what is open, or its result."""
    sitting = _sitting(request, attempt_id)
    if not sitting.is_finished and sitting.next_open() and not any(place.is_answered for place in sitting.places):
        return redirect(address(sitting, sitting.next_open()))
    context = overview_context(sitting)
    if sitting.is_finished and sitting.attempt.mode == Mode.PREDICTION:
        context["beside"] = prediction_beside(sitting, first_checks(sitting.learner, sitting.quizzes))
    return render(request, "quizzes/sitting.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def place_page(request: HttpRequest, attempt_id: uuid.UUID, number: int) -> HttpResponse:
    """One question of a sitting."""
    sitting = _sitting(request, attempt_id)
    place = sitting.place(number)
    if place is None:
        raise Http404(f"This sitting has no question {number}.")
    if request.method == "POST":
        return _answer(request, sitting, place)
    return _show(request, sitting, place, Reply(notice=TAKEN_FOR_GOOD if "taken" in request.GET else ""))


@require_POST
def hand_in(request: HttpRequest, attempt_id: uuid.UUID) -> HttpResponse:
    """End a sitting."""
    taking.hand_in(_sitting(request, attempt_id))
    return redirect("quizzes:sitting", attempt_id)


@require_POST
def practise_missed(request: HttpRequest, attempt_id: uuid.UUID) -> HttpResponse:
    """Begin practice with what a finished sitting missed."""
    sitting = _sitting(request, attempt_id)
    missed = [row["place"] for row in overview_context(sitting).get("missed", ())]
    if not missed:
        return redirect("quizzes:sitting", attempt_id)
    quiz = missed[0].quiz
    only = [place.question.id for place in missed if place.quiz == quiz]
    return redirect("quizzes:sitting", taking.begin(sitting.learner, quiz, Mode.PRACTICE, only).pk)


def _answer(request: HttpRequest, sitting: Sitting, place: Place) -> HttpResponse:
    if asked := request.POST.get("ask"):
        if asked == "star":
            stars.turn(sitting.learner, place.quiz, place.question)
        written = place.variant.body.given_from(request.POST)
        return _show(request, sitting, place, Reply(chosen=written, hinted=asked == "hint"))
    result = taking.answer(sitting, place, request.POST)
    troubles = {Outcome.REWORDED: REWORDED, Outcome.EXPIRED: HANDED_IN}
    if result.outcome is Outcome.TAKEN and sitting.rules.is_changeable:
        troubles[Outcome.TAKEN] = TAKEN
    if result.outcome is Outcome.OBJECTED:
        return _show(request, sitting, place, Reply(trouble=result.objection, chosen=result.given, status=400))
    if trouble := troubles.get(result.outcome):
        fresh = _sitting(request, sitting.attempt.pk)
        reply = Reply(trouble=trouble, chosen=result.given, status=409)
        return _show(request, fresh, fresh.places[place.number - 1], reply)
    return redirect(_after(sitting, place, result.outcome))


def _after(sitting: Sitting, place: Place, outcome: Outcome) -> str:
    """Where explanations come at once the question itself; else on to the next."""
    if sitting.rules.tells_at_once:
        taken = "?taken=1" if outcome is Outcome.TAKEN else ""
        return f"{address(sitting, place)}{taken}#verdict-{place.question.id}"
    return address(sitting, sitting.next_open(after=place.number))


def _show(request: HttpRequest, sitting: Sitting, place: Place, reply: Reply) -> HttpResponse:
    return render_reply(request, "quizzes/place.html", place_context(sitting, place), reply)


def _sitting(request: HttpRequest, attempt_id: uuid.UUID) -> Sitting:
    sitting = sittings.find(current_learner(request), attempt_id)
    if sitting is None:
        raise Http404("There is no such sitting, or it belongs to another browser.")
    return sitting


def _quiz(slug: str, mode: str) -> tuple[Quiz, Rules]:
    quiz = catalog.find(slug)
    if quiz is None or mode not in quiz.modes or mode not in RULES:
        raise Http404(f"There is no quiz {slug} in the mode {mode}.")
    return quiz, RULES[mode]
