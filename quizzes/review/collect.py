"""Which items a learner has: read from their attempts, their explanations and their measurements."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from learners import measured
from learners.models import Entry, Learner
from quizzes import catalog
from quizzes.quiz import Question, Quiz
from quizzes.review.evidence import Evidence, Past, evidence_of
from quizzes.review.items import SELF_GRADED, IdeasItem, Item, QuestionItem, Why, ideas_item, question_slug
from quizzes.review.memory import Rating

OWN_MEASUREMENT = "measured"  # the type of question whose key is the learner's own run


@dataclass(frozen=True)
class Collected:
    """A learner's items, and how many questions would be items if no test or second try were still to ask them."""

    items: Sequence[Item]
    kept_back: int


def items_of(learner: Learner, now: datetime) -> Collected:
    """Every item of a learner. A question that the course no longer has is not among them."""
    evidence = evidence_of(learner, now)
    items = list(_question_items(learner, evidence))
    free = [item for item in items if not _is_kept_back(item, evidence)]
    return Collected([*free, *_ideas_items(learner)], len(items) - len(free))


def _is_kept_back(item: QuestionItem, evidence: Evidence) -> bool:
    return evidence.is_kept_back(item.quiz.slug, item.question.id, item.question.tries)


def _question_items(learner: Learner, evidence: Evidence) -> Iterator[QuestionItem]:
    for quiz in catalog.all_quizzes():
        for question in quiz.questions:
            reason = _reason(learner, quiz, question, evidence)
            if reason is None:
                continue
            why, since, counts_as = reason
            yield QuestionItem(
                slug=question_slug(question),
                version=question.version,
                why=why,
                since=since,
                counts_as=counts_as,
                title=question.topic,
                address=f"/lessons/{quiz.lesson}/",
                quiz=quiz,
                question=question,
                learner=learner,
            )


def _reason(
    learner: Learner, quiz: Quiz, question: Question, evidence: Evidence
) -> tuple[Why, datetime, Rating | None] | None:
    """Why a question is an item, since when, and what that event says of the learner's memory; None when it is none."""
    past = evidence.pasts.get(question.id)
    if question.type == OWN_MEASUREMENT and not _is_measured(question, learner):
        return None
    if past and past.missed_at:
        return _missed(past, past.missed_at)
    if question.type == OWN_MEASUREMENT:
        return Why.MEASURED, learner.created_at, None
    if question.type == SELF_GRADED and past:
        return Why.CARD, past.answered_at, Rating.Good
    if question.type == SELF_GRADED and quiz.slug in evidence.begun_at:
        return Why.CARD, evidence.begun_at[quiz.slug], None
    return None


def _is_measured(question: Question, learner: Learner) -> bool:
    figure = question.fields.get("figure", "")
    return figure in measured.known_figures() and measured.measured(figure, learner) is not None


def _missed(past: Past, missed_at: datetime) -> tuple[Why, datetime, Rating]:
    return Why.SURE if past.was_sure else Why.MISSED, missed_at, Rating.Again


def _ideas_items(learner: Learner) -> Iterator[IdeasItem]:
    """One for each lab whose newest explanation, of those compared with ours, lacked something."""
    explained = Entry.objects.filter(learner=learner, kind=Entry.Kind.EXPLAINED).order_by("at", "pk")
    newest = {entry.slug: entry for entry in explained if "missed" in entry.payload}
    for slug, entry in newest.items():
        if entry.payload["missed"]:
            yield ideas_item(slug, entry.at, **{key: entry.payload[key] for key in ("text", "missed", "had")})
