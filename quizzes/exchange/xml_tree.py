"""XML from elsewhere as a small tree with line numbers; what can make a reader run away is refused."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler, ErrorHandler
from xml.sax.xmlreader import AttributesImpl, InputSource

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from quizzes.exchange.items import Refused

DEEPEST = 50
MOST_ELEMENTS = 200_000


@dataclass
class Node:
    """An element. `text` is what stands in it, down to its first child."""

    name: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node"] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The characters that stand directly in it."""
        return "".join(self.texts)

    def all(self, name: str) -> Iterator["Node"]:
        """The children of this name."""
        return (child for child in self.children if child.name == name)

    def first(self, *names: str) -> "Node | None":
        """What is found by going down to the first child of each name."""
        node: Node | None = self
        for name in names:
            node = next(node.all(name), None) if node else None
        return node

    def text_of(self, *names: str) -> str:
        """The text found by going down, without white space around it; empty when there is none."""
        node = self.first(*names)
        return node.text.strip() if node else ""


def read_xml(content: str) -> Node:
    """The root element. Raises Refused for what is not well-formed, has a DTD or entities, or is too deep."""
    keeper = _Keeper()
    parser = DefusedExpatParser(forbid_dtd=True)
    parser.setContentHandler(keeper)
    parser.setErrorHandler(ErrorHandler())
    source = InputSource()
    source.setCharacterStream(StringIO(content))
    try:
        parser.parse(source)
    except SAXParseException as error:
        line = error.getLineNumber() or 1
        raise Refused(line, f"This is no well-formed XML: {error.getMessage()}.", "Export the file again.") from None
    except DefusedXmlException:
        line = keeper.line_now()
        raise Refused(
            line, "A document type or an entity is declared here.", "Take it out: no quiz needs one."
        ) from None
    return keeper.root


class _Keeper(ContentHandler):
    """Builds the tree."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Node("", 1)
        self.open: list[Node] = [self.root]
        self.elements = 0

    def line_now(self) -> int:
        """The line that is being read."""
        return self._locator.getLineNumber() or 1  # type: ignore[attr-defined]  # the parser sets it

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        self.elements += 1
        if len(self.open) > DEEPEST:
            raise Refused(
                self.line_now(), f"Elements stand in each other more than {DEEPEST} deep.", "No quiz does that."
            )
        if self.elements > MOST_ELEMENTS:
            raise Refused(self.line_now(), f"There are more than {MOST_ELEMENTS} elements.", "Split the file.")
        node = Node(name, self.line_now(), dict(attrs.items()))
        self.open[-1].children.append(node)
        self.open.append(node)

    def endElement(self, name: str) -> None:
        self.open.pop()

    def characters(self, content: str) -> None:
        self.open[-1].texts.append(content)
