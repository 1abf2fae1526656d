"""Small counts in words, as pages tell how often something was tried."""

ORDINALS = ("first", "second", "third", "fourth", "fifth")
NUMERALS = ("no", "one", "two", "three", "four", "five")


def ordinal(number: int) -> str:
    """The place of something counted from 1: "second", and "6th" where words end."""
    return ORDINALS[number - 1] if number <= len(ORDINALS) else f"{number}th"


def tries_in_words(count: int, before: str = "", after: str = "") -> str:
    """A count of tries: "two more tries" with `before` "more", "one try left" with `after` "left"."""
    return " ".join(filter(None, (NUMERALS[count], before, "try" if count == 1 else "tries", after)))
