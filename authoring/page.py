"""One text of an author as HTML: blocks, figures and Markdown put together, with every problem found on the way."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify

from authoring.blocks import BLOCK_TYPES, Block
from authoring.glossary import Explaining, Terms
from authoring.markdown import HEADING_ID, is_safe_link, to_html
from authoring.measured import NO_FIGURES, Figures
from authoring.problems import ContentError, Problem, did_you_mean
from authoring.scanner import Prose, scan
from authoring.source import SourceLine, outside_code, source_lines
from authoring.typed_numbers import typed_numbers

HEADING = re.compile(r"(#{1,6})\s+(.*)")
LINK = re.compile(r"(?:\]\(\s*<?|^ {0,3}\[[^\]]+\]:\s*)([^)\s>]*)")
NO_ALTERNATIVE = re.compile(r"!\[\s*\]")
RAW_HTML = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
AUTOLINK = re.compile(r"<(?:https?://|mailto:)[^>]*>")
FIGURE = re.compile(r"\{\{\s*(.*?)\s*\}\}")
SIGN = re.compile(r":[a-z]+:")
ANCHOR = re.compile(r'\sid="([^"]+)"')
FIRST_LEVEL = 2  # the page's title is level 1
DEEPEST = 8  # blocks within blocks; lessons need four
MOST_BRACKETS = 1_000  # in one stretch of prose: Python-Markdown takes the square of their number, here a second


@dataclass(frozen=True, order=True)
class Link:
    """Where a text leads to, and the line on which it says so."""

    line: int
    address: str


@dataclass(frozen=True)
class Rendered:
    """A text as HTML, and what is wrong with it, by line. `anchors` are the places in it that a link may name."""

    html: SafeString
    problems: tuple[Problem, ...]
    links: tuple[Link, ...]
    anchors: frozenset[str]


def render_page(
    text: str, path: Path, first_line: int = 1, figures: Figures = NO_FIGURES, terms: Terms | None = None
) -> Rendered:
    """Render what stands in `path` from `first_line` on. Raises nothing: what cannot be rendered is a problem.

    `terms` are the words that may be marked; without them, everything marked is a label on a screen.
    """
    page = _Page(path, figures, terms)
    html = page.markdown(text, first_line)
    return Rendered(html, tuple(sorted(set(page.problems))), tuple(page.links), frozenset(ANCHOR.findall(html)))


class _Page:
    """What has to be known across all blocks of one page."""

    def __init__(self, path: Path, figures: Figures, terms: Terms | None) -> None:
        self.path, self.figures = path, figures
        self.explaining = Explaining(terms) if terms else None
        self.problems: list[Problem] = []
        self.links: list[Link] = []
        self.depth = 0
        self.blocks: Counter[str] = Counter()
        self.ids: set[str] = set()
        self.level = FIRST_LEVEL - 1

    def markdown(self, text: str, line: int) -> SafeString:
        """Render text with blocks in it. This is what a block gets to render its body."""
        found = scan(text, self.path, line, self.figures)
        self.problems += found.problems
        self.depth += 1
        parts = [self._prose(part) if isinstance(part, Prose) else self._block(part) for part in found.parts]
        self.depth -= 1
        return SafeString("\n".join(parts))

    def _prose(self, prose: Prose) -> SafeString:
        self.problems += typed_numbers(prose.text, self.path, prose.line)
        lines = [self._line(line) for line in source_lines(prose.text, prose.line)]
        try:
            if prose.text.count("[") > MOST_BRACKETS:
                raise RecursionError
            return to_html("\n".join(lines), self.explaining)
        except RecursionError:
            self._problem(prose.line, "This text is nested too deeply to be shown.", "Use two or three levels.")
            return format_html('<pre tabindex="0">{}</pre>', prose.text)

    def _block(self, block: Block) -> SafeString:
        if self.depth > DEEPEST:
            self._problem(block.line, "This block stands too deep inside others.", f"Nest at most {DEEPEST} of them.")
            return _missing(block)
        self.blocks[block.name] += 1
        block = replace(block, number=self.blocks[block.name])
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
        self._check_terms(line)
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
        if NO_ALTERNATIVE.search(line.prose):
            hint = "Say between the brackets what it shows: ![three workers, one list](...)."
            self._problem(line.number, "This picture has no text alternative.", hint)
        for address in LINK.findall(line.prose):
            self.links.append(Link(line.number, address))
            if not is_safe_link(address):
                self._problem(
                    line.number,
                    f"A link may not go to {address}.",
                    "Use http, https, mailto or an address of this site.",
                )

    def _check_terms(self, line: SourceLine) -> None:
        if self.explaining is None:
            return
        for word, term in self.explaining.terms.marked(line.prose):
            if term is None:
                hint = f"Add it to glossary.md. {did_you_mean(word, self.explaining.terms.by_name)}"
                self._problem(line.number, f"The glossary has no word “{word}”.", hint)

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
