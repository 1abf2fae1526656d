"""A page's HTML for a program that has neither our style sheet, nor our icons, nor our forms."""

import re
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

INLINE = frozenset(("b", "br", "code", "em", "i", "kbd", "small", "strong"))
BLOCK = frozenset(("blockquote", "dd", "div", "dl", "dt", "h3", "h4", "hr", "li", "ol", "p", "pre", "ul"))
TABLE = frozenset(("table", "tbody", "td", "th", "thead", "tr"))
KEPT = INLINE | BLOCK | TABLE
AS_DIV = frozenset(("fieldset", "figcaption", "figure", "legend", "section"))
LEFT_OUT = frozenset(("button", "option", "script", "select", "style", "svg", "textarea"))
VOID = frozenset(("br", "hr", "img", "input", "link", "meta", "wbr"))
HIDDEN_CLASSES = frozenset(("vh", "scripted"))
LINE_OF_CODE = "ln"  # the class that sets each line of code on one of its own
INDENT = "&nbsp;" * 4  # for each level of a line of code
GAP = "____"


def plain_html(html: str) -> str:
    """The text with its structure: no attributes, no form fields, no drawings, nothing that only a reader of the page
    was meant to hear or that needs a script. Of a picture its alternative text stays."""
    parser = _Plain()
    parser.feed(html)
    parser.close()
    return "".join(parser.kept).strip()


@dataclass(frozen=True)
class _Open:
    """An open element: the end tag to write for it, and whether what is inside is left out."""

    tag: str
    end: str
    is_left_out: bool


class _Plain(HTMLParser):
    """Keeps what may stay."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.kept: list[str] = []
        self._open: list[_Open] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep, rename or leave out an element."""
        attributes = dict(attrs)
        if tag in VOID:
            return self._write(_void(tag, attributes, in_code=any(opened.tag == "pre" for opened in self._open)))
        classes = set((attributes.get("class") or "").split())
        is_left_out = tag in LEFT_OUT or "hidden" in attributes or bool(HIDDEN_CLASSES & classes) or self._is_left_out
        start, end = ("", "") if is_left_out else _tags(tag, classes)
        if tag == "small" and self._is_in_a_line:
            start = f"<br>{start}"
        self._write(start + INDENT * int(attributes.get("data-level") or 0))
        self._open.append(_Open(tag, end, is_left_out))

    def handle_endtag(self, tag: str) -> None:
        """Close the element, and with it what was left open inside."""
        if tag not in (opened.tag for opened in self._open):
            return
        while self._open:
            opened = self._open.pop()
            self.kept.append(opened.end)
            if opened.tag == tag:
                return

    def handle_data(self, data: str) -> None:
        """Text stays as it is."""
        self._write(escape(data, quote=False))

    def _write(self, html: str) -> None:
        if not self._is_left_out:
            self.kept.append(html)

    @property
    def _is_in_a_line(self) -> bool:
        """Whether text stands before this place, and no end of a line or of a block between."""
        written = next((piece for piece in reversed(self.kept) if piece.strip()), "<p>")
        return not re.fullmatch(rf"</?(?:{'|'.join(BLOCK | TABLE | {'br'})})>", written.strip())

    @property
    def _is_left_out(self) -> bool:
        return bool(self._open) and self._open[-1].is_left_out


def _tags(tag: str, classes: set[str]) -> tuple[str, str]:
    """What is written for the start and the end of an element."""
    if tag in KEPT:
        return f"<{tag}>", f"</{tag}>"
    if tag in AS_DIV:
        return "<div>", "</div>"
    if LINE_OF_CODE in classes:
        return "", "\n"
    return "", "<br>" if tag == "label" else ""


def _void(tag: str, attributes: dict[str, str | None], *, in_code: bool) -> str:
    """What is written for an element without content: of a picture its text, of a field in code a gap."""
    if tag == "img":
        return escape(attributes.get("alt") or "")
    if tag == "input":
        return GAP if in_code and attributes.get("type", "text") == "text" else ""
    return f"<{tag}>" if tag in KEPT else ""
