"""A place in a line, in words: for timed runs and for experiments."""

PLACES = ("next", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def place_in_words(ahead: int) -> str:
    """Where somebody stands who has `ahead` people before them."""
    if not ahead:
        return "You are next"
    return f"You are {PLACES[ahead] if ahead < len(PLACES) else f'number {ahead + 1}'} in line"
