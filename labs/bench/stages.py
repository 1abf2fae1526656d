"""The stages of a lab, one at a time: predict, run, explain; what follows is closed under its own heading."""

from collections.abc import Mapping
from dataclasses import dataclass

# What stands below one run of each, in this order. Each template reads what its module put into the context.
AFTER_RUNNING = (
    "bench/_explain.html",
    "bench/_repeats.html",
    "bench/_browser.html",
    "bench/_guide.html",
    "bench/_inside.html",
    "bench/_code.html",
)


@dataclass(frozen=True)
class Stage:
    """One step of a lab. Open means that it can be gone to."""

    slug: str
    title: str
    is_open: bool
    is_done: bool
    is_current: bool


def stages(done: Mapping[str, bool]) -> tuple[Stage, ...]:
    """Predict, run and explain, with what is done of them; the first that is not done is the current one."""
    steps = (("predict", "Predict"), ("run", "Run"), ("explain", "Explain"))
    made = []
    is_open = True
    for slug, title in steps:
        is_done = done.get(slug, False)
        made.append(Stage(slug, title, is_open, is_done, is_open and not is_done))
        is_open = is_open and is_done
    return tuple(made)
