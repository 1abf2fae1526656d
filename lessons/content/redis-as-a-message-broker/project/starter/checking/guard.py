"""Outlives the checker by a moment and leaves nothing of it behind, even after kill -9.

Standard input is a pipe from the checker. A line `start 123` names a process group that lives, `end 123` one that does
not; `folder /tmp/x` a folder to remove. When the pipe ends, so does everything named in it.
"""

import os
import shutil
import signal
import sys
from contextlib import suppress


def main() -> None:
    """Read to the end of the pipe, then clean up."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    groups: set[int] = set()
    folders: list[str] = []
    for line in sys.stdin:
        word, _, what = line.rstrip("\n").partition(" ")
        if word == "folder":
            folders.append(what)
        elif word == "start":
            groups.add(int(what))
        else:
            groups.discard(int(what))
    for group in groups:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
