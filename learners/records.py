"""Writing down what learners do, and reading it back."""

from typing import Any

from learners.models import Entry, Learner


def write(learner: Learner, kind: Entry.Kind, slug: str, payload: dict[str, Any]) -> Entry:
    """Keep one entry. The caller has checked slug and payload."""
    return Entry.objects.create(learner=learner, kind=kind, slug=slug, payload=payload)


def newest(learner: Learner | None, kind: Entry.Kind, slug: str) -> Entry | None:
    """The learner's last entry of this kind for this slug, or None."""
    if learner is None:
        return None
    return Entry.objects.filter(learner=learner, kind=kind, slug=slug).order_by("-at", "-pk").first()
