"""The block `table`: a Markdown table with a caption, row headings, and, on a phone, a way to be read.

    ::: table caption="Medians." fit="turn"
    | The work is done | Response time | Verdict |
    |---|--:|---|
    | in the request | {{ a }} | bad |
    :::

`fit="turn"` stands it on its side on a narrow page (few rows, many columns), `fit="scroll"` lets it be moved sideways.
Neighbouring headings `INP: mail` and `INP: queue` get one heading INP above both.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.utils.html import format_html
from django.utils.safestring import SafeString

from authoring.blocks import Block, BlockType, RenderMarkdown
from authoring.problems import Problem, did_you_mean
from lessons.blocks.texts import inline

FITS = ("turn", "scroll")
SCOPES = {"columnheader": ("th", "col"), "rowheader": ("th", "row"), "cell": ("td", "")}
DASHES = re.compile(r":?-{3,}:?|-+:?")


@dataclass(frozen=True)
class Row:
    """The cells of one line of the text."""

    line: int
    cells: tuple[str, ...]


def check(block: Block) -> Iterable[Problem]:
    """Whether there is a head, a line of dashes, and as many cells in every row."""
    fit = block.options["fit"]
    if fit not in FITS:
        yield Problem(block.path, block.line, f"A table cannot {fit}.", did_you_mean(fit, FITS))
    rows = _rows(block)
    if len(rows) < 3 or not all(DASHES.fullmatch(cell) for cell in rows[1].cells):
        hint = "Write headings, then a line of |---|--:|, then at least one row."
        yield Problem(block.path, block.line, "This is not a table.", hint)
        return
    for row in rows[1:]:
        if len(row.cells) != len(rows[0].cells):
            message = f"This row has {len(row.cells)} cells, the head has {len(rows[0].cells)}."
            yield Problem(block.path, row.line, message, "Give both as many.")


def render(block: Block, markdown: RenderMarkdown) -> SafeString:
    """The table, with scopes for who hears it instead of seeing it."""
    head, dashes, *body = _rows(block)
    classes = ["n" if cell.endswith(":") else "" for cell in dashes.cells]
    table = format_html(
        "<caption>{}</caption><thead{}>{}</thead><tbody{}>{}</tbody>",
        inline(markdown(block.options["caption"], block.line)),
        _role(block, "rowgroup"),
        _head(block, head, classes, markdown),
        _role(block, "rowgroup"),
        SafeString("".join(_row(block, row, classes, markdown) for row in body)),
    )
    if block.options["fit"] == "turn":
        return format_html('<table class="wide turn" role="table">{}</table>', table)
    region = '<div class="scroll" tabindex="0" role="region" aria-label="{}"><table>{}</table></div>'
    return format_html(region, block.options.get("label") or "Table", table)


def _rows(block: Block) -> list[Row]:
    lines = enumerate(block.body.split("\n"), block.line + 1)
    return [
        Row(number, tuple(cell.strip() for cell in line.strip().strip("|").split("|")))
        for number, line in lines
        if line.strip()
    ]


def _head(block: Block, head: Row, classes: list[str], markdown: RenderMarkdown) -> SafeString:
    groups = [cell.rpartition(": ")[0] for cell in head.cells]
    names = [cell.rpartition(": ")[2] for cell in head.cells] if any(groups) else list(head.cells)
    cells = (
        _cell(block, "columnheader", kind, inline(markdown(name, head.line)) if name else SafeString(""))
        for name, kind in zip(names, classes, strict=True)
    )
    row = format_html("<tr{}>{}</tr>", _role(block, "row"), SafeString("".join(cells)))
    return format_html("<tr>{}</tr>{}", SafeString("".join(_group_cells(groups))), row) if any(groups) else row


def _group_cells(groups: list[str]) -> Iterator[SafeString]:
    for group, members in groupby(groups):
        count = len(list(members))
        if group:
            yield format_html('<th scope="colgroup" colspan="{}" class="n">{}</th>', count, group)
        else:
            yield format_html("<td{}></td>", format_html(' colspan="{}"', count) if count > 1 else "")


def _row(block: Block, row: Row, classes: list[str], markdown: RenderMarkdown) -> SafeString:
    first, *rest = [inline(markdown(cell, row.line)) for cell in row.cells]
    cells = [_cell(block, "rowheader", classes[0], first)]
    cells += [_cell(block, "cell", kind, cell) for cell, kind in zip(rest, classes[1:], strict=True)]
    return format_html("<tr{}>{}</tr>", _role(block, "row"), SafeString("".join(cells)))


def _cell(block: Block, role: str, kind: str, content: SafeString) -> SafeString:
    tag, scope = SCOPES[role]
    attributes = _role(block, role)
    attributes += format_html(' scope="{}"', scope) if scope else SafeString("")
    attributes += format_html(' class="{}"', kind) if kind else SafeString("")
    return format_html("<{0}{1}>{2}</{0}>", SafeString(tag), attributes, content)


def _role(block: Block, role: str) -> SafeString:
    # A table with a changed display loses its roles, so a turned one is given them.
    return format_html(' role="{}"', role) if block.options["fit"] == "turn" else SafeString("")


BLOCKS = (BlockType("table", render, required=("caption", "fit"), optional=("label",), check=check),)
