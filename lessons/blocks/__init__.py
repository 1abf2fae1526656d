"""The blocks that lesson texts may use. Quizzes and labs add `checkpoint` and `lab` when their apps are ready."""

from authoring.blocks import register
from lessons.blocks import bars, claim, code, guess, journeys, links, provenance, tables, texts


def register_blocks() -> None:
    """Make every block of the lessons known."""
    for module in (bars, claim, code, guess, journeys, links, provenance, tables, texts):
        for block_type in module.BLOCKS:
            register(block_type)
