"""Otto's workbench: he writes a text, and reads what is wrong with it."""

from pathlib import Path

import pytest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from authoring.blocks import Block, BlockType, RenderMarkdown
from authoring.problems import Problem

PATH = Path("lessons/content/snow/learn.md")


def box(block: Block, markdown: RenderMarkdown) -> SafeString:
    """A block that renders its body."""
    return format_html('<div class="box">{}</div>', markdown(block.body, block.line + 1))


def door(block: Block, markdown: RenderMarkdown) -> SafeString:
    """A block without a body."""
    return format_html('<a href="/labs/{}/">door</a>', block.options["slug"])


@pytest.fixture(autouse=True)
def known_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only these two blocks are known."""
    known = (BlockType("box", box, optional=("id",)), BlockType("door", door, required=("slug",), has_body=False))
    for reader in ("authoring.scanner", "authoring.page"):
        monkeypatch.setattr(f"{reader}.BLOCK_TYPES", {block.name: block for block in known})


def told(problems: tuple[Problem, ...]) -> list[tuple[int, str]]:
    """Line and message of each problem."""
    return [(problem.line, problem.message) for problem in problems]
