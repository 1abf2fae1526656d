"""The five lanes through which a piece of work travels: one order, one name, one meaning, one colour everywhere."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Lane:
    """One of the five parts. `track` is its name in a DevTools recording, `colour` the nearest of its palette."""

    slug: str
    label: str
    meaning: str
    track: str
    colour: str


LANES = (
    Lane("browser", "Browser", "the page you look at", "1 Browser", "primary"),
    Lane("web", "Web", "the Django process that answers", "2 Django view", "secondary"),
    Lane("redis", "Redis", "keeps the message until it is taken", "3 Redis queue", "error"),
    Lane("worker", "Worker", "another process, does the work later", "4 Celery worker", "tertiary"),
    Lane("mail", "Mail", "the server at the other end", "5 Mail server", "warning"),
)
LANE_BY_SLUG = {lane.slug: lane for lane in LANES}


def icon(name: str) -> SafeString:
    """One icon of the page's sprite; decoration only, a word always stands beside it.

    Its id begins with `i-`, so that a heading may have the place `next` or `mail`.
    """
    return format_html('<svg class="i" aria-hidden="true"><use href="#i-{}"/></svg>', name)


def lane_html(slug: str) -> SafeString:
    """Icon and name of a lane in its colour. Raises KeyError for an unknown slug."""
    lane = LANE_BY_SLUG[slug]
    return format_html('<span class="lane {}">{} {}</span>', lane.slug, icon(lane.slug), lane.label)


def lane_key() -> SafeString:
    """The key of all five lanes with their plain meaning, for their first use on a page."""
    rows = (format_html("<dt>{}</dt><dd>{}</dd>", lane_html(lane.slug), lane.meaning) for lane in LANES)
    return format_html('<dl class="facts ui">{}</dl>', SafeString("".join(rows)))


def route(**trouble: str) -> SafeString:
    """The five parts in a row, with the part in trouble cut and told in words: `route(redis="refuses connections")`."""
    cells = []
    for lane in LANES:
        word = trouble.get(lane.slug, "")
        name = format_html(
            '<span class="lane {}">{} {}</span>', lane.slug, icon("no" if word else lane.slug), lane.label
        )
        said = format_html(" <strong>{}</strong>", word) if word else ""
        cells.append(format_html('<li class="{}{}">{}{}</li>', "cut " if word else "", lane.slug, name, said))
    return format_html('<ol class="route ui" aria-label="The five parts">{}</ol>', SafeString("".join(cells)))


def lane_squares(slugs: Collection[str], written: object) -> SafeString:
    """Five squares in the order of the lanes: solid for those a written lesson works on, pale for a planned one's."""
    squares = []
    for index, lane in enumerate(LANES):
        look = (f"bar {lane.slug}" if written else f"wait {lane.slug}") if lane.slug in slugs else "rule"
        square = '<rect class="{}" fill="none" x="{}" y="6.5" width="12" height="7"/>'
        squares.append(format_html(square, look, f"{16 * index + 0.5:g}"))
    label = "Lanes: " + ", ".join(lane.label for lane in LANES if lane.slug in slugs)
    return format_html(
        '<svg width="80" height="20" role="img" aria-label="{}">{}</svg>', label, SafeString("".join(squares))
    )
