"""The block `journeys`: what happened on the five lanes in one run or more, to scale, with the same as a table.

    ::: journeys from="journey.inside, journey.queued" titles="Inside the request | Through Redis" stages="yes"
    The caption.
    :::

A journey is the figures `<from>.<part>.start_ms` and `.end_ms`, in ms after the click, for the parts handler, browser,
web, redis, worker and mail; parts that the message does not pass are left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from authoring.blocks import Block, BlockType, RenderMarkdown
from authoring.figures import Hop, Remark, Span, Stage, axis_for, percent, timeline
from authoring.lanes import LANE_BY_SLUG, LANES, lane_html
from authoring.measured import Figures, rounded
from authoring.problems import ContentError, did_you_mean
from lessons.blocks.texts import inline

HANDLER = "handler"  # the click handler in the browser; it runs before the browser waits
PARTS = (HANDLER, *LANE_BY_SLUG)
MINI_PITCH_PX = 18
ROWS = (
    (HANDLER, "browser", "1 event handling"),
    ("browser", "browser", "2 network request: waits"),
    ("web", "web", "2 runs the view"),
    ("redis", "redis", "3 task scheduling: holds the message"),
    ("worker", "worker", "runs the task"),
    ("mail", "mail", "speaks SMTP"),
)


@dataclass(frozen=True)
class Journey:
    """One run: start and end of each part in ms after the click."""

    title: str
    parts: Mapping[str, tuple[float, float]]

    @property
    def answer_ms(self) -> float:
        """When the browser had its answer."""
        return self.parts["browser"][1]

    @property
    def end_ms(self) -> float:
        """When the last part was done."""
        return max(end for _, end in self.parts.values())


def render(block: Block, markdown: RenderMarkdown) -> SafeString:
    """All journeys on one scale. Raises ContentError when a journey has no figures or a lane is unknown."""
    journeys = _journeys(block)
    axis_ms = axis_for(max(journey.end_ms for journey in journeys))
    lanes = _lanes(block)
    figures = []
    for journey in journeys:
        figures.append(format_html('<h3 class="ui">{}{}</h3>', journey.title, _gain(block, journey, journeys[0])))
        figures.append(_figure(block, journey, journeys, axis_ms, lanes))
    return format_html(
        "<figure{}>{}<figcaption>{}</figcaption></figure>{}",
        SafeString("" if _is_mini(block) else ' class="wide"'),
        SafeString("".join(figures)),
        inline(markdown(block.body.strip(), block.line + 1)),
        SafeString("") if _is_mini(block) else _table(journeys),
    )


def _gain(block: Block, journey: Journey, first: Journey) -> str:
    gain_ms = first.answer_ms - journey.answer_ms
    return f": the answer {_ms(gain_ms)} sooner" if _is_mini(block) and gain_ms > 0 else ""


def _journeys(block: Block) -> list[Journey]:
    prefixes = [name.strip() for name in block.options["from"].split(",")]
    titles = [title.strip() for title in block.options["titles"].split("|")]
    if len(prefixes) != len(titles):
        raise ContentError("There are not as many titles as journeys.", "Part names in `from` by , and titles by |.")
    return [Journey(title, _parts(block.figures, prefix)) for prefix, title in zip(prefixes, titles, strict=True)]


def _parts(figures: Figures, prefix: str) -> dict[str, tuple[float, float]]:
    parts = {
        part: (figures.number(f"{prefix}.{part}.start_ms"), figures.number(f"{prefix}.{part}.end_ms"))
        for part in PARTS
        if f"{prefix}.{part}.start_ms" in figures.by_name
    }
    if not {HANDLER, "browser", "web"} <= parts.keys():
        known = {name.split(".handler.")[0] for name in figures.by_name if ".handler." in name}
        raise ContentError(f"There is no journey {prefix}.", did_you_mean(prefix, known))
    return parts


def _lanes(block: Block) -> list[str]:
    wanted = [name.strip() for name in block.options.get("lanes", "").split(",") if name.strip()]
    for name in wanted:
        if name not in LANE_BY_SLUG:
            raise ContentError(f"Unknown lane {name}.", did_you_mean(name, LANE_BY_SLUG))
    return wanted or [lane.slug for lane in LANES]


def _is_mini(block: Block) -> bool:
    return block.options.get("size") == "mini"


def _figure(block: Block, journey: Journey, journeys: list[Journey], axis_ms: float, lanes: list[str]) -> SafeString:
    is_last = journey is journeys[-1]
    return timeline(
        _spans(journey, mini=_is_mini(block), is_first=journey is journeys[0]),
        [] if _is_mini(block) else _hops(journey),
        axis_ms=axis_ms,
        label=_in_words(journey),
        mini=_is_mini(block),
        show_axis=is_last,
        lanes=lanes,
        stages=_stages(journey) if block.options.get("stages") == "yes" else (),
        said=[Span(block.options["said"], 0, journey.answer_ms)] if "said" in block.options and not is_last else (),
        remarks=_bottleneck(block, journey) if not is_last else (),
        extra=_sooner(journey, journeys[0], axis_ms) if _is_mini(block) else SafeString(""),
    )


def _spans(journey: Journey, *, mini: bool, is_first: bool) -> list[Span]:
    handler_end_ms = journey.parts[HANDLER][1]
    answer = "" if mini and not is_first else _ms(journey.answer_ms)  # there the bracket takes the place of the words
    spans = [Span("browser", handler_end_ms, journey.answer_ms, answer, waiting=True)]
    spans.append(Span("browser", *journey.parts[HANDLER]))
    for lane, (start_ms, end_ms) in journey.parts.items():
        if lane not in (HANDLER, "browser"):
            spans.append(Span(lane, start_ms, end_ms, _ms(end_ms if mini else end_ms - start_ms)))
    return spans


def _hops(journey: Journey) -> list[Hop]:
    parts = journey.parts
    sender = "worker" if "worker" in parts else "web"
    hops = [Hop(parts["web"][0], "browser", "web"), Hop(parts["web"][1], "web", "browser")]
    if "redis" in parts:
        hops.append(Hop(parts["redis"][0], "web", "redis"))
    if "worker" in parts:
        hops.append(Hop(parts["worker"][0], "redis", "worker"))
    if "mail" in parts:
        hops += [Hop(at_ms, sender, "mail") for at_ms in parts["mail"]]
    return hops


def _stages(journey: Journey) -> list[Stage]:
    start_ms, end_ms = journey.parts[HANDLER]
    stages = [Stage(1, "event handling", start_ms, end_ms), Stage(2, "network request", end_ms, journey.answer_ms)]
    if "redis" in journey.parts:
        stages.append(Stage(3, "task scheduling", *journey.parts["redis"]))
    return stages


def _bottleneck(block: Block, journey: Journey) -> list[Remark]:
    lane = block.options.get("bottleneck", "")
    if not lane or lane not in journey.parts:
        return []
    above = list(LANE_BY_SLUG)[list(LANE_BY_SLUG).index(lane) - 1]
    return [Remark(above, journey.parts[lane][0], "bottleneck here")]


def _sooner(journey: Journey, first: Journey, axis_ms: float) -> SafeString:
    """A bracket from this answer to the first journey's."""
    if journey is first:
        return SafeString("")
    start, end = percent(journey.answer_ms, axis_ms), percent(first.answer_ms, axis_ms)
    middle = MINI_PITCH_PX / 2
    lines = (
        '<line class="span" x1="{0}" x2="{1}" y1="{2}" y2="{2}"/>'
        '<line class="span" x1="{1}" x2="{1}" y1="{3}" y2="{4}"/>'
    )
    return format_html(lines, start, end, middle, middle - 5, middle + 5)


def _in_words(journey: Journey) -> str:
    busy = [
        f"{LANE_BY_SLUG[lane].label} {rounded(start_ms)} to {rounded(end_ms)} ms"
        for lane, (start_ms, end_ms) in journey.parts.items()
        if lane not in (HANDLER, "browser")
    ]
    return f"{journey.title}: the answer is there after {rounded(journey.answer_ms)} ms. {', '.join(busy)}."


def _table(journeys: list[Journey]) -> SafeString:
    heads = SafeString("".join(format_html('<th scope="col" class="n">{}, ms</th>', one.title) for one in journeys))
    rows = SafeString("".join(_table_row(*row, journeys) for row in ROWS))
    return format_html(
        '<details class="more"><summary>The same as a table</summary><table><thead><tr>'
        '<th scope="col">Lane</th><th scope="col">Stage</th>{}</tr></thead><tbody>{}</tbody></table></details>',
        heads,
        rows,
    )


def _table_row(part: str, lane: str, what: str, journeys: list[Journey]) -> SafeString:
    cells = [_cell(journey, part) for journey in journeys]
    return format_html(
        '<tr><th scope="row">{}</th><td>{}</td>{}</tr>', lane_html(lane), what, SafeString("".join(cells))
    )


def _cell(journey: Journey, part: str) -> SafeString:
    if part not in journey.parts:
        return SafeString('<td class="n soft">none</td>')
    start_ms, end_ms = journey.parts[part]
    start_ms = journey.parts[HANDLER][1] if part == "browser" else start_ms
    return format_html('<td class="n">{} to {}</td>', rounded(start_ms), rounded(end_ms))


def _ms(value_ms: float) -> str:
    return f"{rounded(value_ms)} ms"


BLOCKS = (
    BlockType(
        "journeys", render, required=("from", "titles"), optional=("size", "lanes", "stages", "said", "bottleneck")
    ),
)
