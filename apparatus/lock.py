"""One owner of a folder at a time."""

import fcntl
import os
from pathlib import Path

from apparatus.probe import NotYet, wait_until

# After a kill -9 the last owner's reaper may still hold the lock while it cleans up.
PATIENCE_S = 3.0


class Held(RuntimeError):
    """Somebody else owns the folder; `note` is what they wrote into the lock."""

    def __init__(self, note: str) -> None:
        super().__init__(note)
        self.note = note


class Lock:
    """A file that is locked as long as a process that holds its descriptor lives. Nothing stale can be left."""

    def __init__(self, path: Path, patience_s: float = PATIENCE_S) -> None:
        """Take the lock. Raises Held when it is not to be had within `patience_s`."""
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            wait_until(self._take, what="the lock", timeout_s=patience_s)
        except NotYet:
            note = os.read(self.descriptor, 500).decode(errors="replace")
            os.close(self.descriptor)
            raise Held(note) from None

    def write(self, note: str) -> None:
        """Leave a note for whoever finds it locked."""
        os.ftruncate(self.descriptor, 0)
        os.pwrite(self.descriptor, note.encode(), 0)

    def _take(self) -> bool:
        try:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
