"""What all benchmarks share: a real course, turns in mixed order, medians with their spread, the files they write."""

import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

from apparatus.processes import Group
from apparatus.redis_server import RedisBinary, find_server
from authoring.measured import rounded
from course.preparation import make_secret_key
from tests.live import LiveCourse

T = TypeVar("T")
Figure = float | dict[str, float | None]
ROOT = Path(__file__).resolve().parent.parent
LESSON = "redis-as-a-message-broker"
MEASURED = ROOT / "lessons" / "content" / LESSON / "measured"
SETTINGS = "benchmarks.site.settings"
DIGITS = 2


@contextmanager
def live_course() -> Iterator[LiveCourse]:
    """The course as `./up` runs it, with the addresses of benchmarks/site, in a folder that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        data_dir = Path(folder)
        make_secret_key(data_dir)
        os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
        with Group(data_dir / "logs") as group:
            yield LiveCourse(group, data_dir, find_server())


def in_turns(choices: Sequence[T], rounds: int) -> list[T]:
    """Every choice `rounds` times: each round has all of them, in an order of its own."""
    return [choice for _ in range(rounds) for choice in random.sample(choices, len(choices))]


def summary(values: Sequence[float | None]) -> dict[str, float | None]:
    """Median, lowest, highest and number of those values that there are."""
    there = [value for value in values if value is not None]
    if not there:
        return {"median": None, "n": 0}
    figures = {"median": statistics.median(there), "low": min(there), "high": max(there)}
    return {**{name: round(value, DIGITS) for name, value in figures.items()}, "n": len(there)}


def summary_of_rare(values: Sequence[float | None]) -> dict[str, float | None]:
    """The same of what mostly does not happen: its median is None when it happened no more than half the time."""
    there = [value for value in values if value is not None]
    median = statistics.median(there) if 2 * len(there) > len(values) else None
    return {"median": median, **({"low": min(there), "high": max(there)} if median else {}), "n": len(values)}


def child(module: str, *arguments: str, environment: Mapping[str, str]) -> Any:
    """Run a module of this package as a process of its own, and read the JSON that it prints."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=dict(environment), stdout=subprocess.PIPE, check=True, timeout=300)
    return json.loads(done.stdout)


def packages(*names: str) -> dict[str, str]:
    """Installed versions, by name."""
    return {name: version(name.lower()) for name in names}


def broker(binary: RedisBinary) -> dict[str, str]:
    """The server that was used, by its own name."""
    return {binary.name: binary.version}


def machine(note: str) -> str:
    """Processors and operating system of this machine, and a note on what ran where."""
    return f"{os.cpu_count()} cores, {_operating_system()}, {note}"


def _operating_system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"].replace("GNU/Linux ", "").partition(" (")[0]
    except OSError:
        return platform.platform(terse=True)


def load_average() -> float:
    """How many processes wanted a processor during the last minute."""
    return round(os.getloadavg()[0], 1)


def write(
    name: str, figures: Mapping[str, Figure], *, note: str, versions: Mapping[str, str], load: Sequence[float]
) -> None:
    """Write measured/<name>.json beside the lesson: one figure on a line, in the order of the names."""
    head = {
        "measured_on": datetime.now(UTC).date().isoformat(),
        "by": f"benchmarks/{name}.py",
        "machine": machine(note),
        "load_average": {"before": load[0], "after": load[1]},
        "versions": dict(versions),
    }
    lines = ",\n".join(f"    {json.dumps(key)}: {json.dumps(figures[key])}" for key in sorted(figures))
    text = json.dumps(head, indent=2).removesuffix("\n}") + f',\n  "figures": {{\n{lines}\n  }}\n}}\n'
    json.loads(text)
    path = MEASURED / f"{name}.json"
    path.write_text(text, encoding="utf-8")
    say(f"wrote {path.relative_to(ROOT)}")


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A table in Markdown."""
    lines = [" | ".join(map(str, row)) for row in (head, ["---"] * len(head), *rows)]
    return "\n".join(f"| {line} |" for line in lines)


def in_short(figure: Figure | None) -> str:
    """A figure in a cell of a table: median (low to high), and how many there were."""
    if figure is None:
        return ""
    if not isinstance(figure, dict):
        return rounded(figure)
    if figure["median"] is None:
        return f"none in most of {figure['n']:g}"
    median, low, high = (rounded(figure[part] or 0) for part in ("median", "low", "high"))
    return f"{median} ({low} to {high}), n {figure['n']:g}"


def say(line: str) -> None:
    """One line of progress."""
    print(line, flush=True)
