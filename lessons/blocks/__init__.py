"""The blocks that lesson texts may use: `BLOCKS` of each module in this folder. A new block is one new module here.

Quizzes and labs add `checkpoint`, `lab` and others when their apps are ready.
"""

from importlib import import_module
from pkgutil import iter_modules

from authoring.blocks import register


def register_blocks() -> None:
    """Make every block of the lessons known."""
    for found in iter_modules(__path__):
        for block_type in getattr(import_module(f"{__name__}.{found.name}"), "BLOCKS", ()):
            register(block_type)
