"""What a check may say: not yet (with a hint), or that it could not be made."""


class NotYet(Exception):
    """A step is not done: what was seen, and what to do about it."""

    def __init__(self, seen: str, remedy: str) -> None:
        super().__init__(seen)
        self.seen, self.remedy = seen, remedy


class CannotCheck(Exception):
    """The check could not be made; the message names the remedy."""
