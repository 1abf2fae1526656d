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


def amend(entry: Entry, more: dict[str, Any]) -> None:
    """Add to what an entry holds; the same keys are written over. The caller has checked `more`."""
    entry.payload = entry.payload | more
    entry.save(update_fields=["payload"])


def all_of(learner: Learner | None, slug: str = "") -> list[Entry]:
    """Everything the learner has done, oldest first; with a slug, only what belongs to it."""
    if learner is None:
        return []
    entries = Entry.objects.filter(learner=learner).order_by("at", "pk")
    return list(entries.filter(slug=slug) if slug else entries)


def forget(learner: Learner) -> None:
    """Delete a learner with everything that is kept of them. Their cookie then leads to nobody."""
    learner.delete()
