"""Drawing what was measured: the figure of one run, and the dots of all runs on one axis."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from authoring.figures import Span, axis_for, percent, ticks, timeline
from labs.bench.models import Run
from labs.bench.summary import Summary
from labs.bench.timeline import Timeline, said, timeline_of

FIRST_MS = 20.0  # where publishing and taking happen
ROW_PX = 96
CLAIM_ROW_PX = 42
CLAIM_AXIS_MS = 500.0
CLAIM_MARKS = ((0, "start", "0"), (100, "middle", "100"), (300, "middle", "300"), (500, "end", "500 ms"))
UNREPORTED_MS = 4  # how wide "under 16 ms" is drawn: visible, and less than any reported value
POINT_AT_IT = "Point at a bar, tap it, or go to it with Tab: here stands its exact span."
DOT_SCATTER_PX = (0, -9, 8, -4, 12, -13, 5, -8, 10, -2)  # so that dots with the same value can be told apart


def run_figure(drawn: Timeline, label: str, *, axis_ms: float, mini: bool, show_axis: bool = True) -> SafeString:
    """The five lanes of one run; unless it is mini, every bar says its exact span."""
    figure = timeline(
        drawn.spans,
        drawn.hops,
        axis_ms=axis_ms,
        label=f"{label}: {in_words(drawn)}",
        mini=mini,
        show_axis=show_axis,
        alive=not mini,
    )
    return figure if mini or not drawn.spans else figure + _said_below(drawn)


def common_axis(runs: Sequence[Run]) -> float:
    """One axis in ms for all these runs: two figures side by side must not differ in scale."""
    return axis_for(max((timeline_of(run).longest_ms for run in runs), default=300))


def run_start(run: Run, name: str) -> SafeString:
    """The beginning of a run, enlarged: its first 20 ms, or up to the answer where that is later.

    Bars that go on are cut at the edge and carry no value.
    """
    drawn = timeline_of(run)
    until_ms = max(FIRST_MS, 1.3 * (run.wait_ms or 0))
    spans = [
        span if span.end_ms <= until_ms * 0.85 else _cut(span, until_ms)
        for span in drawn.spans
        if span.start_ms < until_ms
    ]
    hops = [hop for hop in drawn.hops if hop.at_ms <= until_ms]
    label = f"{name}, the first {until_ms:.0f} ms: {in_words(drawn)}"
    figure = timeline(spans, hops, axis_ms=until_ms, label=label, mini=True, alive=True)
    return figure + _said_below(drawn)


def _cut(span: Span, until_ms: float) -> Span:
    return replace(span, end_ms=min(span.end_ms, until_ms), label="", off_ms=0, exactly=span.exact)


def _said_below(drawn: Timeline) -> SafeString:
    text = '<p class="small soft" data-said>{} <span class="scripted">{}</span></p>'
    return format_html(text, drawn.doubt, POINT_AT_IT)


def in_words(drawn: Timeline) -> str:
    """A figure for who cannot see it."""
    return ", ".join(f"{span.lane} {span.start_ms:.0f} to {span.end_ms:.0f} ms" for span in drawn.spans) or "no run yet"


def strip_plot(summaries: Sequence[Summary]) -> SafeString:
    """All runs of each condition as dots on one axis; the median upright, the prediction dashed."""
    values = [value for summary in summaries for value in (*summary.values_ms, summary.predicted_ms or 0)]
    axis_ms = axis_for(max(values, default=300))
    bottom = 24 + ROW_PX * len(summaries)
    parts = [axis(axis_ms, 24, bottom)]
    parts += [_row(summary, 24 + ROW_PX * index, axis_ms) for index, summary in enumerate(summaries)]
    label = "; ".join(_row_in_words(summary) for summary in summaries)
    return format_html(
        '<div class="plot"><svg height="{}" role="img" aria-label="{}">{}</svg></div>',
        bottom + 26,
        f"Waits on one axis from 0 to {axis_ms:.0f} ms. {label}.",
        SafeString("".join(parts)),
    )


def empty_axis(axis_ms: int) -> SafeString:
    """An axis without anything on it, for the learner's own guess."""
    return format_html('<svg height="24" width="100%" aria-hidden="true">{}</svg>', axis(axis_ms, 0, 2))


def axis(axis_ms: float, top: int, bottom: int) -> SafeString:
    """Rules at round times of an axis, from `top` to `bottom` in pixels; every other one has its label below."""
    marks = []
    positions = list(ticks(axis_ms))
    for index, at_ms in enumerate(positions):
        x = percent(at_ms, axis_ms)
        marks.append(format_html('<line class="rule" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>', x, top, bottom))
        if index % 2 == 0:
            anchor = "start" if index == 0 else "end" if at_ms > axis_ms * 0.97 else "middle"
            unit = " ms" if index + 2 >= len(positions) else ""
            text = '<text class="soft" x="{}" y="{}" text-anchor="{}">{}{}</text>'
            marks.append(format_html(text, x, bottom + 18, anchor, f"{at_ms:g}", unit))
    return SafeString("".join(marks))


def _row(summary: Summary, top: int, axis_ms: float) -> SafeString:
    middle = top + 38
    title = format_html('<text x="0" y="{}" font-weight="600">{}</text>', top + 4, summary.condition.label)
    line = format_html('<line class="rule" x1="0" x2="100%" y1="{0}" y2="{0}"/>', middle)
    dots = SafeString("").join(
        format_html(
            '<circle class="dot browser" cx="{}" cy="{}" r="3.5"/>',
            percent(wait_ms, axis_ms),
            middle + DOT_SCATTER_PX[index % len(DOT_SCATTER_PX)],
        )
        for index, wait_ms in enumerate(summary.values_ms)
    )
    return SafeString(title + line + dots + _median(summary, middle, axis_ms) + _guess(summary, middle, axis_ms))


def _median(summary: Summary, middle: int, axis_ms: float) -> SafeString:
    if summary.median_ms is None:
        return SafeString("")
    return format_html(
        '<line class="hop median" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>'
        '<text x="{0}" dx="8" y="{3}" font-weight="600">{4}</text>',
        percent(summary.median_ms, axis_ms),
        middle - 22,
        middle + 22,
        middle - 14,
        said(summary.median_ms),
    )


def _guess(summary: Summary, middle: int, axis_ms: float) -> SafeString:
    if summary.predicted_ms is None:
        return SafeString("")
    x = percent(summary.predicted_ms, axis_ms)
    near_right = summary.predicted_ms > axis_ms * 0.6
    return format_html(
        '<line class="guess" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>'
        '<text x="{0}" dx="{3}" y="{4}" text-anchor="{5}" font-style="italic">you: {6}</text>',
        x,
        middle - 24,
        middle + 30,
        -8 if near_right else 8,
        middle + 30,
        "end" if near_right else "start",
        f"{summary.predicted_ms:,.0f}",
    )


def _row_in_words(summary: Summary) -> str:
    said_before = "" if summary.predicted_ms is None else f", predicted {summary.predicted_ms:.0f} ms"
    if summary.median_ms is None:
        nothing = "no value reported" if summary.runs else "no run yet"
        return f"{summary.condition.label}: {nothing}{said_before}"
    return f"{summary.condition.label}: {summary.n} runs, median {summary.median_ms:.0f} ms{said_before}"


def claimed_gain(figures: Sequence[tuple[str, float | None, str]]) -> SafeString:
    """INP of each condition (label, ms, in words) beside the gain of 100 to 500 ms that is often claimed, dashed."""
    top = CLAIM_ROW_PX * len(figures)
    rows = SafeString("".join(_inp_row(index * CLAIM_ROW_PX, *figure) for index, figure in enumerate(figures)))
    claim = format_html(
        '<rect class="guess" x="20%" y="{}" width="80%" height="20"/>'
        '<text x="60%" y="{}" text-anchor="middle" font-style="italic">the gain often claimed</text>',
        top,
        top + 14.5,
    )
    text = '<text class="soft" x="{}" y="{}" text-anchor="{}">{}</text>'
    marks = format_html_join("", text, ((f"{at / 5:g}%", top + 42, anchor, word) for at, anchor, word in CLAIM_MARKS))
    spoken = ", ".join(f"{label} {words or 'not reported'}" for label, _, words in figures)
    return format_html(
        '<figure><svg height="{}" role="img" aria-label="{}">{}{}{}</svg></figure>',
        top + 48,
        f"INP on an axis from 0 to 500 ms: {spoken}. The gain often claimed reaches from 100 to 500 ms.",
        rows,
        claim,
        marks,
    )


def _inp_row(top: int, label: str, value_ms: float | None, words: str) -> SafeString:
    width = percent(min(value_ms or UNREPORTED_MS, CLAIM_AXIS_MS), CLAIM_AXIS_MS)
    return format_html(
        '<text x="0" y="{}" font-weight="600">{}</text>'
        '<rect class="bar browser" x="0" y="{}" width="{}" height="12"/><text x="{}" dx="6" y="{}">{}</text>',
        top + 14,
        label,
        top + 22,
        width,
        width,
        top + 33,
        words or "not reported",
    )
