"""The nine ways to work on a lesson, in the order of the switch."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mode:
    """One way. `slug` is its address and the name of its file; `about` is what it asks of the learner."""

    slug: str
    label: str
    about: str


MODES = (
    Mode("learn", "Learn", "the idea, first"),
    Mode("why", "Why", "what goes wrong without it"),
    Mode("deep", "Deep", "under the bonnet"),
    Mode("visual", "Visual", "step by step in pictures"),
    Mode("try", "Try", "finish the code"),
    Mode("challenge", "Challenge", "write it yourself"),
    Mode("project", "Project", "build something with it"),
    Mode("recall", "Recall", "from memory"),
    Mode("perf", "Perf", "what gets faster, measured"),
)
MODE_BY_SLUG = {mode.slug: mode for mode in MODES}
