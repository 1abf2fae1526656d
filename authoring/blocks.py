"""The registry through which lessons meet quizzes and labs: a block name, how it is rendered, how it is checked.

`quizzes` and `labs` register theirs when their app is ready, so a lesson can hold a question or a lab link
without importing either.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.safestring import SafeString

from authoring.measured import NO_FIGURES, Figures
from authoring.problems import Problem


@dataclass(frozen=True)
class Block:
    """A block as it stands in the author's text: `::: name key="value"` ... `:::`.

    `line` is the line of its opener, `body` the text between opener and closer, starting on `line + 1`.
    `figures` are the measured ones of the folder that the text stands in. `number` counts the blocks of its name on the
    page, from 1.
    """

    name: str
    options: Mapping[str, str]
    body: str
    path: Path
    line: int
    figures: Figures = NO_FIGURES
    number: int = 1


@dataclass(frozen=True)
class BlockType:
    """What may stand under a name. `render` gets the block and a function that renders Markdown found at a line.

    `required` and `optional` are the option names; `check` returns further problems (unknown slug and so on).
    `render` may raise ContentError for what only shows while rendering; the page then tells it as a problem.
    """

    name: str
    render: Callable[[Block, "RenderMarkdown"], SafeString]
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    has_body: bool = True
    check: Callable[[Block], Iterable[Problem]] = field(default=lambda block: ())


RenderMarkdown = Callable[[str, int], SafeString]

BLOCK_TYPES: dict[str, BlockType] = {}


def register(block_type: BlockType) -> None:
    """Make a block known. A second registration under the same name replaces the first (tests, reload)."""
    BLOCK_TYPES[block_type.name] = block_type
