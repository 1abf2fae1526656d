"""How far a learner is with each mode of each lesson.

A mode is begun when somebody who is known opens it, or guesses in it. It is done when they say so, or once they have
answered the question right that shows what it teaches. Lessons register which question that is, and quizzes who
answered what, so that neither knows the other.
"""

from collections.abc import Callable, Collection, Mapping

from django.utils import timezone

from learners.models import Entry, Learner, Progress

BEGUN, DONE = "begun", "done"

_shown_by: list[Callable[[], Mapping[str, str]]] = []
_answered_right: list[Callable[[Learner, Collection[str]], Collection[str]]] = []


def register_shown_by(provider: Callable[[], Mapping[str, str]]) -> None:
    """`provider` gives, by the slug of a mode (`lessons/<lesson>/<mode>`), the question that shows it (`quiz/id`)."""
    _shown_by.append(provider)


def register_answered_right(provider: Callable[[Learner, Collection[str]], Collection[str]]) -> None:
    """`provider` gives those of some questions (`quiz/id`) that a learner has answered right."""
    _answered_right.append(provider)


def progress_of(learner: Learner | None) -> dict[str, str]:
    """BEGUN or DONE by the slug of a mode; what is not in it was never begun. Three queries."""
    if learner is None:
        return {}
    stand = dict.fromkeys(_guessed_in(learner), BEGUN)
    stand |= {one.slug: DONE if one.done_at else BEGUN for one in learner.progress.all()}
    return stand | dict.fromkeys(_shown(learner), DONE)


def begin(learner: Learner, slug: str) -> None:
    """Note that a mode was opened. The caller has checked that there is such a mode."""
    Progress.objects.get_or_create(learner=learner, slug=slug)


def finish(learner: Learner, slug: str) -> None:
    """Note that the learner says they have worked through it. The first time counts."""
    begin(learner, slug)
    Progress.objects.filter(learner=learner, slug=slug, done_at=None).update(done_at=timezone.now())


def reopen(learner: Learner, slug: str) -> None:
    """Take back what `finish` noted. What an answer has shown stays done."""
    Progress.objects.filter(learner=learner, slug=slug).update(done_at=None)


def _guessed_in(learner: Learner) -> set[str]:
    """The modes in which an entry was written: its slug is the mode's, and a name after it."""
    slugs = Entry.objects.filter(learner=learner, slug__startswith="lessons/").values_list("slug", flat=True)
    return {"/".join(slug.split("/")[:3]) for slug in slugs.distinct() if slug.count("/") >= 2}


def _shown(learner: Learner) -> list[str]:
    shown_by = {mode: question for provider in _shown_by for mode, question in provider().items()}
    wanted = set(shown_by.values())
    right = {question for provider in _answered_right for question in provider(learner, wanted)}
    return [mode for mode, question in shown_by.items() if question in right]
