"""Short-lived parts of an experiment: a module that runs as a process of its own and prints one line of JSON."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from apparatus.processes import Group, Part, PartEnded

ROOT = Path(__file__).resolve().parents[3]
ANSWER_WITHIN_S = 30.0


def start_module(
    group: Group, name: str, *module_and_arguments: str, environment: Mapping[str, str] | None = None
) -> Part:
    """Start `python -m ...` under this name; `environment` is the whole of it, None for ours."""
    return group.start(name, [sys.executable, "-m", *module_and_arguments], environment=environment, folder=ROOT)


def answer_of(group: Group, part: Part) -> Any:
    """What the last line that it prints says, as JSON, once it has ended; the group forgets it then.

    Raises PartEnded with that line when its exit code is not zero, TimeoutExpired after 30 s.
    """
    failed = part.process.wait(ANSWER_WITHIN_S)
    last_line = part.log().rstrip().rpartition("\n")[2]
    group.kill(part)
    if failed:
        raise PartEnded(last_line)
    return json.loads(last_line)
