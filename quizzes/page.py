"""What the pages say about where a learner stands, in words."""

from typing import Any

from quizzes.marking import seal
from quizzes.prose import block
from quizzes.quiz import Question
from quizzes.standing import Standing


def question_context(stand: Standing, question: Question) -> dict[str, Any]:
    """What a question's page may show now. While a try is left it holds neither key nor explanations not yet due."""
    tries, closed = stand.tries(question), stand.is_closed(question)
    body = question.body
    return {
        "quiz": stand.quiz,
        "question": question,
        "prompt": block(question.prompt),
        "number": stand.quiz.number(question),
        "stand": stand,
        "seal": seal(question),
        "round": stand.round_of(question).number,
        "try_number": len(tries) + 1,
        "closed": closed,
        "template": body.closed_template if closed else body.open_template,
        "rows": body.closed_rows(tries) if closed else body.open_rows(tries),
        "verdict": verdict(stand, question),
        "right": bool(tries) and tries[-1].right,
        "next": stand.next_open(after=question),
    }


def verdict(stand: Standing, question: Question) -> str:
    """One sentence on the tries so far; empty before the first."""
    tries = stand.tries(question)
    if not tries:
        return ""
    if tries[-1].right:
        return f"Right, at the {'first' if len(tries) == 1 else 'second'} try."
    if stand.is_closed(question):
        return "Not that one. The right answer is marked now, and every answer says why."
    return "Not that one: the reason stands below it. You have one more try."


def progress_rows(stand: Standing) -> list[dict[str, Any]]:
    """Each question with its number and a few words on its state."""
    questions = stand.quiz.questions
    return [{"number": n, "question": q, "state": _state(stand, q)} for n, q in enumerate(questions, start=1)]


def result_rows(stand: Standing) -> list[dict[str, Any]]:
    """Each question with its very first try, and in `since` what came after it."""
    return [row | _first_and_since(stand, row["question"], row["state"]) for row in progress_rows(stand)]


def _first_and_since(stand: Standing, question: Question, state: str) -> dict[str, Any]:
    first = stand.first_try(question)
    return {"first": first, "since": state if first and not first.right else ""}


def _state(stand: Standing, question: Question) -> str:
    tries, again = stand.tries(question), stand.round_of(question).number > 1
    if not tries:
        return "asked again, not answered yet" if again else "not answered yet"
    if not stand.is_closed(question):
        return "one try left"
    if not tries[-1].right:
        return "missed again" if again else "missed twice"
    if again:
        return "right when asked again"
    return "right at the first try" if len(tries) == 1 else "right at the second try"
