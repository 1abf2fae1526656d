"""Markdown as the XHTML that a QTI item may hold."""

from html.parser import HTMLParser
from xml.etree.ElementTree import Element, SubElement

from authoring.markdown import to_html
from quizzes.exchange.files import CONTROL

# Of the elements of QTI 2.1 (Assessment Test, Section and Item Information Model, "Content Model") those we use, with
# the attributes they keep.
KEPT = {
    **dict.fromkeys(("blockquote", "br", "code", "em", "h3", "h4", "h5", "h6", "hr", "kbd", "li", "ol", "p"), ()),
    **dict.fromkeys(("pre", "strong", "table", "tbody", "thead", "tr", "ul"), ()),
    **dict.fromkeys(("td", "th"), ("colspan", "rowspan")),
    "a": ("href",),
    "img": ("src", "alt"),
}
VOID = ("br", "hr", "img")
LEFT_OUT = ("svg", "script", "style")


def xhtml(markdown: str, inside: str = "div") -> Element:
    """The text inside a new element."""
    return _Builder(inside).built(to_html(markdown))


class _Builder(HTMLParser):
    """Builds the elements that are kept; the others give their content to the one around them."""

    def __init__(self, inside: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element(inside)
        self.open: list[tuple[str, Element]] = [(inside, self.root)]
        self.left_out = 0

    def built(self, html: str) -> Element:
        """The root with what the HTML says."""
        self.feed(html)
        self.close()
        return self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.left_out += tag in LEFT_OUT
        if self.left_out:
            return
        parent = self.open[-1][1]
        if tag in KEPT:
            kept = {name: value or "" for name, value in attrs if name in KEPT[tag]}
            parent = SubElement(parent, tag, kept)
        if tag not in VOID:
            self.open.append((tag, parent))

    def handle_endtag(self, tag: str) -> None:
        self.left_out -= tag in LEFT_OUT and self.left_out > 0
        tags = [opened for opened, _ in self.open[1:]]
        if not self.left_out and tag in tags:
            del self.open[len(tags) - tags[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if self.left_out:
            return
        text, parent = CONTROL.sub("\ufffd", data), self.open[-1][1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + text
        else:
            parent.text = (parent.text or "") + text
