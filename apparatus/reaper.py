"""The reaper: a process that outlives its owner by a moment, to leave nothing of it behind.

It holds the reading end of a pipe. The owner, and each child before it becomes itself, write one line for each process
group and each temporary folder that comes or goes. When the pipe ends (the owner finished, or was killed with -9, which
no process can notice itself) it kills the groups and removes the folders that are still there. A pipe works on every
Unix and from every thread; Linux' parent-death signal does neither.

    start PID     a process group of that number lives       end PID      it is gone; its number is anybody's now
    folder "PATH" a temporary folder, as JSON text           gone "PATH"  it was removed

Standard library only, and quick to start: run it as a file, with `python -I -S`.
"""

import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterable

GONE_WITHIN_S = 2.0


def left_behind(lines: Iterable[str]) -> tuple[list[int], list[str]]:
    """The process groups and folders that came and did not go, newest first."""
    groups: dict[int, None] = {}
    folders: dict[str, None] = {}
    for line in lines:
        word, _, rest = line.strip().partition(" ")
        if word == "start":
            groups[int(rest)] = None
        elif word == "end":
            groups.pop(int(rest), None)
        elif word == "folder":
            folders[json.loads(rest)] = None
        elif word == "gone":
            folders.pop(json.loads(rest), None)
    return list(reversed(groups)), list(reversed(folders))


def kill_group(group: int) -> bool:
    """SIGKILL for every process of `group`; False when there is none."""
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return False
    except PermissionError:  # macOS, when only zombies are left
        return False
    return True


def clean_up(groups: list[int], folders: list[str]) -> None:
    """Kill, wait until all are gone (2 s at most), then remove the folders."""
    deadline = time.monotonic() + GONE_WITHIN_S
    # Not any(): each group must get its signal. Again and again, for a member may be forking just now.
    while sum([kill_group(group) for group in groups]) and time.monotonic() < deadline:
        time.sleep(0.01)
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Read until the owner is gone, then clean up."""
    clean_up(*left_behind(sys.stdin))


if __name__ == "__main__":
    main()
