"""A form that was sent: which try of which round it is meant for, and what stands on it beside the answer."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.crypto import salted_hmac

from learners.certainty import certainty_from
from quizzes.quiz import Question

LONGEST_TOOK_MS = 3_600_000  # who takes longer went away in between


@dataclass(frozen=True)
class Sheet:
    """The fields beside the answer. `took_ms` is what the browser says, and null without script."""

    seal: str
    round: int
    try_number: int
    certainty: int = 0
    hinted: bool = False
    took_ms: int | None = None


def seal(question: Question) -> str:
    """The version of a question as its form carries it. Keyed: from the bare hash the key could be found by trying."""
    return salted_hmac("quizzes.seal", question.version).hexdigest()[:16]


def sheet_from(post: QueryDict) -> Sheet:
    """The form's fields. Missing or unreadable numbers become 0, which no form of ours sends."""
    return Sheet(
        post.get("seal", ""),
        _number(post.get("round", "")),
        _number(post.get("try", "")),
        certainty_from(post.get("certainty", "")),
        post.get("hinted") == "1",
        _took_ms(post.get("took_ms", "")),
    )


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 5 else 0


def _took_ms(text: str) -> int | None:
    if not (text.isdecimal() and text.isascii() and len(text) < 8):
        return None
    return int(text) if 0 < int(text) <= LONGEST_TOOK_MS else None
