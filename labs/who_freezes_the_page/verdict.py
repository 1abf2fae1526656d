"""What the runs of this lab say, in two or three sentences: who froze the page, and what the queue moved."""

from collections.abc import Sequence

from labs.bench.browser_side import inp_of, median_of
from labs.bench.lab import INP
from labs.bench.summary import Summary
from labs.bench.timeline import said

FROZEN_MS = 100  # a person sees a stop of more than 0.1 s (Nielsen, "Response times: the 3 important limits")


def verdict(summaries: Sequence[Summary]) -> str:
    """Who froze the page with the slow server; empty while a style is missing. Then what the queue did for fetch."""
    slow = [summary for summary in summaries if summary.condition.slug.endswith("-slow")]
    gaps_ms = {summary.condition.slug: median_of(summary.runs, "frame_gap_ms") for summary in slow}
    if not slow or None in gaps_ms.values():
        return ""
    frozen = [summary for summary in slow if (gaps_ms[summary.condition.slug] or 0) > FROZEN_MS]
    rest = [summary for summary in slow if summary not in frozen]
    sentences = [_frozen(frozen), _painting(rest), _fetch({one.condition.slug: one for one in summaries})]
    return " ".join(filter(None, sentences))


def _frozen(frozen: Sequence[Summary]) -> str:
    if not frozen:
        return "Nothing froze the page."
    told = [f"{_style(one)} ({_gap(one)}, INP {_inp(one)})" for one in frozen]
    return f"With the slow server the page froze for {' and '.join(told)}."


def _painting(rest: Sequence[Summary]) -> str:
    if not rest:
        return ""
    longest_ms = max(median_of(one.runs, "frame_gap_ms") or 0 for one in rest)
    told = ", ".join(f"{_style(one)} {_inp(one)}" for one in rest)
    return f"It went on painting for the others, with no gap over {said(longest_ms)}. Their INP: {told}."


def _fetch(by_slug: dict[str, Summary]) -> str:
    slow, fast = by_slug["fetch-slow"], by_slug["fetch-fast"]
    if slow.median_ms is None or fast.median_ms is None:
        return ""
    apart_ms = slow.median_ms - fast.median_ms
    moved = f"{slow.median_ms:.0f} and {fast.median_ms:.0f} ms"
    if abs(apart_ms) <= INP.grain_ms:
        found = f"Through Redis the INP of fetch is no different ({moved})"
    else:
        found = f"Through Redis the INP of fetch is {'shorter' if apart_ms > 0 else 'longer'} ({moved})"
    text = [median_of(one.runs, "feedback_ms") for one in (slow, fast)]
    if text[0] is None or text[1] is None:
        return f"{found}."
    return f"{found}; its text is painted after {said(text[1])} instead of {said(text[0])}."


def _style(summary: Summary) -> str:
    return summary.condition.label.partition(",")[0]


def _gap(summary: Summary) -> str:
    return said(median_of(summary.runs, "frame_gap_ms") or 0)


def _inp(summary: Summary) -> str:
    if summary.median_ms is not None:
        return f"{summary.median_ms:.0f} ms"
    return " or ".join(sorted({inp_of(run) for run in summary.runs} - {""})) or "not reported by this browser"
