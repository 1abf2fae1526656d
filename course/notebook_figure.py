"""The calibration strip: every measured prediction on one axis, dashed what was said, solid what was measured."""

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

from authoring.figures import axis_for, percent
from labs.bench.calibration import Calibrated
from labs.bench.charts import axis

ROW_PX = 44
SHOWN = 12  # the newest so many; the table beside it has all


def calibration_strip(all_of_them: Sequence[Calibrated]) -> SafeString:
    """The strip as SVG; nothing without a measured prediction."""
    measured = [one for one in all_of_them if one.measured_ms is not None][-SHOWN:]
    if not measured:
        return SafeString("")
    axis_ms = axis_for(max(max(one.predicted_ms, one.measured_ms or 0) for one in measured))
    bottom = ROW_PX * len(measured)
    rows = SafeString("".join(_row(one, index * ROW_PX, axis_ms) for index, one in enumerate(measured)))
    return format_html(
        '<figure><svg height="{}" role="img" aria-label="{}">{}{}</svg>'
        "<figcaption>Dashed: what you wrote. Solid: the median of what you then measured.</figcaption></figure>",
        bottom + 24,
        f"{len(measured)} predictions on one axis in ms: {'; '.join(_in_words(one) for one in measured)}.",
        axis(axis_ms, 0, bottom),
        rows,
    )


def _row(one: Calibrated, top: int, axis_ms: float) -> SafeString:
    wrote, was = percent(one.predicted_ms, axis_ms), percent(one.measured_ms or 0, axis_ms)
    return format_html(
        '<text x="0" y="{}">{}</text><line class="span" x1="{}" x2="{}" y1="{}" y2="{}"/>'
        '<line class="guess" x1="{}" x2="{}" y1="{}" y2="{}"/><circle class="dot browser" cx="{}" cy="{}" r="5"/>',
        *(top + 14, one.condition.label),
        *(wrote, was, top + 28, top + 28),
        *(wrote, wrote, top + 19, top + 37),
        *(was, top + 28),
    )


def _in_words(one: Calibrated) -> str:
    return f"{one.condition.label}: wrote {one.predicted}, was {one.measured}"
