"""How sure somebody is, in the same three words wherever it is asked."""

CERTAINTY = {1: "a guess", 2: "fairly sure", 3: "certain"}
NOT_SAID = 0


def certainty_from(text: str) -> int:
    """1 to 3 from a form's field; 0 when nothing, or nothing known, was sent."""
    return int(text) if text in {str(level) for level in CERTAINTY} else NOT_SAID


def in_words(certainty: int) -> str:
    """The words for 1 to 3; empty when it was not said."""
    return CERTAINTY.get(certainty, "")
