"""Questions a learner wants to return to."""

from learners.models import Learner
from quizzes.models import Star
from quizzes.quiz import Question, Quiz


def turn(learner: Learner, quiz: Quiz, question: Question) -> None:
    """Star the question, or take its star away."""
    star, is_new = Star.objects.get_or_create(learner=learner, question=question.id, defaults={"quiz": quiz.slug})
    if not is_new:
        star.delete()


def starred(learner: Learner | None) -> list[Star]:
    """The learner's stars, newest first."""
    return list(Star.objects.filter(learner=learner).order_by("-at")) if learner else []
