"""What quizzes and review hold of a learner, told on their page /me/."""

from learners.certainty import in_words
from learners.held import Kind, Line, register
from quizzes.models import Answer, Attempt, Star
from quizzes.review.models import Card, RetentionTarget, ReviewLog

RATINGS = {1: "again", 2: "hard", 3: "good", 4: "easy"}


def register_kinds() -> None:
    """Make them known."""
    register(Kind("attempts", "Quizzes you took", lambda who: who.attempts.order_by("started_at", "pk"), _attempt))
    register(
        Kind(
            "answers",
            "Answers you gave",
            lambda who: Answer.objects.filter(attempt__learner=who).select_related("attempt").order_by("at", "pk"),
            _answer,
        )
    )
    register(Kind("stars", "Questions you starred", lambda who: who.stars.order_by("at", "pk"), _star))
    register(Kind("review_cards", "What you review", lambda who: who.review_cards.order_by("pk"), _card))
    register(
        Kind(
            "review_logs",
            "Your reviews",
            lambda who: (
                ReviewLog.objects.filter(card__learner=who).select_related("card").order_by("answered_at", "pk")
            ),
            _review,
        )
    )
    register(
        Kind(
            "retention_target",
            "How much you want to remember",
            lambda who: RetentionTarget.objects.filter(learner=who).order_by("pk"),
            _target,
        )
    )


def _attempt(attempt: Attempt) -> Line:
    state = f"handed in on {attempt.finished_at:%-d %B}" if attempt.finished_at else "not handed in"
    score = f", {attempt.score:.0%} of the points" if attempt.score is not None else ""
    words = f"{attempt.quiz}, mode {attempt.mode}, round {attempt.round}: {state}{score}"
    return Line(attempt.started_at, words, f"/quizzes/sittings/{attempt.pk}/" if _has_page(attempt) else "")


def _has_page(attempt: Attempt) -> bool:
    return attempt.mode != Attempt.Mode.CHECK


def _answer(answer: Answer) -> Line:
    sure = f", {in_words(answer.certainty)}" if answer.certainty else ""
    hinted = ", after a hint" if answer.hinted else ""
    took = f", in {answer.took_ms / 1000:.0f} s" if answer.took_ms is not None else ""
    mark = "counted as right" if answer.correct else "counted as wrong"
    return Line(answer.at, f"{answer.question}: {answer.given} (try {answer.try_number}, {mark}{sure}{hinted}{took})")


def _star(star: Star) -> Line:
    return Line(star.at, star.question, f"/quizzes/{star.quiz}/{star.question}/")


def _card(card: Card) -> Line:
    return Line(None, f"{card.item}, reviewed {card.reviews} time{'' if card.reviews == 1 else 's'}")


def _review(log: ReviewLog) -> Line:
    given = f": {log.given}" if log.given else ""
    rated = f", rated {RATINGS[log.rating]}" if log.rating else ", not rated"
    return Line(log.answered_at, f"{log.card.item}, review {log.number}{given}{rated}")


def _target(target: RetentionTarget) -> Line:
    return Line(None, f"{target.percent} % of what comes back in review")
