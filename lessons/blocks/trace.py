"""The block `trace`: rows of a recorded run, as a table.

    ::: trace from="traces/late.json" rows="9-12" against="traces/early.json" beside="Early"
    A caption, if one is wanted.
    :::

`manage.py record-trace` records what `traces/recipes.toml` asks for; a test records it again and compares. `against`
adds a column: where the same happened in another recording, and what Redis held there. `beside` is its heading. A row
of the first such table of a page can be linked to as `#trace-1-9`, of the second as `#trace-2-9`.
"""

from collections.abc import Callable, Iterable

from django.utils.html import format_html
from django.utils.safestring import SafeString

from authoring.blocks import Block, BlockType, RenderMarkdown
from authoring.measured import NBSP
from authoring.problems import ContentError, Problem
from lessons.blocks.recorded import provenance, recorded, wanted_rows
from lessons.blocks.texts import inline
from lessons.traces.recording import Recording
from lessons.traces.story import Moment, counterparts, moments_of
from lessons.traces.tables import rows_table


def check(block: Block) -> Iterable[Problem]:
    """Whether the recordings are there, and the rows in them."""
    try:
        wanted_rows(block, len(recorded(block, block.options["from"]).rows))
        if "against" in block.options:
            recorded(block, block.options["against"])
    except ContentError as error:
        yield Problem(block.path, block.line, error.message, error.hint)


def render(block: Block, markdown: RenderMarkdown) -> SafeString:
    """The table."""
    recording = recorded(block, block.options["from"])
    moments = moments_of(recording.rows)
    wanted = wanted_rows(block, len(moments))
    caption = inline(markdown(block.body.strip() or provenance(recording), block.line + 1))
    other = recorded(block, block.options["against"]) if "against" in block.options else None
    table = rows_table(
        [moment for moment in moments if moment.number in wanted],
        caption,
        lambda number: f"trace-{block.number}-{number}",
        markdown,
        (block.options.get("beside", "In the other"), _beside(recording, other)) if other else None,
    )
    return format_html('<div class="wide">{}</div>', table)


def _beside(recording: Recording, other: Recording) -> Callable[[Moment], str]:
    """What to say of a row: its number in the other recording, and what Redis held there if it was not the same."""
    numbers = counterparts(recording.rows, other.rows)

    def said(moment: Moment) -> str:
        number = numbers[moment.number - 1]
        if number is None:
            return "never"
        there = other.rows[number - 1].held
        held = "" if there == moment.row.held else ": " + NBSP.join(str(len(key)) for key in there)
        return "the same" if number == moment.number and not held else f"row{NBSP}{number}{held}"

    return said


BLOCKS = (BlockType("trace", render, required=("from",), optional=("rows", "against", "beside"), check=check),)
