"""A prompt for formats that know nothing but prompts: shared text and the program stand in it."""

from quizzes.exchange.items import Item, Output
from quizzes.exchange.rich_text import fenced


def with_context(item: Item) -> str:
    """The shared text, the prompt and the program, as one Markdown text."""
    shared = [item.group.text] if item.group else []
    program = [fenced(item.part.code, "python")] if isinstance(item.part, Output) else []
    return "\n\n".join([*shared, item.prompt, *program])
