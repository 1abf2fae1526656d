"""Which questions somebody has answered right, for progress: learners asks, and knows no quiz."""

from collections.abc import Collection

from learners.models import Learner
from learners.progress import register_answered_right
from quizzes.models import Answer


def answered_right(learner: Learner, questions: Collection[str]) -> set[str]:
    """Those of some questions, each as `quiz/id`, that this learner has answered right in any mode of any quiz."""
    by_id = {question.rpartition("/")[2]: question for question in questions}
    right = Answer.objects.filter(attempt__learner=learner, correct=True, question__in=by_id)
    return {by_id[question] for question in right.values_list("question", flat=True).distinct()}


def register() -> None:
    """Make it known to learners."""
    register_answered_right(answered_right)
