"""What the pages say about where a learner stands, in words."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from learners.certainty import CERTAINTY, in_words
from learners.models import Learner
from quizzes.counting_words import ordinal, tries_in_words
from quizzes.models import Answer, Star
from quizzes.prose import block
from quizzes.quiz import Body, Question, Try, Variant
from quizzes.sheet import seal
from quizzes.standing import Standing

ANSWERS_BEFORE_CERTAINTY = 10
TIMES_MISSED = {1: "missed", 2: "missed twice"}


def asked_context(question: Question, variant: Variant, tries: Sequence[Try], *, closed: bool) -> dict[str, Any]:
    """What any page that asks a question may show of it. Until it is closed: neither key nor explanations not yet due.

    `tries` are those whose marks may be told.
    """
    body = variant.body
    return {
        "question": question,
        "group": block(question.group.text) if question.group else "",
        "prompt": block(variant.prompt),
        "seal": seal(question),
        "try_number": len(tries) + 1,
        "closed": closed,
        "template": body.closed_template if closed else body.open_template,
        "shown": body.closed_shown(tries) if closed else body.open_shown(tries),
        "said": miss_told(body, tries[-1].given, question.hint) if tries and not closed else "",
        "hint": block(question.hint) if question.hint else "",
        "solution": block(variant.solution) if closed and variant.solution else "",
        "right": bool(tries) and tries[-1].right,
        "hinted": False,
        "sure_of": "",
        "chosen": "",
    }


def miss_told(body: Body, given: str, hint: str = "") -> str:
    """What a wrong answer gets told above the form: its own explanation, or else the hint, as HTML.

    Empty where the type tells it beside the answer.
    """
    told = "" if body.explains_options else body.said_about(given) or hint
    return block(told) if told else ""


def question_context(stand: Standing, question: Question) -> dict[str, Any]:
    """What a question's page may show now."""
    tries, closed = stand.tries(question), stand.is_closed(question)
    asked = asked_context(question, stand.variant(question), tries, closed=closed)
    more = {
        "quiz": stand.quiz,
        "number": stand.quiz.number(question),
        "stand": stand,
        "round": stand.round_of(question).number,
        "verdict": verdict(stand, question, is_told=bool(asked["said"])),
        "sure": confidence(tries) if closed else "",
    }
    return asked | more | _ways_on(stand, question, tries) | personal(stand.learner, question)


def _ways_on(stand: Standing, question: Question, tries: Sequence[Try]) -> dict[str, str]:
    """Where the form goes, what is next, and the rule in force."""
    following = stand.next_open(after=question)
    slug, at = stand.quiz.slug, stand.round_of(question)
    place = reverse("quizzes:question", args=[slug, following.id]) if following else ""
    return {
        "answer_address": reverse("quizzes:question", args=[slug, question.id]),
        "next_address": place or reverse("quizzes:result", args=[slug]),
        "next_label": "Next question" if following else "Your result",
        "rules": rules(question, tries),
        "draft": f"{slug}/{question.id}/{at.number}/{len(tries) + 1}",
    }


def rules(question: Question, tries: Sequence[Try]) -> str:
    """What an answer costs, before it is given."""
    if not question.is_marked:
        return "This is kept for you and never marked."
    count = question.tries - len(tries)
    left = f"You have {tries_in_words(count, after='left' if tries else '')}. There is no grade."
    if count == 1:
        left = "This is your last try; then everything is explained."
    hint = " A hint costs nothing here; the result says that you had one." if question.hint else ""
    return f"{left}{hint}" if question.tries > 1 else "You say yourself how it went. There is no grade."


def personal(learner: Learner | None, question: Question) -> dict[str, Any]:
    """What depends on the learner alone: whether the question is starred, and whether certainty is asked for."""
    return {
        "starred": learner is not None and Star.objects.filter(learner=learner, question=question.id).exists(),
        "certainties": CERTAINTY.items() if asks_certainty(learner) else (),
    }


def asks_certainty(learner: Learner | None) -> bool:
    """Only who has seen how questions work here is asked how sure they are."""
    if learner is None:
        return False
    first = Answer.objects.filter(attempt__learner=learner)[:ANSWERS_BEFORE_CERTAINTY]
    return len(first.values_list("pk")) == ANSWERS_BEFORE_CERTAINTY


def verdict(stand: Standing, question: Question, *, is_told: bool) -> str:
    """One sentence on the tries so far; empty before the first. `is_told`: a miss has its reason beside it."""
    tries = stand.tries(question)
    if not tries:
        return ""
    if not question.is_marked:
        return "Noted. Nobody marks it."
    if question.tries == 1:
        return "Noted: you knew it." if tries[-1].right else "Noted. It comes back in your review."
    if tries[-1].right:
        helped = ", with a hint" if any(answer.hinted for answer in tries) else ""
        return f"Right, at the {ordinal(len(tries))} try{helped}."
    if stand.is_closed(question):
        return "Not that one. The right answer stands here now, and why."
    told = is_told or stand.variant(question).body.explains_options
    more = tries_in_words(question.tries - len(tries), before="more")
    return f"Not that one{': the reason stands with it' if told else ''}. You have {more}."


def confidence(tries: Sequence[Try]) -> str:
    """How sure the first answer was, and what came of it; empty when it was not said."""
    if not tries or not tries[0].certainty:
        return ""
    words = in_words(tries[0].certainty)
    if tries[0].right:
        return f"You said: {words}."
    if tries[0].certainty == max(CERTAINTY):
        return f"You said: {words}. Such a mistake is worth the most: it comes back in your review."
    return f"You said: {words}. It was right to doubt."


def progress_rows(stand: Standing) -> list[dict[str, Any]]:
    """Each question with its number and a few words on its state."""
    questions = stand.quiz.questions
    return [{"number": n, "question": q, "state": _state(stand, q)} for n, q in enumerate(questions, start=1)]


def result_rows(stand: Standing) -> list[dict[str, Any]]:
    """Each question with its very first try, and in `since` what came after it. Confident mistakes come first."""
    rows = [row | _first_and_since(stand, row["question"], row["state"]) for row in progress_rows(stand)]
    return sorted(rows, key=lambda row: not row["is_confident_miss"])


def _first_and_since(stand: Standing, question: Question, state: str) -> dict[str, Any]:
    first = stand.first_try(question)
    missed = first is not None and not first.right
    sure = first is not None and first.certainty == max(CERTAINTY)
    return {"first": first, "since": state if missed else "", "is_confident_miss": missed and sure}


def _state(stand: Standing, question: Question) -> str:
    tries, again = stand.tries(question), stand.round_of(question).number > 1
    if not tries:
        return "asked again, not answered yet" if again else "not answered yet"
    if not stand.is_closed(question):
        return tries_in_words(question.tries - len(tries), after="left")
    if not question.is_marked:
        return "noted"
    if not tries[-1].right:
        return "missed again" if again else TIMES_MISSED.get(len(tries), f"missed {len(tries)} times")
    if again:
        return "right when asked again"
    return f"right at the {ordinal(len(tries))} try"
