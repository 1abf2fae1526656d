"""From clicks to figures, under the names that the lesson prints."""

from collections.abc import Mapping, Sequence

from benchmarks.client_clicks import Click, arrived_ms
from benchmarks.client_trace import Traced
from benchmarks.measuring import Figure, in_short, summary, summary_of_rare, table

OF_EVERY_STYLE = ("inp_ms", "final_text_ms", "freeze_ms", "processing_ms")
OF_SCRIPTS = ("dom_operations", "waiting_ms", "mail_ms", "publish_ms")
OF_THE_FORM = ("ttfb_ms", "post_ms", "fcp_ms", "lcp_ms")
JOURNEYS = "fetch"  # the style whose runs are drawn

Cells = Mapping[tuple[str, str], Sequence[Click]]


def click_figures(cells: Cells) -> dict[str, Figure]:
    """All figures of all cells."""
    figures: dict[str, Figure] = {}
    for (style, condition), clicks in cells.items():
        figures |= {f"{style}.{condition}.{name}": value for name, value in _cell(style, clicks).items()}
        if style == JOURNEYS:
            figures |= {f"journey.{condition}.{name}": value for name, value in journey(clicks).items()}
    return figures


def _cell(style: str, clicks: Sequence[Click]) -> dict[str, Figure]:
    names = (*OF_EVERY_STYLE, *(OF_THE_FORM if style == "form" else OF_SCRIPTS))
    figures: dict[str, Figure] = {name: summary([click[name] for click in clicks]) for name in names}
    if style == JOURNEYS:
        figures["mail_arrived_ms"] = summary([mail_arrived_ms(click) for click in clicks])
    there = {name: figure for name, figure in figures.items() if isinstance(figure, dict) and figure["n"]}
    return {
        "clicks": len(clicks),
        "long_task_ms": summary_of_rare([click["long_task_ms"] for click in clicks]),
        "long_task_clicks": sum(click["long_task_ms"] is not None for click in clicks),
        **there,
    }


def mail_arrived_ms(click: Click) -> float:
    """When the mail had arrived, in ms since the click."""
    at_ms = arrived_ms(click["state"])
    assert at_ms is not None
    return float(at_ms + click["sent_ms"])


def journey(clicks: Sequence[Click]) -> dict[str, Figure]:
    """Start and end of every part, in ms since the click, of the click whose final text came nearest the median."""
    median = summary([click["final_text_ms"] for click in clicks])["median"]
    drawable = [click for click in clicks if click["processing_ms"] is not None] or clicks
    click = min(drawable, key=lambda click: abs(click["final_text_ms"] - (median or 0)))
    parts = {"browser": (0.0, click["final_text_ms"]), "handler": handler(click)}
    for span in click["state"]["spans"]:
        if span["lane"] != "browser":
            parts[span["lane"]] = (span["start_ms"] + click["sent_ms"], span["end_ms"] + click["sent_ms"])
    ends = {f"{part}.start_ms": start for part, (start, _) in parts.items()}
    ends |= {f"{part}.end_ms": end for part, (_, end) in parts.items()}
    return {name: round(value, 1) for name, value in ends.items()}


def handler(click: Click) -> tuple[float, float]:
    """When the click's handler ran; without an event in the browser's report, from the click until the request left."""
    if click["processing_ms"] is None:
        return 0.0, float(click["sent_ms"])
    start_ms = float(click["handler_start_ms"])
    return start_ms, start_ms + float(click["processing_ms"])


def trace_figures(cells: Mapping[tuple[str, str], Sequence[Traced]]) -> dict[str, Figure]:
    """Layouts and paint time of the recorded clicks."""
    figures: dict[str, Figure] = {}
    for (style, condition), traced in cells.items():
        figures[f"{style}.{condition}.reflows"] = summary([one.reflows for one in traced])
        figures[f"{style}.{condition}.paint_ms"] = summary([one.paint_ms for one in traced])
    return figures


def publish_figures(firsts: Sequence[float], warm: Sequence[float]) -> dict[str, Figure]:
    """What it takes to hand a message to Redis."""
    return {"first_publish_ms": summary(firsts), "publish_ms": summary(warm)}


def tables(figures: Mapping[str, Figure]) -> str:
    """The figures for people: one row for each cell."""
    cells = [name.removesuffix(".clicks") for name in figures if name.endswith(".clicks")]

    def rows(names: Sequence[str], of: Sequence[str]) -> list[list[str]]:
        return [[cell, *(in_short(figures.get(f"{cell}.{name}")) for name in names)] for cell in of]

    everywhere = ("inp_ms", "final_text_ms", "freeze_ms", "long_task_ms", "long_task_clicks")
    of_fetch = ("processing_ms", "waiting_ms", "mail_ms", "mail_arrived_ms", "dom_operations", "reflows", "paint_ms")
    parts = (
        table(("cell", *everywhere), rows(everywhere, cells)),
        table(("cell", *OF_THE_FORM), rows(OF_THE_FORM, [cell for cell in cells if cell.startswith("form.")])),
        table(("cell", *of_fetch), rows(of_fetch, [cell for cell in cells if cell.startswith("fetch.")])),
        table(("", "ms"), [[name, in_short(figures[name])] for name in ("publish_ms", "first_publish_ms")]),
    )
    return "\n\n".join(parts)
