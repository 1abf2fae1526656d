"""Small figures with a time axis: `bars` (a panel of DevTools) and `gain` (what is said against what was measured)."""

from collections.abc import Iterable
from itertools import takewhile

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from authoring.blocks import Block, BlockType, RenderMarkdown
from authoring.figures import axis_for, percent, ticks
from authoring.problems import Problem
from lessons.blocks.texts import inline

ROW_PX = 50
TOP_PX = 44


def bars(block: Block, markdown: RenderMarkdown) -> SafeString:
    """One bar in the browser's colour a line: `what | figure | words behind it`; the last paragraph is the caption."""
    rows = _rows(block)
    caption = block.body.strip().partition("\n\n")[2]
    values = {name: block.figures.number(figure) for name, figure, *_ in rows}
    scale_ms = block.figures.number(block.options["scale"]) if "scale" in block.options else 0
    axis_ms = axis_for(
        max(scale_ms, *values.values()) * 0.72
    )  # words stand above the bars, so these need no room behind
    label = f"{block.options['title']}: " + ", ".join(f"{name} {_words(block, row)}" for name, *row in rows) + "."
    caption_line = block.line + 1 + block.body.count("\n", 0, block.body.find(caption))
    return format_html(
        '<figure><svg height="{}" role="img" aria-label="{}">{}{}{}</svg><figcaption>{}</figcaption></figure>',
        TOP_PX + ROW_PX * len(rows) + 28,
        label,
        _titles(block),
        _scale(axis_ms, len(rows)),
        SafeString("".join(_bar(block, row, index, axis_ms) for index, row in enumerate(rows))),
        inline(markdown(caption, caption_line)),
    )


def _rows(block: Block) -> list[list[str]]:
    lines = takewhile(str.strip, block.body.strip().split("\n"))
    return [[cell.strip() for cell in line.split("|")] for line in lines]


def check_bars(block: Block) -> Iterable[Problem]:
    """Whether each line names a bar and its figure."""
    rows = _rows(block)
    if not rows or any(len(row) < 2 for row in rows):
        hint = "Write `what | figure | words behind it` on each line, and an empty line above the caption."
        yield Problem(block.path, block.line, "Not every line of these bars names a figure.", hint)


def _titles(block: Block) -> SafeString:
    return format_html(
        '<text x="0" y="16" font-weight="600">{}</text><text class="soft" x="100%" y="16" text-anchor="end">{}</text>'
        '<line class="span" x1="0" x2="100%" y1="28" y2="28"/>',
        block.options["title"],
        block.options["track"],
    )


def _scale(axis_ms: float, rows: int) -> SafeString:
    positions = list(ticks(axis_ms))
    tops = [TOP_PX + ROW_PX * index + 22 for index in range(rows)]
    rule = '<line class="rule" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>'
    rules = format_html_join(
        "", rule, ((percent(at_ms, axis_ms), top, top + 22) for at_ms in positions for top in tops)
    )
    labels = (
        _label(at_ms, axis_ms, TOP_PX + ROW_PX * rows + 14, " ms" if at_ms == positions[-1] else "")
        for at_ms in (0, positions[len(positions) // 2], positions[-1])
    )
    return rules + SafeString("".join(labels))


def _label(at_ms: float, axis_ms: float, y: float, unit: str) -> SafeString:
    anchor = "start" if not at_ms else "end" if at_ms >= axis_ms * 0.97 else "middle"
    text = '<text class="soft" x="{}" y="{}" text-anchor="{}">{}{}</text>'
    return format_html(text, percent(at_ms, axis_ms), y, anchor, f"{at_ms:g}", unit)


def _bar(block: Block, row: list[str], index: int, axis_ms: float) -> SafeString:
    top = TOP_PX + index * ROW_PX
    return format_html(
        '<text x="0" y="{}">{}</text><text x="100%" y="{}" text-anchor="end" font-weight="600">{}</text>'
        '<rect class="{} browser" x="0" y="{}" width="{}" height="14"/>',
        top + 18,
        row[0],
        top + 18,
        _words(block, row[1:]),
        "wait" if block.options.get("waiting") == "yes" else "bar",
        top + 26,
        percent(block.figures.number(row[1]), axis_ms),
    )


def _words(block: Block, row: list[str]) -> str:
    return ", ".join([block.figures.text(row[0]), *row[1:]])


def check_gain(block: Block) -> Iterable[Problem]:
    """Whether the said gain fits on its axis."""
    numbers = [block.options[name] for name in ("low_ms", "high_ms", "axis_ms")]
    hint = 'Write low_ms="100" high_ms="500" axis_ms="600": whole numbers, each larger than the one before.'
    if not all(number.isdecimal() and len(number) < 7 for number in numbers):
        yield Problem(block.path, block.line, f"“{', '.join(numbers)}” are not three numbers.", hint)
    elif not int(numbers[0]) < int(numbers[1]) <= int(numbers[2]):
        yield Problem(block.path, block.line, "The gain that is said does not fit on its axis.", hint)


def gain(block: Block, markdown: RenderMarkdown) -> SafeString:
    """An axis in ms: a dashed stretch for what is said, a dot in the browser's colour for what was measured."""
    axis_ms, low_ms, high_ms = (float(block.options[name]) for name in ("axis_ms", "low_ms", "high_ms"))
    measured = block.figures.quantity(block.options["measured"])
    at_ms = min(max(measured.number or 0, 0), axis_ms)
    vital = block.options["vital"]
    label = (
        f"Gain in {vital} on an axis from 0 to {axis_ms:g} ms: said {low_ms:g} to {high_ms:g} ms, measured {measured}."
    )
    return format_html(
        '<figure class="wide"><svg height="60" role="img" aria-label="{}">'
        '<line class="rule" x1="0" x2="100%" y1="26" y2="26"/>'
        '<rect class="guess" x="{}" width="{}" y="16" height="20"/>'
        '<text x="{}" y="30.5" text-anchor="middle" font-style="italic">said gain in {}</text>'
        '<circle class="dot browser" cx="{}" cy="26" r="6"/>'
        '<text x="0" y="10" font-weight="600">measured gain: {}</text>{}</svg></figure>',
        label,
        percent(low_ms, axis_ms),
        percent(high_ms - low_ms, axis_ms),
        percent((low_ms + high_ms) / 2, axis_ms),
        vital,
        percent(at_ms, axis_ms),
        str(measured),
        _ends(axis_ms, low_ms),
    )


def _ends(axis_ms: float, low_ms: float) -> SafeString:
    text = '<text class="soft" x="{}" y="54" text-anchor="{}">{}</text>'
    marks = ((0, "start", "0"), (low_ms, "middle", f"{low_ms:g}"), (axis_ms, "end", f"{axis_ms:g} ms"))
    return format_html_join("", text, ((percent(at_ms, axis_ms), anchor, words) for at_ms, anchor, words in marks))


BLOCKS = (
    BlockType("bars", bars, required=("title", "track"), optional=("scale", "waiting"), check=check_bars),
    BlockType(
        "gain",
        gain,
        required=("vital", "measured", "axis_ms", "low_ms", "high_ms"),
        has_body=False,
        check=check_gain,
    ),
)
