"""One text of an author as HTML: blocks, figures and Markdown put together, with every problem found on the way."""

import re
from dataclasses import dataclass
from pathlib import Path

from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.text import slugify

from authoring.blocks import BLOCK_TYPES, Block
from authoring.markdown import HEADING_ID, is_safe_link, to_html
from authoring.measured import NO_FIGURES, Figures
from authoring.problems import ContentError, Problem
from authoring.scanner import Prose, scan
from authoring.source import SourceLine, outside_code, source_lines
from authoring.typed_numbers import typed_numbers

HEADING = re.compile(r"(#{1,6})\s+(.*)")
LINK = re.compile(r"\]\(\s*<?([^)\s>]*)")
RAW_HTML = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
AUTOLINK = re.compile(r"<(?:https?://|mailto:)[^>]*>")
FIGURE = re.compile(r"\{\{\s*(.*?)\s*\}\}")
SIGN = re.compile(r":[a-z]+:")
NOT_WORDS = re.compile(r"<(svg|pre)\b.*?</\1>", re.DOTALL)
FIRST_LEVEL = 2  # the page's title is level 1


@dataclass(frozen=True)
class Rendered:
    """A text as HTML, and what is wrong with it, by line. `words` counts prose, not code or figures."""

    html: SafeString
    problems: tuple[Problem, ...]
    words: int


def render_page(text: str, path: Path, first_line: int = 1, figures: Figures = NO_FIGURES) -> Rendered:
    """Render what stands in `path` from `first_line` on. Raises nothing: what cannot be rendered is a problem."""
    page = _Page(path, figures)
    html = page.markdown(text, first_line)
    return Rendered(html, tuple(sorted(set(page.problems))), len(strip_tags(NOT_WORDS.sub(" ", html)).split()))


class _Page:
    """What has to be known across all blocks of one page."""

    def __init__(self, path: Path, figures: Figures) -> None:
        self.path, self.figures = path, figures
        self.problems: list[Problem] = []
        self.ids: set[str] = set()
        self.level = FIRST_LEVEL - 1

    def markdown(self, text: str, line: int) -> SafeString:
        """Render text with blocks in it. This is what a block gets to render its body."""
        found = scan(text, self.path, line, self.figures)
        self.problems += found.problems
        parts = (self._prose(part) if isinstance(part, Prose) else self._block(part) for part in found.parts)
        return SafeString("\n".join(parts))

    def _prose(self, prose: Prose) -> SafeString:
        self.problems += typed_numbers(prose.text, self.path, prose.line)
        lines = [self._line(line) for line in source_lines(prose.text, prose.line)]
        return to_html("\n".join(lines))

    def _block(self, block: Block) -> SafeString:
        block_type = BLOCK_TYPES[block.name]
        problems = list(block_type.check(block))
        self.problems += problems
        if problems:
            return _missing(block)
        try:
            return block_type.render(block, self.markdown)
        except ContentError as error:
            self._problem(error.line or block.line, error.message, error.hint)
            return _missing(block)

    def _line(self, line: SourceLine) -> str:
        if line.is_code:
            return line.text
        self._check_links(line)
        self._check_html(line)
        heading = HEADING.fullmatch(line.text)
        return self._heading(line, heading) if heading else self._with_figures(line)

    def _heading(self, line: SourceLine, heading: re.Match[str]) -> str:
        level = len(heading[1])
        if level < FIRST_LEVEL or level > self.level + 1:
            wanted = "#" * max(FIRST_LEVEL, min(level, self.level + 1))
            self._problem(
                line.number, "This heading skips a level.", f"Begin it with {wanted}: the title of the page is #."
            )
        self.level = level
        named = HEADING_ID.search(heading[2])
        title = HEADING_ID.sub("", heading[2])
        name = named[1] if named else slugify(SIGN.sub("", title)) or "part"
        if name in self.ids:
            self._problem(
                line.number, f"The id {name} is taken by another heading.", "Give this one its own: ## Title {#id}."
            )
        self.ids.add(name)
        return self._with_figures(SourceLine(line.number, f"{heading[1]} {title} {{#{name}}}", False))

    def _with_figures(self, line: SourceLine) -> str:
        return outside_code(
            line.text, lambda prose: FIGURE.sub(lambda found: self._figure(found[1], line.number), prose)
        )

    def _figure(self, expression: str, line: int) -> str:
        try:
            return self.figures.text(expression)
        except ContentError as error:
            self._problem(line, error.message, error.hint)
            return "?"

    def _check_links(self, line: SourceLine) -> None:
        for address in LINK.findall(line.prose):
            if not is_safe_link(address):
                self._problem(
                    line.number,
                    f"A link may not go to {address}.",
                    "Use http, https, mailto or an address of this site.",
                )

    def _check_html(self, line: SourceLine) -> None:
        for tag in RAW_HTML.findall(AUTOLINK.sub("", line.prose)):
            self._problem(
                line.number, f"Raw HTML is shown as text: {tag}", "Use Markdown or a block, or put it in `backticks`."
            )

    def _problem(self, line: int, message: str, hint: str) -> None:
        self.problems.append(Problem(self.path, line, message, hint))


def _missing(block: Block) -> SafeString:
    return format_html(
        '<p class="err ui">Here stands a {} whose text has a mistake. Its author is told where.</p>', block.name
    )
