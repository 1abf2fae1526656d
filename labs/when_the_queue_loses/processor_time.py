"""How much processor time another process has used, read from outside: it costs that process nothing.

Linux keeps a clock for each process and lets others read it (clock_getcpuclockid(3); the number is made as in the
kernel's posix-timers.h: the complement of the process id, three bits up, and 2 for scheduled time). Other systems only
tell it in steps of 10 ms, which is more than a message costs.
"""

import sys
import time
from collections.abc import Mapping

SCHEDULED = 2


def used_ms(pids: Mapping[str, int]) -> dict[str, float] | None:
    """Processor time of each process since it began, with all its threads, in ms; None on a system that cannot tell.

    Raises ProcessLookupError for a process that has ended.
    """
    if sys.platform != "linux":
        return None
    return {name: _used_ms(pid) for name, pid in pids.items()}


def _used_ms(pid: int) -> float:
    try:
        return time.clock_gettime_ns(~pid << 3 | SCHEDULED) / 1e6
    except OSError as error:
        raise ProcessLookupError(f"Process {pid} has no clock any more.") from error
