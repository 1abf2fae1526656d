"""The one configured Markdown of the course.

Raw HTML is shown as text, links go only where `is_safe_link` lets them, tables and fenced code are known, quotes are
made typographic. Added: `[[F12]]` is a key or a label on a screen, `[[worker]]` a word of the glossary where there is
one, `:redis:` names a lane, `:ok:` draws an icon.
"""

import re
import threading
from xml.etree.ElementTree import Element

from django.utils.safestring import SafeString
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.codehilite import CodeHiliteExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.smarty import SmartyExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from authoring.glossary import MARK, Explaining
from authoring.highlight import InkFormatter
from authoring.lanes import LANE_BY_SLUG, icon, lane_html

SAFE_SCHEMES = ("http", "https", "mailto")
ICONS = ("again", "next", "no", "ok", "run", "wait", "you")
HEADING_ID = re.compile(r"\s*\{#([a-z][a-z0-9-]*)\}\s*$")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def to_html(text: str, explaining: Explaining | None = None) -> SafeString:
    """Markdown as HTML that is safe to put into a page. `explaining` knows the words that may be marked in it.

    Raises RecursionError for what is nested too deeply.
    """
    markdown = _of_thread()
    markdown.reset()
    markdown.explaining = explaining
    try:
        return SafeString(markdown.convert(text))
    except RecursionError:
        del _threads.markdown  # its parser has stopped in the middle of something
        raise


def is_safe_link(address: str) -> bool:
    """Whether a link may go there: http, https, mailto, or an address of this site."""
    before = re.split(r"[/?#]", address, maxsplit=1)[0]
    scheme, colon, _ = before.partition(":")
    return not colon or scheme.strip().lower() in SAFE_SCHEMES


_threads = threading.local()


def _of_thread() -> "CourseMarkdown":
    # One for each thread: an instance keeps state while it converts. To make one takes longer than most texts do.
    try:
        kept: CourseMarkdown = _threads.markdown
    except AttributeError:
        kept = _threads.markdown = _configured()
    return kept


class CourseMarkdown(Markdown):
    """A Markdown that knows which words the page in hand may mark."""

    explaining: Explaining | None = None


def _configured() -> CourseMarkdown:
    return CourseMarkdown(
        extensions=[
            TableExtension(use_align_attribute=True),
            FencedCodeExtension(),
            CodeHiliteExtension(guess_lang=False, pygments_formatter=InkFormatter),
            SaneListExtension(),
            SmartyExtension(smart_dashes=False, smart_ellipses=False),
            CourseMarkup(),
        ],
        output_format="html",
    )


class CourseMarkup(Extension):
    """What differs from plain Markdown."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Take raw HTML, underlined headings and indented code away; add labels, lanes, icons and checked links."""
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.parser.blockprocessors.deregister("setextheader")
        md.parser.blockprocessors.deregister("code")
        md.inlinePatterns.register(_Label(MARK.pattern, md), "label", 175)
        names = "|".join([*LANE_BY_SLUG, *ICONS])
        md.inlinePatterns.register(_Sign(rf":({names}):", md), "sign", 70)
        md.treeprocessors.register(_Tidy(md), "tidy", 1)


class _Label(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | str, int, int]:  # type: ignore[override]
        explaining = self.md.explaining if isinstance(self.md, CourseMarkdown) else None
        term = explaining.terms.find(m[2] or m[1]) if explaining else None
        if explaining and term:
            return self.md.htmlStash.store(explaining.html(m[1], term)), m.start(0), m.end(0)
        label = Element("kbd")
        label.text = m[1]
        return label, m.start(0), m.end(0)


class _Sign(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]
        html = lane_html(m[1]) if m[1] in LANE_BY_SLUG else icon(m[1])
        return self.md.htmlStash.store(html), m.start(0), m.end(0)


class _Tidy(Treeprocessor):
    def run(self, root: Element) -> None:
        for element in root.iter():
            _tidy_heading(element)
            _tidy_link(element)
            if element.attrib.pop("align", "") == "right":
                element.set("class", "n")


def _tidy_heading(element: Element) -> None:
    if element.tag not in HEADINGS:
        return
    last = element[-1] if len(element) else None
    text = (last.tail if last is not None else element.text) or ""
    found = HEADING_ID.search(text)
    if found:
        element.set("id", found[1])
        if last is not None:
            last.tail = text[: found.start()]
        else:
            element.text = text[: found.start()]


def _tidy_link(element: Element) -> None:
    for attribute in ("href", "src"):
        if not is_safe_link(element.get(attribute, "")):
            del element.attrib[attribute]
