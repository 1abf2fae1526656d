"""What learners itself holds: entries, progress, a code, and feedback."""

from django.db.models import QuerySet

from learners.held import Kind, Line, in_words, register
from learners.models import Entry, Feedback, Learner, Progress, ResumeCode

SAID = {
    Entry.Kind.PREDICTED: "You predicted",
    Entry.Kind.SKIPPED: "You went on without a guess",
    Entry.Kind.RAN: "You ran it",
    Entry.Kind.ANSWERED: "You answered",
    Entry.Kind.EXPLAINED: "You explained",
    Entry.Kind.READ: "You read it",
}


def register_kinds() -> None:
    """Make them known."""
    register(Kind("entries", "What you predicted, explained and read off", _entries, _entry))
    register(
        Kind("progress", "How far you are", lambda learner: learner.progress.order_by("begun_at", "pk"), _progress)
    )
    register(
        Kind("feedback", "What you told us about pages", lambda learner: learner.feedback.order_by("at", "pk"), _said)
    )
    register(Kind("resume_codes", "A code that you made", _codes, _code))


def _entries(learner: Learner) -> QuerySet[Entry]:
    return learner.entries.order_by("at", "pk")


def _entry(entry: Entry) -> Line:
    own_words = entry.payload.get("choice") or entry.payload.get("text")
    payload = f"“{own_words}”" if own_words else in_words(entry.payload)
    return Line(entry.at, f"{SAID[Entry.Kind(entry.kind)]}{': ' if payload else '.'}{payload}", _address(entry.slug))


def _progress(progress: Progress) -> Line:
    words = f"Worked through on {progress.done_at:%-d %B %Y}" if progress.done_at else "Begun"
    return Line(progress.begun_at, words, f"/{progress.slug}/")


def _said(feedback: Feedback) -> Line:
    verdict = Feedback.Verdict(feedback.verdict).label if feedback.verdict else ""
    return Line(feedback.at, ": ".join(part for part in (verdict, feedback.text) if part), feedback.about)


def _codes(learner: Learner) -> QuerySet[ResumeCode]:
    return ResumeCode.objects.filter(learner=learner).order_by("pk")


def _code(code: ResumeCode) -> Line:
    until = f"{code.expires_at:%-d %B, %H:%M} UTC"
    return Line(None, f"Made for another browser, good until {until}. Its words are not kept.")


def _address(slug: str) -> str:
    """The page an entry belongs to: what stands after its name is where on that page."""
    where, *names = slug.split("/")
    if where == "home":
        return "/"
    return "/" + "".join(f"{name}/" for name in (where, *names[: 2 if where == "lessons" else 1]))
