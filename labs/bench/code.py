"""The code that ran, read from its files, its margin in the lanes' colours.

A line of such a file may end in a mark, which the page shows as a note at the end of the line:

    mail.send()  # lane: mail mail

or, in a script, in `// lane: browser`. From that line on, up to the next mark or empty line, time is spent in the
first word, a lane. The second word may name what was measured there: a lane's bar, `publish`, or `work` (both are
stamps of the web process).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

from authoring.code_figure import Margin, code_figure
from authoring.lanes import LANE_BY_SLUG
from labs.bench.lab import Lab
from labs.bench.results import ShownRun
from labs.bench.timeline import said

LANGUAGES = {".py": "python", ".js": "javascript"}
MARK = re.compile(rf"  (?:#|//) lane: (?P<lane>{'|'.join(LANE_BY_SLUG)})(?: (?P<measured>[a-z]+))?$")
STAMPED = {"publish": ("publish_started", "published"), "work": ("work_started", "work_finished")}


@dataclass(frozen=True)
class Marked:
    """A file without its marks, and the marks by index of their line: the lane, and what was measured there."""

    text: str
    marks: Mapping[int, tuple[str, str]]


def code_that_ran(lab: Lab, shown: Sequence[ShownRun]) -> list[SafeString]:
    """One figure for each file of the lab, with the durations of the runs that the page shows."""
    measured = durations(shown)
    return [_figure(path, measured) for path in lab.code]


def durations(shown: Sequence[ShownRun]) -> dict[str, list[float]]:
    """What the newest runs measured in ms, by name; one value for each run that has it, in the order of conditions."""
    found: dict[str, list[float]] = {}
    for one in shown:
        for name, value_ms in _durations_of(one).items():
            found.setdefault(name, []).append(value_ms)
    return found


def read_marked(path: Path) -> Marked:
    """The file with its marks taken out of its lines."""
    lines, marks = [], {}
    for index, line in enumerate(path.read_text(encoding="utf-8").rstrip("\n").split("\n")):
        if found := MARK.search(line):
            marks[index] = (found["lane"], found["measured"] or "")
        lines.append(line[: found.start()] if found else line)
    return Marked("\n".join(lines), marks)


_kept = cache(read_marked)


def _figure(path: Path, measured: Mapping[str, Sequence[float]]) -> SafeString:
    marked = read_marked(path) if settings.AUTHOR else _kept(path)
    margins = {index: Margin(lane, _note(lane, measured.get(name, ()))) for index, (lane, name) in marked.marks.items()}
    caption = format_html("<strong>{}</strong>", path.relative_to(settings.BASE_DIR).as_posix())
    return code_figure(caption, marked.text, margins, language=LANGUAGES.get(path.suffix, "text"))


def _note(lane: str, values_ms: Sequence[float]) -> str:
    return f"{LANE_BY_SLUG[lane].label} {' and '.join(said(value) for value in values_ms)}".rstrip()


def _durations_of(one: ShownRun) -> dict[str, float]:
    if one.run is None:
        return {}
    stamps = one.run.web_stamps
    found = {span.lane: span.end_ms - span.start_ms for span in one.timeline.spans}
    for name, (start, end) in STAMPED.items():
        if start in stamps and end in stamps:
            found[name] = 1000 * (stamps[end] - stamps[start])
    return found
