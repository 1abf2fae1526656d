"""A recording as tables: what happened, row by row, and the variables, row by row.

A table that is shown as cards on a phone loses its roles there, so each part of it is given its own.
"""

from collections.abc import Callable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from authoring.blocks import RenderMarkdown
from authoring.lanes import lane_html
from authoring.measured import rounded
from lessons.blocks.texts import inline
from lessons.traces.recording import Row
from lessons.traces.story import Moment, Variable
from lessons.traces.words import KINDS

KEYS = {"celery": "LLEN celery", "unacked": "HLEN unacked", "index": "ZCARD unacked_index"}  # how each is counted
HEADS = ("Row", "ms", "Lane", "What happens", "Command or words")
NUMBERS = {"Row", "ms"}


def rows_table(
    moments: Sequence[Moment],
    caption: SafeString,
    place: Callable[[int], str],
    markdown: RenderMarkdown,
    beside: tuple[str, Callable[[Moment], str]] | None = None,
) -> SafeString:
    """The rows as a table. `place` is the id of a row by its number, `beside` heading and cells of a last column."""
    heads = [
        *(_head(format_html("{}", head), is_number=head in NUMBERS) for head in HEADS),
        *(_head(format_html("<code>{}</code>", command), is_number=True) for command in KEYS.values()),
        *([_head(format_html("{}", beside[0]))] if beside else []),
    ]
    rows = (
        _row(moment, before, place(moment.number), markdown, _beside_cell(moment, beside))
        for before, moment in zip([None, *moments], moments, strict=False)
    )
    return format_html(
        '<table class="trace" role="table"><caption>{}</caption><thead role="rowgroup"><tr role="row">{}</tr></thead>'
        '<tbody role="rowgroup">{}</tbody></table>',
        caption,
        SafeString("".join(heads)),
        SafeString("".join(rows)),
    )


def _head(words: SafeString, *, is_number: bool = False) -> SafeString:
    kind = SafeString(' class="n"') if is_number else ""
    return format_html('<th scope="col" role="columnheader"{}>{}</th>', kind, words)


def _beside_cell(moment: Moment, beside: tuple[str, Callable[[Moment], str]] | None) -> SafeString:
    if not beside:
        return SafeString("")
    return format_html('<td role="cell" data-label="{}">{}</td>', beside[0], beside[1](moment))


def title_of(row: Row) -> str:
    """`The view commits`."""
    return f"{row.actor.capitalize() if row.actor[-1].isdigit() else f'The {row.actor}'} {KINDS[row.kind].does}"


def _row(moment: Moment, before: Moment | None, id: str, markdown: RenderMarkdown, last: SafeString) -> SafeString:
    row = moment.row
    then = before.row.held if before else row.held
    cells = (_held_cell(key, len(now), now != was) for key, now, was in zip(KEYS, row.held, then, strict=True))
    return format_html(
        '<tr id="{0}" role="row" data-places="{1}"><td class="n" role="cell"><a href="#{0}">{2}</a></td>'
        '<td class="n soft" role="cell">{3}</td><td role="cell">{4}</td>'
        '<th scope="row" role="rowheader">{5} <small>{6}</small></th><td role="cell">{7}</td>{8}{9}</tr>',
        id,
        " ".join(moment.places),
        moment.number,
        rounded(row.at_ms),
        lane_html(row.lane),
        title_of(row),
        inline(markdown(KINDS[row.kind].means, 0)),
        format_html_join(SafeString("<br>"), "<code>{}</code>", ((words,) for words in row.command)),
        SafeString("".join(cells)),
        last,
    )


def _held_cell(key: str, count: int, is_changed: bool) -> SafeString:
    return format_html('<td class="n" role="cell" data-label="{}">{}</td>', key, changing(count, is_changed))


def changing(value: int, is_changed: bool) -> SafeString:
    """A value; one that has just changed is framed, and said to have changed."""
    if not is_changed:
        return format_html("{}", value)
    return format_html('<b class="changed">{}<span class="vh"> changed</span></b>', value)


def tracker(variables: Sequence[Variable], label: str, markdown: RenderMarkdown) -> SafeString:
    """The variables over the rows, in a part of the page that can be moved sideways."""
    count = len(variables[0].values)
    heads = format_html_join("", '<th scope="col">{}</th>', ((number,) for number in range(1, count + 1)))
    rows = (
        format_html(
            '<tr><th scope="row">{}</th>{}</tr>',
            inline(markdown(variable.name, 0)),
            format_html_join(
                "",
                "<td>{}</td>",
                ((changing(*pair),) for pair in zip(variable.values, variable.changes, strict=True)),
            ),
        )
        for variable in variables
    )
    return format_html(
        '<p class="small soft">{0}, after each row. Framed: it has just changed.</p>'
        '<div class="scroll" tabindex="0" role="region" aria-label="{0}"><table class="tracker"><caption class="vh">{0}'
        '</caption><thead><tr><th scope="col">After row</th>{1}</tr></thead><tbody>{2}</tbody></table></div>',
        label,
        heads,
        SafeString("".join(rows)),
    )
