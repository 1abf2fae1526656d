"""The blocks of labs. `lab` leads from a lesson to where it can be measured; `stage` is a closed part of a guide.

::: lab slug="email-in-request"
:::

::: stage id="devtools" title="See it in DevTools" about="about a minute"
Markdown.
:::
"""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from authoring.blocks import Block, BlockType, RenderMarkdown, register
from authoring.lanes import icon
from authoring.problems import Problem, did_you_mean
from labs.bench.registry import all_labs


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


def register_blocks() -> None:
    """Make the blocks known to lessons and guides."""
    register(BlockType("stage", stage, required=("id", "title"), optional=("about",)))
    register(BlockType("lab", render, required=("slug",), has_body=False, check=check))
