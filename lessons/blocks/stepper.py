"""The block `stepper`: recorded runs to walk through row by row, as picture, variables and table.

    ::: stepper from="traces/early.json, traces/late.json" titles="Acknowledged early | Acknowledged late"
    What is said below the picture.
    :::

Without JavaScript each run is there with all its rows. With it, stepper.js makes one instrument of them: a row at a
time, and the same row of the other run at a click. A row can be linked to by its file and number, as `#late-9`.
"""

from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.safestring import SafeString

from authoring.blocks import Block, BlockType, RenderMarkdown
from authoring.problems import ContentError, Problem
from lessons.blocks.recorded import NAME, provenance, recorded
from lessons.blocks.texts import inline
from lessons.traces.figure import figure, in_words
from lessons.traces.recording import Recording
from lessons.traces.story import moments_of, variables_of
from lessons.traces.tables import rows_table, tracker

MODULE, STYLE = "lessons/stepper.js", "lessons/stepper.css"


def check(block: Block) -> Iterable[Problem]:
    """Whether the recordings are there, and a title for each."""
    names, titles = _listed(block, "from", ","), _listed(block, "titles", "|")
    if not names or len(names) != len(titles) or len(set(names)) < len(names):
        hint = "Part different names in `from` by , and titles by |."
        yield Problem(block.path, block.line, "There are not as many titles as recordings.", hint)
    for name in names:
        try:
            recorded(block, name)
        except ContentError as error:
            yield Problem(block.path, block.line, error.message, error.hint)


def render(block: Block, markdown: RenderMarkdown) -> SafeString:
    """All runs, the first one open."""
    runs = [
        _run(name, title, recorded(block, name), markdown, is_first=index == 0)
        for index, (name, title) in enumerate(
            zip(_listed(block, "from", ","), _listed(block, "titles", "|"), strict=True)
        )
    ]
    return format_html(
        '<div class="runs wide" data-module="{}" data-style="{}">{}<p class="small soft">{}</p></div>',
        MODULE,
        STYLE,
        SafeString("".join(runs)),
        inline(markdown(block.body.strip(), block.line + 1)),
    )


def _run(name: str, title: str, recording: Recording, markdown: RenderMarkdown, *, is_first: bool) -> SafeString:
    found = NAME.fullmatch(name)
    assert found is not None  # `check` has seen to it
    moments = moments_of(recording.rows)
    return format_html(
        '<details class="run" data-title="{0}"{1}><summary>{0}</summary><figure>{2}</figure>{3}{4}</details>',
        title,
        SafeString(" open") if is_first else "",
        figure(moments, f"{title}. {in_words(moments)}"),
        tracker(variables_of(moments), f"Variables, {title.lower()}", markdown),
        rows_table(moments, SafeString(provenance(recording)), lambda number: f"{found[1]}-{number}", markdown),
    )


def _listed(block: Block, option: str, separator: str) -> list[str]:
    return [part.strip() for part in block.options[option].split(separator) if part.strip()]


BLOCKS = (BlockType("stepper", render, required=("from", "titles"), check=check),)
