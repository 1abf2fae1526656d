"""A learner's own runs as data: one row each, with every span in ms."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from authoring.lanes import LANES
from labs.bench.crowd import judged
from labs.bench.forms import DURATIONS_MS
from labs.bench.models import Run
from labs.bench.timeline import timeline_of

OF_THE_CROWD = ("crowded", "alone", "others")
COLUMNS = ("run", "lab", "condition", "at", "phase", *OF_THE_CROWD, "wait_ms", "view_ms", *DURATIONS_MS, "interrupted")
LANE_COLUMNS = tuple(f"{lane.slug}_{end}_ms" for lane in LANES for end in ("start", "end"))


def rows(runs: Sequence[Run]) -> list[dict[str, Any]]:
    """Every run as one flat row."""
    return [_row(run) for run in judged(runs)]


def as_csv(runs: Sequence[Run]) -> str:
    """The rows as CSV with a header; parameters come last, one column each."""
    made = rows(runs)
    parameters = sorted({name for run in runs for name in run.parameters})
    text = io.StringIO()
    writer = csv.DictWriter(text, [*COLUMNS, *LANE_COLUMNS, *parameters])
    writer.writeheader()
    writer.writerows(made)
    return text.getvalue()


def _row(run: Run) -> dict[str, Any]:
    spans = {
        f"{span.lane}_{end}_ms": round(at_ms, 2)
        for span in timeline_of(run).spans
        for end, at_ms in (("start", span.start_ms), ("end", span.end_ms))
    }
    return {
        "run": run.pk,
        "lab": run.lab,
        "condition": run.condition,
        "at": run.created_at.isoformat(),
        "phase": run.phase,
        **{name: getattr(run, name) for name in OF_THE_CROWD},
        "wait_ms": _rounded(run.wait_ms),
        "view_ms": _rounded(run.view_ms),
        **{name: _rounded(run.browser_stamps.get(name)) for name in DURATIONS_MS},
        "interrupted": run.interrupted,
        **spans,
        **run.parameters,
    }


def _rounded(value_ms: float | None) -> float | None:
    return None if value_ms is None else round(value_ms, 2)
