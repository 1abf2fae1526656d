"""The blocks that lesson texts may use. Quizzes and labs add `checkpoint` and `lab` when their apps are ready."""

from authoring.blocks import register
from lessons import project_blocks
from lessons.blocks import (
    bars,
    claim,
    code,
    guess,
    journeys,
    links,
    myth,
    output,
    predict,
    provenance,
    step,
    stopwatch,
    tables,
    texts,
    tips,
)

MODULES = (
    bars,
    claim,
    code,
    guess,
    journeys,
    links,
    myth,
    output,
    predict,
    project_blocks,
    provenance,
    step,
    stopwatch,
    tables,
    texts,
    tips,
)


def register_blocks() -> None:
    """Make every block of the lessons known."""
    for module in MODULES:
        for block_type in module.BLOCKS:
            register(block_type)
