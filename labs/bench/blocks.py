"""The blocks of labs. `lab` leads from a lesson to where it can be measured; `stage` is a closed part of a guide,
`picture` a static file that is loaded when it comes near the screen.

::: lab slug="email-in-request"
:::

::: stage id="devtools" title="See it in DevTools" about="about a minute"
Markdown.
:::

::: picture file="bench/devtools-tracks.webp" width="960" height="330" alt="What it shows, for who cannot see it."
Caption.
:::
"""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from authoring.addresses import Neighbour, register_neighbour
from authoring.blocks import Block, BlockType, RenderMarkdown, register
from authoring.claims import register_claims
from authoring.lanes import icon
from authoring.problems import Problem, did_you_mean
from labs.bench.claims.notes import Notes
from labs.bench.claims.registry import all_claims
from labs.bench.registry import all_labs, lab_addresses


def render(block: Block, markdown: RenderMarkdown) -> SafeString:
    """A button that leads to the lab."""
    address = reverse("bench:lab", args=[block.options["slug"]])
    return format_html(
        '<p class="row"><a class="btn quiet" href="{}">{} Measure it here</a></p>', address, icon("again")
    )


def check(block: Block) -> Iterable[Problem]:
    """Whether there is such a lab."""
    slug = block.options.get("slug", "")
    if slug in all_labs():
        return []
    return [Problem(block.path, block.line, f"There is no lab {slug}.", did_you_mean(slug, all_labs()))]


def stage(block: Block, markdown: RenderMarkdown) -> SafeString:
    """One later part of a lab under its own heading, closed until somebody wants it."""
    return format_html(
        '<details class="stage wide" id="{}"><summary><h2>{}</h2> <small>{}</small></summary>{}</details>',
        block.options["id"],
        block.options["title"],
        block.options.get("about", ""),
        markdown(block.body, block.line + 1),
    )


def picture(block: Block, markdown: RenderMarkdown) -> SafeString:
    """A picture with its caption. Width and height in pixels keep its place free until it is there."""
    return format_html(
        '<figure><img src="{}" width="{}" height="{}" alt="{}" loading="lazy"><figcaption>{}</figcaption></figure>',
        _address_of(block.options["file"]),
        block.options["width"],
        block.options["height"],
        block.options["alt"],
        block.body.strip(),
    )


def _address_of(name: str) -> str:
    try:
        return static(name)
    except ValueError:  # an author's check of the text runs before static files are collected, and serves no page
        return settings.STATIC_URL + name


def check_picture(block: Block) -> Iterable[Problem]:
    """Whether there is such a file, and its size is in whole pixels."""
    name = block.options.get("file", "")
    if not finders.find(name):
        yield Problem(block.path, block.line, f"There is no static file {name}.", "Put it into a folder static/.")
    for side in ("width", "height"):
        if not block.options.get(side, "0").isdecimal():
            yield Problem(block.path, block.line, f"{side} is no whole number.", "Write the picture's own, in pixels.")


def register_blocks() -> None:
    """Make the blocks, the claims and every address of a lab or claim known to lessons and guides."""
    register_claims(Notes)
    register_neighbour("labs", Neighbour(_addresses))
    register(BlockType("stage", stage, required=("id", "title"), optional=("about",)))
    register(BlockType("picture", picture, required=("file", "width", "height", "alt"), check=check_picture))
    register(BlockType("lab", render, required=("slug",), has_body=False, check=check))


def _addresses() -> list[str]:
    return [*lab_addresses(), *(f"/claims/{claim_id}/" for claim_id in all_claims())]
