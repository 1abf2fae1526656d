"""What the pages of a sitting show."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from learners.certainty import CERTAINTY
from quizzes.page import asked_context, confidence, personal
from quizzes.quiz import Question, Quiz, Try
from quizzes.sittings.firmness import Firmness, firmness_of
from quizzes.sittings.rules import Mode
from quizzes.sittings.score import Score, points_of, score_of
from quizzes.sittings.sitting import Place, Sitting
from quizzes.sittings.taking import before


def place_context(sitting: Sitting, place: Place) -> dict[str, Any]:
    """One question of a sitting. Until they are due it holds neither key nor explanations."""
    closed, tells = sitting.is_closed(place), sitting.rules.tells_at_once
    tries = place.tries if closed or tells else ()
    asked = asked_context(place.question, place.variant, tries, closed=closed)
    more = {
        "sitting": sitting,
        "place": place,
        "quiz": place.quiz,
        "before": before(place),
        "verdict": _verdict(sitting, place, closed=closed),
        "sure": confidence(tries) if closed and place.question.is_marked else "",
        "hinted": any(answer.hinted for answer in place.tries),
        "sure_of": str(place.tries[-1].certainty) if place.tries else "",
        "chosen": "" if tells or not place.tries else place.tries[-1].given,
        "draft": f"{sitting.attempt.pk}/{place.number}/{len(tries) + 1}",
    }
    return asked | more | _ways_on(sitting, place) | personal(sitting.learner, place.question)


def _ways_on(sitting: Sitting, place: Place) -> dict[str, str]:
    following = sitting.next_open(after=place.number)
    last = "Your result" if sitting.is_finished or sitting.rules.tells_at_once else "Look over it and hand in"
    return {
        "answer_address": address(sitting, place),
        "next_address": address(sitting, following) if following else address(sitting),
        "next_label": "Next question" if following else last,
        "answer_label": "Answer" if sitting.rules.tells_at_once else "Save this answer",
        "rules": _rules(sitting, place),
    }


def _rules(sitting: Sitting, place: Place) -> str:
    if not sitting.rules.is_changeable:
        return "This is your last try." if place.tries else "You have two tries. There are no points."
    hint = " A hint costs a quarter of its point." if sitting.rules.is_scored and place.question.hint else ""
    return f"You can change it until you hand in.{hint}"


def _verdict(sitting: Sitting, place: Place, *, closed: bool) -> str:
    if not place.tries:
        return "Not answered." if closed else ""
    if not (closed or sitting.rules.tells_at_once):
        return "Saved."
    if not place.question.is_marked:
        return "Noted. Nobody marks it."
    if place.tries[-1].right:
        return "Right." if len(place.tries) == 1 else "Right, at the second try."
    return (
        "Not that one. The right answer stands here now, and why." if closed else "Not that one. You have one more try."
    )


def address(sitting: Sitting, place: Place | None = None) -> str:
    """The address of a sitting, or of one of its questions."""
    if place is None:
        return reverse("quizzes:sitting", args=[sitting.attempt.pk])
    return reverse("quizzes:place", args=[sitting.attempt.pk, place.number])


def overview_context(sitting: Sitting) -> dict[str, Any]:
    """The sitting as a whole: before it is handed in what is open, afterwards the result."""
    title = sitting.quizzes[0].title if sitting.quizzes else sitting.attempt.quiz
    lesson = sitting.quizzes[0].lesson if sitting.quizzes else sitting.attempt.quiz
    rows = [_row(sitting, place) for place in sitting.places]
    context = {"sitting": sitting, "title": title, "lesson": lesson, "rules": sitting.rules}
    context["open"] = sum(not place.is_answered for place in sitting.places)
    context["next_place"] = sitting.next_open()
    if not sitting.is_finished:
        return context | {"rows": rows}
    ordered = sorted(rows, key=lambda row: not row["is_confident_miss"])
    return context | {"rows": ordered, "missed": [row for row in rows if row["is_missed"]]} | _result(sitting)


def _row(sitting: Sitting, place: Place) -> dict[str, Any]:
    first = place.first
    missed = place.question.is_marked and not (first and first.right)
    sure = first is not None and first.certainty == max(CERTAINTY)
    return {
        "place": place,
        "address": address(sitting, place),
        "given": place.variant.body.in_words(first.given) if first else "",
        "points": points_of(first) if sitting.rules.is_scored and place.question.is_marked else None,
        "is_missed": sitting.is_finished and missed,
        "is_confident_miss": sitting.is_finished and missed and sure,
    }


def _result(sitting: Sitting) -> dict[str, Any]:
    marked = [place for place in sitting.places if place.question.is_marked]
    score: Score | None = score_of(place.first for place in marked) if sitting.rules.is_scored else None
    firm = _firmness(sitting, marked) if sitting.attempt.mode == Mode.TOPIC and marked else None
    return {"score": score, "firm": firm, "read_next": read_next(marked), "marked": len(marked)}


def _firmness(sitting: Sitting, marked: Sequence[Place]) -> Firmness:
    answered = [(place.question, bool(place.first and place.first.right)) for place in marked]
    bank = [question for quiz in sitting.quizzes for question in quiz.questions if question.is_marked]
    return firmness_of(answered, bank)


def read_next(places: Sequence[Place]) -> list[dict[str, Any]]:
    """Where to read on: the places the missed questions point to, those with most misses first."""
    found: dict[str, list[Question]] = {}
    for place in places:
        if place.question.read and not (place.first and place.first.right):
            found.setdefault(_lesson_address(place.quiz, place.question.read), []).append(place.question)
    ordered = sorted(found.items(), key=lambda item: -len(item[1]))
    return [{"address": where, "questions": questions} for where, questions in ordered]


def _lesson_address(quiz: Quiz, read: str) -> str:
    mode, _, anchor = read.partition("#")
    return f"/lessons/{quiz.lesson}/{mode}/{'#' if anchor else ''}{anchor}"


def prediction_beside(sitting: Sitting, checked: Mapping[str, Try]) -> list[dict[str, Any]]:
    """What was expected before the lesson beside the first answer after it, question by question."""
    rows = []
    for place in sitting.places:
        later, body = checked.get(place.question.id), place.variant.body
        expected = body.in_words(place.first.given) if place.first else ""
        rows.append({"place": place, "expected": expected, "later": body.in_words(later.given) if later else ""})
    return rows
