"""Text of other systems as Markdown: from HTML, or from plain text whose signs mean nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import groupby

from authoring.markdown import is_safe_link
from authoring.source import source_lines

SIGNS = re.compile(r"([\\`*_\[\]])")
REFERENCE = re.compile(r"&(?=#?\w+;)")
LINE_START = re.compile(r"^( *)([#>+|-]|\d+(?=\.))", re.MULTILINE)
SPACES = re.compile(r"\s+")
HTML = re.compile(r"</?[a-zA-Z][^<>]*>|&(#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+\d*);")
VOID = {"br", "hr", "img", "input", "wbr", "col", "source", "area", "meta", "link"}
UNSEEN = {"script", "style", "template", "head", "title"}
BLOCKS = {"p", "div", "ul", "ol", "pre", "blockquote", "table", "hr", "section", "article", "center", "dl", "dt", "dd"}
HEADINGS = {f"h{level}": "#" * max(level, 3) for level in range(1, 7)}  # one and two belong to groups and questions
MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*"}
CODE = {"code", "tt", "kbd", "samp"}
# Tags that carry no meaning of their own, or that are put together by the ones above.
SILENT = {"html", "body", "span", "font", "li", "tr", "td", "th", "thead", "tbody", "tfoot", "br", "a", "wbr"}
KNOWN = {*BLOCKS, *HEADINGS, *MARKS, *CODE, *SILENT, *UNSEEN}
DEEPEST = 50


@dataclass(frozen=True)
class Markdown:
    """The text, and the names of the tags that have no counterpart; what stood inside them is kept as text."""

    text: str
    dropped: tuple[str, ...] = ()


@dataclass
class _Node:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["_Node | str"] = field(default_factory=list)


def from_plain(text: str) -> str:
    """Text whose signs mean nothing, in Markdown: they are escaped, and the indentation of lines is taken off."""
    return _without_signs("\n".join(line.strip() for line in text.strip().split("\n")))


def from_html(html: str) -> Markdown:
    """HTML, however broken. Scripts and styles are left away with what they hold."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    blocks = list(_blocks(reader.root))
    return Markdown("\n\n".join(blocks).strip(), tuple(sorted(reader.dropped)))


def plain_text(html: str) -> str:
    """What HTML says, blocks and line breaks on lines of their own, nothing marked."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "\n".join(line.rstrip() for line in _spoken(reader.root).strip().split("\n"))


def has_html(text: str) -> bool:
    """Whether there is a tag or a character reference in it."""
    return HTML.search(text) is not None


def parted(markdown: str) -> tuple[str, str]:
    """The prose of a text, and what stands in its last block of code."""
    lines = list(source_lines(markdown))
    runs = [(is_code, [line.text for line in run]) for is_code, run in groupby(lines, lambda line: line.is_code)]
    blocks = [run for is_code, run in runs if is_code]
    prose = "\n".join(line for is_code, run in runs for line in run if not is_code or run is not blocks[-1])
    return prose.strip(), "\n".join(blocks[-1][1:-1]) if blocks else ""


def fenced(code: str, language: str = "") -> str:
    """Code in a fence that is longer than any run of backticks in it."""
    longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{code}\n{fence}"


class _Reader(HTMLParser):
    """The tree of what can be read; a tag that is never closed ends with the one around it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Node("body")
        self.open = [self.root]
        self.dropped: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in KNOWN:
            self.dropped.add(tag)
        if tag in {"p", "li"} and self.open[-1].tag == tag:
            self.open.pop()
        if len(self.open) >= DEEPEST:
            return
        node = _Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        tags = [node.tag for node in self.open[1:]]
        if tag in tags:
            del self.open[len(tags) - tags[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def _blocks(node: _Node) -> Iterator[str]:
    """The Markdown blocks of what stands in it, runs of inline text as paragraphs."""
    run: list[_Node | str] = []
    for child in node.children:
        if isinstance(child, str) or not _is_block(child):
            run.append(child)
            continue
        yield from _paragraph(run)
        run = []
        yield from _block(child)
    yield from _paragraph(run)


def _is_block(node: _Node) -> bool:
    return node.tag in BLOCKS or node.tag in HEADINGS


def _paragraph(run: list[_Node | str]) -> Iterator[str]:
    text = _inline(run).strip()
    if text:
        yield "\n".join(line.strip() for line in text.split("\n"))


def _block(node: _Node) -> Iterator[str]:
    if node.tag == "pre":
        yield fenced(_plain(node).strip("\n"))
    elif node.tag in {"ul", "ol"}:
        yield from _list(node)
    elif node.tag == "table":
        yield from _table(node)
    elif node.tag == "blockquote":
        yield from _prefixed(_blocks(node), "> ", "> ")
    elif node.tag in HEADINGS:
        yield from (f"{HEADINGS[node.tag]} {text}" for text in _paragraph(node.children))
    elif node.tag != "hr":
        yield from _blocks(node)


def _list(node: _Node) -> Iterator[str]:
    items = [child for child in node.children if isinstance(child, _Node) and child.tag == "li"]
    lines = []
    for number, item in enumerate(items, 1):
        sign = f"{number}. " if node.tag == "ol" else "* "  # a hyphen begins an option in our text
        lines += list(_prefixed(_blocks(item), sign, "    "))
    if lines:
        yield "\n".join(lines)


def _prefixed(blocks: Iterator[str], first: str, other: str) -> Iterator[str]:
    text = "\n\n".join(blocks)
    if text:
        head, *more = text.split("\n")
        yield "\n".join([first + head, *((other + line).rstrip() for line in more)])


def _table(node: _Node) -> Iterator[str]:
    rows = [[_cell(cell) for cell in _found(row, {"td", "th"})] for row in _found(node, {"tr"})]
    rows = [row for row in rows if row]
    if rows:
        width = max(map(len, rows))
        lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
        yield "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _found(node: _Node, tags: set[str]) -> Iterator[_Node]:
    """The nodes with these tags, outermost ones only."""
    for child in node.children:
        if isinstance(child, _Node):
            if child.tag in tags:
                yield child
            else:
                yield from _found(child, tags)


def _cell(node: _Node) -> str:
    return SPACES.sub(" ", _inline(node.children)).strip().replace("|", "\\|")


def _inline(children: list[_Node | str]) -> str:
    return "".join(_plain_run(child) if isinstance(child, str) else _span(child) for child in children)


def _plain_run(text: str) -> str:
    """A run of text inside HTML: white space counts once, signs mean nothing."""
    return _without_signs(SPACES.sub(" ", text))


def _span(node: _Node) -> str:
    if node.tag in UNSEEN or node.tag == "img":
        return ""
    if node.tag == "br":
        return "\n"
    if node.tag in CODE:
        return _code(_plain(node))
    inside = _inline(node.children)
    if node.tag in MARKS:
        return _around(inside, MARKS[node.tag])
    if node.tag == "a" and inside.strip() and is_safe_link(node.attributes.get("href", ":")):
        return f"[{inside.strip()}]({node.attributes['href'].replace(' ', '%20')})"
    return inside


def _around(text: str, mark: str) -> str:
    """The marks stand next to the words, not next to space: there they would mark nothing."""
    bare = text.strip()
    return text.replace(bare, f"{mark}{bare}{mark}", 1) if bare else text


def _code(text: str) -> str:
    bare = SPACES.sub(" ", text).strip()
    marks = "``" if "`" in bare else "`"
    space = " " if bare.startswith("`") or bare.endswith("`") else ""
    return f"{marks}{space}{bare}{space}{marks}" if bare else ""


def _plain(node: _Node) -> str:
    return "".join(
        child if isinstance(child, str) else "\n" if child.tag == "br" else _plain(child) for child in node.children
    )


def _spoken(node: _Node) -> str:
    if node.tag in UNSEEN:
        return ""
    inside = "".join(child if isinstance(child, str) else _spoken(child) for child in node.children)
    is_line = node.tag == "br" or _is_block(node) or node.tag in {"li", "tr"}
    return f"{inside}\n" if is_line else inside


def _without_signs(text: str) -> str:
    return LINE_START.sub(_escaped_start, REFERENCE.sub("&amp;", SIGNS.sub(r"\\\1", text)))


def _escaped_start(found: re.Match[str]) -> str:
    space, sign = found.groups()
    return f"{space}{sign}\\" if sign.isdecimal() else f"{space}\\{sign}"
