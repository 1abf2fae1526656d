"""The block `measured`: where the figures of a page come from."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from authoring.blocks import Block, BlockType, RenderMarkdown
from authoring.measured import Source
from authoring.problems import ContentError, did_you_mean


def measured(block: Block, markdown: RenderMarkdown) -> SafeString:
    """Date, benchmark, machine and versions of the files named in `from`. Raises ContentError for an unknown one."""
    names = block.options["from"].replace(",", " ").split()
    return format_html('<ul class="ui">{}</ul>', SafeString("".join(_row(_source(block, name)) for name in names)))


def _source(block: Block, name: str) -> Source:
    if name not in block.figures.sources:
        raise ContentError(f"There is no file measured/{name}.json.", did_you_mean(name, block.figures.sources))
    return block.figures.sources[name]


def _row(source: Source) -> SafeString:
    versions = ", ".join(f"{name} {version}" for name, version in source.versions.items())
    row = "<li><code>{}</code>, {}. {}. {}.</li>"
    return format_html(row, source.by, source.measured_on, source.machine, versions)


BLOCKS = (BlockType("measured", measured, required=("from",), has_body=False),)
