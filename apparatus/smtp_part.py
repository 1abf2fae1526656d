"""The SMTP server as one part of a group of processes."""

import json
import sys

from apparatus.processes import Group, Part

START_TIMEOUT_S = 20.0


def start_smtp_server(group: Group, base_port: int = 0, host: str = "127.0.0.1", name: str = "SMTP") -> Part:
    """Start the course's SMTP server. With base port 0 it takes the first free block of 30 ports from 2525 up."""
    module = [sys.executable, "-m", "apparatus.smtp_server"]
    return group.start(name, [*module, "--host", host, "--base-port", str(base_port)])


def wait_for_base_port(group: Group, part: Part) -> int:
    """The base port of a started server, once it serves. Raises PartEnded or NotYet."""
    return group.wait_for(part, lambda: _announced_port(part), START_TIMEOUT_S)


def _announced_port(part: Part) -> int | None:
    for line in part.log().splitlines():
        if line.startswith('{"ready"') and line.endswith("}"):
            return int(json.loads(line)["base_port"])
    return None
